"""Choosing what would go: what is offered to whom, passages, gates, and the second person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from offenders.models import Associate, Document, Visit
from offenders.services.sections import add_section
from sharing.models import SharingDecision
from sharing.reports.chosen import items_for, known_to_recipient, suggestions
from sharing.reports.items import BEHIND_GATES, OPEN, SOURCES, read_items, read_sources
from sharing.rules.passages import APART, NAMES
from sharing.services.items import check_item, choose_gated, choose_items, remove_item
from tests.factories import make_nominal, make_section, make_user
from tests.offenders.making_confidential import make_sensitive
from tests.sharing.making_decisions import YESTERDAY, seal_row
from tests.sharing.making_releases import approved, decide, draft_with, make_condition, sent

pytestmark = pytest.mark.django_db


def make_document(nominal, number, **values):
    """A document of the record."""
    plain = {"title": "Report of the prison", "kind": "report", "added_by": nominal.offender_manager}
    return Document.objects.create(nominal=nominal, number=number, **plain | values)


def fresh(decision):
    """The decision as it is stored."""
    return SharingDecision.objects.get(pk=decision.pk)


def gated(nominal, key, source="sensitive", decision=None, reason="Needed for his care"):
    """Choose something behind a gate."""
    decision = decision or draft_with(nominal)
    return choose_gated(
        actor=nominal.offender_manager, decision=decision, version=fresh(decision).version, source=BEHIND_GATES[source], keys=[key],
        reason=reason,
    )  # fmt: skip


def test_everything_of_the_record_is_offered_under_its_heading():
    nominal = make_nominal()
    condition = make_condition(nominal, "Not to enter Millbrook Park")

    found = read_items(nominal.offender_manager, nominal)

    assert found[f"condition:{condition.pk}"][0].heading == "Conditions"
    assert found["fact:on_encounter"][1].text == "Double-crew.\nTell the manager."
    assert {source.code for source, _ in found.values()} == {"name", "risk", "mappa", "on_encounter", "modus_operandi", "condition"}


def test_whoever_may_not_see_the_record_is_offered_nothing():
    nominal = make_nominal(is_restricted=True)

    assert read_items(make_user(Role.OPERATIONAL), nominal, SOURCES) == {}


@pytest.mark.parametrize("values", [{"is_privileged": True}, {"is_privileged": True, "kind": "advice"}, {"withdrawn_at": now()}])
def test_privileged_documents_cannot_be_chosen_even_by_their_key(values):
    nominal = make_nominal()
    plain = make_document(nominal, 1)
    if "withdrawn_at" in values:
        values = values | {"withdrawn_by": nominal.offender_manager, "withdrawn_why": "Sent in error"}
    hidden = make_document(nominal, 2, **values)
    decision = draft_with(nominal)

    assert [key for key in read_items(nominal.offender_manager, nominal, SOURCES) if key.startswith("document")] == [
        f"document:{plain.public_id}"
    ]
    with pytest.raises(DomainError, match="no longer on the record"):
        choose_items(actor=nominal.offender_manager, decision=decision, version=decision.version, keys=[f"document:{hidden.public_id}"])
    assert not decision.items.exists()


def test_another_record_is_never_named():
    nominal, other = make_nominal(), make_nominal(surname="Hidden")
    Associate.objects.create(nominal=nominal, other=other, kind="friend", period=(localdate(), None))

    texts = [item.text for source, items in read_sources(nominal.offender_manager, nominal) for item in items if source.code == "associate"]

    assert texts == ["Another person on record, who is not named here"]


def test_what_holds_no_longer_is_not_offered():
    nominal = make_nominal()
    Associate.objects.create(nominal=nominal, name="Jo Example", kind="friend", period=YESTERDAY)

    assert "associate" not in {source.code for source, _ in read_sources(nominal.offender_manager, nominal)}


def test_statements_do_not_grow_with_the_rows():
    nominal = make_nominal()

    def count():
        with CaptureQueriesContext(connection) as seen:
            read_sources(nominal.offender_manager, nominal, SOURCES)
        return len(seen)

    def fill(number):
        make_condition(nominal, f"Condition {number}")
        make_document(nominal, number)
        make_sensitive(nominal=nominal)
        make_section(nominal=nominal)
        Visit.objects.create(
            nominal=nominal, state="done", officer=nominal.offender_manager, happened_at=now() - timedelta(days=number), seen="Him",
            risk="none", recorded_by=nominal.offender_manager, recorded_at=now(), lone_reason="x",
        )  # fmt: skip

    fill(1)
    count()
    before = count()
    for number in range(2, 5):
        fill(number)
    assert count() == before


def test_choosing_keeps_what_was_decided_about_what_stays():
    nominal = make_nominal()
    one, two = make_condition(nominal), make_condition(nominal, "Another.")
    decision = draft_with(nominal, [f"condition:{one.pk}"])
    decide(decision.items.get(), [True, False, True])

    choose_items(
        actor=nominal.offender_manager, decision=decision, version=fresh(decision).version,
        keys=[f"condition:{one.pk}", f"condition:{two.pk}"],
    )  # fmt: skip

    assert [[each["keep"] for each in item.passages] for item in decision.items.all()] == [[True, False, True], [None]]


def test_choosing_something_else_takes_out_what_is_not_chosen_but_not_what_is_behind_a_gate():
    nominal = make_nominal()
    condition = make_condition(nominal)
    decision = draft_with(nominal, [f"condition:{condition.pk}"])
    gated(nominal, f"sensitive:{make_sensitive(nominal=nominal).public_id}", decision=decision)

    choose_items(actor=nominal.offender_manager, decision=decision, version=fresh(decision).version, keys=["fact:modus_operandi"])

    assert {item.data_class for item in decision.items.all()} == {"sensitive", "offending"}


def test_editing_what_would_go_breaks_the_seal():
    decision = approved()

    choose_items(actor=decision.nominal.offender_manager, decision=decision, version=decision.version, keys=["fact:on_encounter"])

    assert fresh(decision).state == "draft"
    assert not decision.approvals.filter(lapsed_at__isnull=True).exists()


def test_stale_page_chooses_nothing():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])

    with pytest.raises(StaleRecord):
        choose_items(actor=nominal.offender_manager, decision=decision, version=decision.version - 1, keys=["fact:modus_operandi"])


def test_removed_passage_says_why():
    nominal = make_nominal()
    item = draft_with(nominal, ["fact:on_encounter"]).items.get()

    with pytest.raises(DomainError, match="passage 2"):
        decide(item, [True, False], code="")


def test_removed_item_is_out():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])

    remove_item(actor=nominal.offender_manager, decision=decision, item=decision.items.get(), version=fresh(decision).version)

    assert not decision.items.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_gate_needs_a_reason(reason):
    nominal = make_nominal()

    with pytest.raises(DomainError, match="Say why"):
        gated(nominal, f"sensitive:{make_sensitive(nominal=nominal).public_id}", reason=reason)


@pytest.mark.parametrize("consent", ["not_asked", "asked", "refused"])
def test_material_of_a_third_party_waits_for_consent(consent):
    nominal = make_nominal()
    dates = {"asked_on": localdate()} if consent != "not_asked" else {}
    dates |= {"answered_on": localdate()} if consent == "refused" else {}
    held = make_sensitive(nominal=nominal, kind="third_party", originator="The aunt", consent=consent, **dates)

    item = read_items(nominal.offender_manager, nominal, [BEHIND_GATES["sensitive"]])[f"sensitive:{held.public_id}"][1]
    assert str(item.blocked).startswith("Ask The aunt")
    with pytest.raises(DomainError, match="Ask The aunt"):
        gated(nominal, f"sensitive:{held.public_id}")


def test_somebody_elses_section_is_not_behind_the_gate_and_covert_activity_never():
    nominal = make_nominal()
    make_section(nominal=nominal, owner=make_user(unit=nominal.unit))
    make_section(nominal=nominal, kind="covert")
    mine = make_section(nominal=nominal)

    assert list(read_items(nominal.offender_manager, nominal, [BEHIND_GATES["confidential"]])) == [f"confidential:{mine.public_id}"]


def test_open_sources_read_nothing_that_is_apart():
    nominal = make_nominal()
    make_section(nominal=nominal, body="The aunt in Millbrook")
    make_sensitive(nominal=nominal, text="Takes insulin")

    said = " ".join(item.text for _, items in read_sources(nominal.offender_manager, nominal, OPEN) for item in items)
    assert "aunt" not in said
    assert "insulin" not in said


def test_second_person_is_somebody_else_who_may_decide():
    nominal = make_nominal()
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    decision = gated(nominal, f"sensitive:{make_sensitive(nominal=nominal).public_id}")
    decide(decision.items.get())
    item, version = decision.items.get(), fresh(decision).version
    assert items_for(boss, fresh(decision))[0].needs_check

    with pytest.raises(DomainError, match="somebody else"):
        check_item(actor=nominal.offender_manager, decision=decision, item=item, version=version)
    with pytest.raises(NotPermitted):
        check_item(actor=make_user(Role.OPERATIONAL, unit=nominal.unit), decision=decision, item=item, version=version)
    check_item(actor=boss, decision=decision, item=item, version=version)

    assert not items_for(boss, fresh(decision))[0].needs_check


def test_second_look_lapses_when_the_passages_change():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])
    decide(decision.items.get(), [True, False], code="victim")
    check_item(
        actor=make_user(Role.SUPERVISOR, unit=nominal.unit), decision=decision, item=decision.items.get(), version=fresh(decision).version
    )

    decide(decision.items.get(), [True, True], concerns_others=True)

    assert decision.items.get().checked_by is None


def test_nobody_checks_what_was_sealed():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])
    decide(decision.items.get(), concerns_others=True)
    decision = seal_row(fresh(decision), nominal.offender_manager, "submitted")

    with pytest.raises(DomainError, match="sent already"):
        check_item(
            actor=make_user(Role.SUPERVISOR, unit=nominal.unit), decision=decision, item=decision.items.get(), version=decision.version
        )


def test_colleague_without_a_right_to_the_source_reads_nothing_of_it():
    nominal = make_nominal()
    decision = gated(nominal, f"confidential:{make_section(nominal=nominal).public_id}", "confidential")
    colleague, boss = make_user(unit=nominal.unit), make_user(Role.SUPERVISOR, unit=nominal.unit)

    assert [items_for(user, decision)[0].is_shown for user in (nominal.offender_manager, boss, colleague)] == [True, True, False]
    with pytest.raises(NotPermitted):
        decide(decision.items.get(), by=colleague)


def test_names_and_what_is_apart_are_found():
    nominal = make_nominal()
    for name in ("Jane Example", "Tom Sample"):  # who has the person's own surname names nobody by it
        Associate.objects.create(nominal=nominal, name=name, kind="friend", period=(localdate(), None))
    add_section(
        actor=nominal.offender_manager, nominal=nominal, kind="victim", body="She lives at Thistledown Cottage with Marguerite.",
        basis="policing", lawful_basis="Safeguarding", originator="Victim liaison", handling="", review_on=localdate() + timedelta(days=30),
    )  # fmt: skip
    make_condition(nominal, "He saw Jane Example. He went to Thistledown Cottage. Sample went home.")
    key = next(key for key in read_items(nominal.offender_manager, nominal) if key.startswith("condition"))
    item = draft_with(nominal, [key]).items.get()

    assert suggestions(nominal.offender_manager, item) == [[NAMES], [APART], []]


def test_what_the_recipient_has_is_known_until_it_is_withdrawn():
    release = sent()
    decision = release.decision
    (item,) = decision.items.all()

    assert known_to_recipient(decision) == {(item.label, item.kept): release.reference}
    type(release).objects.update(withdrawn_at=now(), withdrawn_by=release.sent_by, withdraw_reason="x")
    assert known_to_recipient(decision) == {}
