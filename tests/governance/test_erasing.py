"""The log forgets while a disposal that two people decided is carried out, and at no other time: said by the database to raw statements."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.choices import Verb
from audit.erasing import erase_rows, erase_trail
from audit.models import Erasure, Event
from governance.models import Disposal
from offenders.models import Nominal
from tests.governance.making_retention import make_certificate, make_decided, make_old_record

pytestmark = pytest.mark.django_db
DELETING = " DELETE FROM offenders_nominal WHERE id = {key}"
STAND_INS = """
CREATE TEMP TABLE governance_disposal (id bigint, public_id uuid, keys bigint[], transaction bigint);
INSERT INTO pg_temp.governance_disposal VALUES (1, '{disposal}', '{{{key}}}', pg_current_xact_id()::text::bigint);
"""


def make_seen(nominal: Nominal) -> Event:
    """Somebody opened the record and said why."""
    return Event.objects.create(
        verb=Verb.VIEWED, nominal=nominal.pk, subject_type="offenders.nominal", subject_id=nominal.pk, reason="To plan a visit",
        channel="web", request_id=uuid.uuid4(), detail={"page": "CardPage", "words": "visit"},
    )  # fmt: skip


def said(statement: str) -> str:
    """What the database says to the application's role; empty where it lets it do so."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("vigil_app",)
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return ""


def test_raw_statements_of_the_application_make_the_log_forget_nothing_without_a_disposal() -> None:
    nominal = make_old_record()
    seen = make_seen(nominal)
    make_decided(nominal=nominal)
    number = uuid.uuid4()
    asked = (
        f"SELECT erase_trail_of({nominal.pk}, '{number}')",
        f"SELECT erase_rows_of('{{\"offenders.nominal\": [{nominal.pk}]}}', '{number}')",
        f"{STAND_INS.format(disposal=number, key=nominal.pk)} SELECT erase_trail_of({nominal.pk}, '{number}')",
    )

    assert ["for a disposal only" in said(statement) for statement in asked] == [True, True, True]
    assert "permission denied" in said(f"SELECT erase_entries('{{{seen.pk}}}', '{{}}', '{number}')")
    assert "permission denied" in said(f"SELECT require_disposing({nominal.pk}, '{number}')")
    seen.refresh_from_db()
    assert (seen.reason, Erasure.objects.count()) == ("To plan a visit", 0)


def test_an_open_disposal_lets_the_log_forget_its_own_record_and_in_its_own_name_until_it_is_closed() -> None:
    nominal, other = make_old_record(), make_old_record()
    seen, kept = make_seen(nominal), make_seen(other)
    disposal = make_certificate(review=make_decided(nominal=nominal))

    assert "for a disposal only" in said(f"SELECT erase_trail_of({other.pk}, '{disposal.public_id}')")
    assert "for a disposal only" in said(f"SELECT erase_trail_of({nominal.pk}, '{uuid.uuid4()}')")
    assert erase_trail(nominal.pk, disposal.public_id).events == 1
    erase_rows({"offenders.nominal": [nominal.pk]}, disposal.public_id)
    Disposal.objects.filter(pk=disposal.pk).update(transaction=None)
    assert "for a disposal only" in said(f"SELECT erase_trail_of({nominal.pk}, '{disposal.public_id}')")
    assert "stays" in said("UPDATE governance_disposal SET transaction = pg_current_xact_id()::text::bigint")

    for each in (seen, kept):
        each.refresh_from_db()
    assert (seen.reason, kept.reason) == ("", "To plan a visit")


def test_a_decision_opens_one_record_and_no_other_beside_it() -> None:
    nominal, other = make_old_record(), make_old_record()
    review = make_decided(nominal=nominal)

    for keys in ([nominal.pk, other.pk], [nominal.pk, 0]):
        with pytest.raises(IntegrityError, match="one record goes at a time"), transaction.atomic():
            make_certificate(review=review, keys=keys)


def test_no_table_of_somebody_else_stands_in_for_those_that_a_rule_looks_into() -> None:
    nominal = make_old_record()
    assert "goes by disposal only" in said((STAND_INS + DELETING).format(disposal=uuid.uuid4(), key=nominal.pk))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype "
            "AND array_to_string(proconfig, ',') IS DISTINCT FROM 'search_path=public, pg_temp' ORDER BY proname"
        )
        assert cursor.fetchall() == []
