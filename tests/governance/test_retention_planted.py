"""Disposal is whole: strings planted everywhere about a person are nowhere afterwards, and a neighbour is as before."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from accounts.models import KeptAnswer
from actions.models import Notification
from audit.choices import Verb
from audit.disposing import Stays, declared, tables_that_go
from audit.models import Event
from audit.services import record_event
from governance.models import Disposal, LegalHold
from governance.reports import going
from governance.reports.going import keys_of
from governance.services import disposal as disposal_services
from governance.services.disposal import carry_out
from governance.services.disposal_files import finish_disposals
from intelligence.models import Entity, EntityMerge, RawMessage, ReportSearch
from offenders.models import Name, Nominal, SavedSearch, Word
from sharing.models import InformationRequest, PartnerNews
from tests.accounts.calling import make_client
from tests.factories import make_nominal, make_unit, make_user
from tests.governance.making_retention import make_certificate, make_decided, make_old_record
from tests.governance.planting import (
    BY_THEIR_WORDS,
    STAYING,
    WORD,
    Rows,
    all_tables,
    complete,
    contents,
    difference,
    fill,
    found_in_cache,
    found_in_database,
    found_on_disk,
    loosen,
    plant,
    plant_in_log,
    snapshot,
)
from tests.test_architecture import our_models

# Tables of keys, days and choices alone.
WITHOUT_WORDS = {
    "disclosure.ImmunityApplication_items", "disclosure.LineOfEnquiry_items", "disclosure.MaterialLink", "governance.Retention",
    "intelligence.AlertRepeat", "intelligence.Arrival", "intelligence.BriefingRecipient", "intelligence.ChangedIdentity",
    "intelligence.DuplicateCheck", "intelligence.EntityMerge_moved", "intelligence.FlagDelivery", "intelligence.FlagReview",
    "intelligence.LinkEnd", "intelligence.ReportSearchHit", "intelligence.SignalReport", "intelligence.TaskingReceipt",
    "intelligence.TaskingSlot", "intelligence.TaskingSubject", "offenders.RestrictedItem_recipients", "offenders.SilentHit",
    "sharing.EnquiryRecord", "sharing.RequestRelease", "sharing.ToldApproval",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A record in which everything is planted, and a neighbour that must stay."""

    nominal: Nominal
    rows: Rows
    neighbour: Rows
    planted: set[str]


def make_planted_scene() -> Scene:
    """Two records with the same things, and a third that was merged into the first; strings in all that is about the first."""
    unit, start = make_unit(), snapshot()
    neighbour = make_nominal(unit=unit)
    fill(neighbour)
    loosen()
    middle = snapshot()
    nominal = make_nominal(unit=unit)
    merged = make_nominal(unit=unit, merged_into=nominal)
    unmade = fill(nominal)
    rows = difference(snapshot(), middle)
    complete(nominal, rows)
    for model in (InformationRequest, PartnerNews):  # which somebody linked to the record
        model.objects.filter(pk__in=rows[model], nominal=None).update(nominal=nominal)
    LegalHold.objects.filter(nominal=nominal).update(lifted_at=now())
    make_decided(nominal=nominal)
    leave_out_others(rows, {nominal.pk, merged.pk})
    planted, _ = plant(rows)
    assert plant_in_log(nominal, rows) > 10
    plant_by_words(nominal)
    assert len(unmade) < 5
    return Scene(nominal, rows, difference(middle, start), planted)


def leave_out_others(rows: Rows, keys: set[int]) -> None:
    """Plant nothing in what the safety tests make besides: other people, messages without a crossing."""
    others = rows[Nominal] - keys
    for model in rows:
        for field in model._meta.concrete_fields:
            if field.related_model is Nominal and field.name == "nominal":
                rows[model] -= keys_of(model._base_manager.filter(nominal__in=others))
    rows[Nominal] -= others
    rows[RawMessage] -= keys_of(RawMessage.objects.filter(alerts__isnull=True, repeats__isnull=True))
    for merge in EntityMerge.objects.filter(pk__in=rows[EntityMerge]):
        Entity.objects.filter(pk=merge.merged_id).update(merged_into=merge.kept_id)


