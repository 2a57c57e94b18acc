"""What others need of a record that goes: it stays, without the name; agencies are told; a restore is put right."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange

from actions.models import Action
from audit.disposing import NOBODY
from governance.models import Disposal
from governance.services.disposal import carry_out, released_to_agencies
from governance.services.disposal_files import finish_disposals
from intelligence.models import InformationReport, LinkEnd, RawMessage, ReportSubject, TravelAlert
from offenders.models import Associate, Name, Nominal, Photograph
from sharing.models import AgencyChange
from tests.factories import make_nominal, make_unit
from tests.governance.making_retention import make_certificate, make_decided, make_hold, make_old_record
from tests.intelligence.making_links import make_entity_row, make_link_row
from tests.intelligence.making_reports import make_bureau, make_row
from tests.intelligence.making_travel import make_alert, make_message, make_source
from tests.sharing.making_releases import sent

pytestmark = pytest.mark.django_db
SINCE = DateRange(date(2020, 1, 1), None)


def dispose_of(nominal: Nominal) -> Disposal:
    """Dispose of a record about which two people have decided."""
    review = make_decided(nominal=nominal)
    disposal = make_certificate(review=review, releases=released_to_agencies(nominal.every_key))
    carry_out(review.proposed_by, disposal)
    return disposal


def test_facts_of_another_record_stay_without_the_name() -> None:
    unit = make_unit()
    nominal, other = make_old_record(unit), make_nominal(unit=unit)
    named = Associate.objects.create(nominal=other, kind="friend", other=nominal, period=SINCE)
    Associate.objects.create(nominal=nominal, kind="friend", other=other, period=SINCE)
    by = make_bureau(unit.organisation)
    both, own = make_row(nominal=other, author=by), make_row(nominal=nominal, author=by)
    ReportSubject.objects.create(report=both, nominal=nominal)
    link = make_link_row(one=nominal, other=other, kind="associate", by=by)
    place = make_link_row(one=nominal, other=make_entity_row(by=by), kind="seen", by=by)

    disposal = dispose_of(nominal)

    named.refresh_from_db()
    assert (named.other_id, named.name) == (None, NOBODY)
    assert Associate.objects.get() == named
    assert InformationReport.objects.filter(pk__in=[both.pk, own.pk]).get() == both
    assert set(both.subjects.values_list("nominal", "called")) == {(None, NOBODY), (other.pk, "")}
    assert {end.thing if end.nominal_id else end.entity.name for end in LinkEnd.objects.filter(link=link)} == {other, NOBODY}
    assert not LinkEnd.objects.filter(link=place.pk).exists()
    assert disposal.detached == {"offenders.Associate": 1, "intelligence.ReportSubject": 1, "intelligence.LinkEnd": 1}


def test_agencies_are_told_and_somebody_asks_them() -> None:
    nominal = make_old_record()
    release = sent(nominal)
    key, reference, agency = release.public_id, release.reference, release.agency.name

    disposal = dispose_of(nominal)

    assert disposal.releases == [{"reference": reference, "agency": agency}]
    assert AgencyChange.objects.filter(kind="release.withdrawn", subject=key).exists()
    assert Action.objects.get(kind="disposal-recipients").owner_role == "information_governance"


def test_files_go_after_the_rows_and_twice_does_nothing_twice(settings: Any) -> None:
    nominal = make_old_record()
    path = settings.MEDIA_ROOT / "photographs" / "one.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"pixels")
    Photograph.objects.create(nominal=nominal, file="photographs/one.jpg", sha256="0" * 64, added_by=nominal.offender_manager)

    disposal = dispose_of(nominal)
    assert path.exists()
    assert finish_disposals(actor=None) == 1
    assert finish_disposals(actor=None) == 0

    assert not path.exists()
    file = disposal.files.get()
    assert (file.size, file.sha256) == (6, hashlib.sha256(b"pixels").hexdigest())
    assert settings.DISPOSAL_LIST_FILE.read_text() == f"{nominal.reference} {nominal.pk} {disposal.public_id}\n"


def put_back(nominal: Nominal, name: Name) -> None:
    """Bring a record back as an older backup would."""
    nominal.save(force_insert=True)
    name.save(force_insert=True)


def as_operator(*args: Any) -> None:
    """Run the command as the owner of the tables does."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            call_command("reapply_disposals", *args)
        finally:
            cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")


def test_what_a_restore_brings_back_goes_again() -> None:
    nominal = make_old_record()
    name = nominal.names.get()
    first = dispose_of(Nominal.objects.get(pk=nominal.pk))
    finish_disposals(actor=None)
    put_back(nominal, name)

    as_operator(str(settings.DISPOSAL_LIST_FILE))
    as_operator(str(settings.DISPOSAL_LIST_FILE))

    assert not Nominal.objects.filter(pk=nominal.pk).exists()
    assert not Name.objects.filter(pk=name.pk).exists()
    again = Disposal.objects.exclude(pk=first.pk).get()
    assert (again.is_reapplied, again.references, again.decided_by) == (True, [nominal.reference], None)
    assert len(settings.DISPOSAL_LIST_FILE.read_text().splitlines()) == 1


def test_another_record_with_the_key_and_a_held_one_are_left() -> None:
    nominal = make_old_record()
    name = nominal.names.get()
    dispose_of(Nominal.objects.get(pk=nominal.pk))
    finish_disposals(actor=None)
    nominal.reference, reference = "V-999999", nominal.reference
    put_back(nominal, name)

    with pytest.raises(CommandError, match="another record has this key"):
        as_operator(str(settings.DISPOSAL_LIST_FILE))
    Nominal.objects.filter(pk=nominal.pk).update(reference=reference)
    make_hold(nominal=nominal)
    with pytest.raises(CommandError, match="a hold stands on it"):
        as_operator(str(settings.DISPOSAL_LIST_FILE))

    assert Nominal.objects.filter(pk=nominal.pk).exists()


def test_only_the_owner_of_the_tables_applies_disposals_again() -> None:
    nominal = make_old_record()
    name = nominal.names.get()
    dispose_of(Nominal.objects.get(pk=nominal.pk))
    finish_disposals(actor=None)
    put_back(nominal, name)

    with pytest.raises(IntegrityError, match="by an operator"):
        call_command("reapply_disposals", str(settings.DISPOSAL_LIST_FILE))


def test_a_message_that_told_of_others_too_loses_its_words_alone() -> None:
    unit = make_unit()
    nominal, other = make_old_record(unit), make_nominal(unit=unit)
    source = make_source(unit=unit)
    shared, own = make_message(source=source, content=b"Two people"), make_message(source=source, content=b"One person")
    crossings = [(shared, nominal), (shared, other), (own, nominal)]
    made = []
    for number, (message, record) in enumerate(crossings, start=1):
        made.append(make_alert(source=source, state="filed", nominal=record, line=number, surname=f"Person {number}"))
        TravelAlert.objects.filter(pk=made[-1].pk).update(message=message)
    RawMessage.objects.exclude(pk__in=[shared.pk, own.pk]).delete()

    dispose_of(nominal)

    assert list(TravelAlert.objects.all()) == [made[1]]
    assert TravelAlert.objects.get().surname == "Person 2"
    assert [(row.pk, bytes(row.content)) for row in RawMessage.objects.all()] == [(shared.pk, b"")]