def plant_by_words(nominal: Nominal) -> None:
    """What staff and programs looked for, and words that only this person's name has."""
    name = Name.objects.filter(nominal=nominal).first()
    word = Word.objects.create(text=name.surname[:40], keys=[name.surname])
    Name.objects.filter(pk=name.pk).update(tokens=[word.pk])
    user = make_user()
    SavedSearch.objects.create(user=user, text=f"{name.given_names} {name.surname}")
    ReportSearch.objects.create(user=user, text=f"{name.surname}, {name.given_names}", name="Kept")
    answer = {"reference": nominal.reference, "words": WORD}
    KeptAnswer.objects.create(client=make_client()[0], key="one", digest="0" * 64, status=200, answer=answer)


def dispose_of(nominal: Nominal) -> Disposal:
    """Dispose of a record about which two people have decided, whatever else holds."""
    review = nominal.retention_reviews.filter(state="approved", decision="dispose").get()
    disposal = make_certificate(review=review)
    carry_out(review.proposed_by, disposal)
    finish_disposals(actor=None)
    return disposal


def test_every_table_says_what_becomes_of_it() -> None:
    told = [(f"{app}.{name}", each) for app, name, each in declared()]

    assert sorted(label for label, _ in told) == sorted(model._meta.label for model in our_models())
    assert {label for label, each in told if isinstance(each, Stays)} == STAYING
    assert all(each.why for _, each in told if isinstance(each, Stays))


def test_nothing_planted_is_left_and_the_neighbour_is_as_before() -> None:
    scene = make_planted_scene()
    assert len(found_in_database()) > 300
    assert len(found_on_disk()) > 2
    assert {label for label in all_tables() if label not in STAYING | BY_THEIR_WORDS} - scene.planted == WITHOUT_WORDS
    neighbour = contents(scene.neighbour)

    disposal = dispose_of(scene.nominal)

    assert found_in_database() == {}
    assert found_on_disk() == []
    assert found_in_cache() == []
    assert contents(scene.neighbour) == neighbour
    assert disposal.row_count > 500
    assert disposal.files.count() > 2
    assert min(disposal.trail.values()) > 10


@pytest.mark.parametrize("label", ["actions.Notification", "offenders.SavedSearch", "offenders.Word"])
def test_a_table_that_is_left_out_is_found(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nominal = make_old_record(surname=WORD, given_names="Alex")
    plant_by_words(nominal)
    Notification.objects.create(recipient=make_user(), nominal=nominal.pk, text=WORD)
    make_decided(nominal=nominal)
    whole = tables_that_go()
    for module in (going, disposal_services):
        monkeypatch.setattr(module, "tables_that_go", lambda: {model: each for model, each in whole.items() if model._meta.label != label})

    dispose_of(nominal)

    assert {column.partition(".")[0] for column in found_in_database()} == {label.lower().replace(".", "_")}


def test_a_table_that_is_left_out_and_points_at_what_goes_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nominal = make_old_record()
    make_decided(nominal=nominal)
    whole = tables_that_go()
    monkeypatch.setattr(going, "tables_that_go", lambda: {model: each for model, each in whole.items() if model is not Name})

    with pytest.raises(IntegrityError), transaction.atomic():
        dispose_of(nominal)

    assert Name.objects.filter(nominal=nominal).exists()


def test_the_trail_and_the_change_log_keep_who_and_when() -> None:
    nominal = make_old_record(surname=WORD)
    record_event(Verb.VIEWED, nominal, reason=f"Asked about {WORD}", page="CardPage", words=WORD)
    make_decided(nominal=nominal)
    event = Event.objects.get(nominal=nominal.pk, detail__page="CardPage")
    logged = LogEntry.objects.filter(additional_data__nominal=nominal.pk).count()

    dispose_of(nominal)

    event.refresh_from_db()
    assert (event.verb, event.nominal, event.reason) == (Verb.VIEWED, nominal.pk, "")
    assert WORD not in str(event.detail)
    assert LogEntry.objects.filter(additional_data__nominal=nominal.pk).count() == logged > 0
    assert not any(entry.changes for entry in LogEntry.objects.filter(additional_data__nominal=nominal.pk))
