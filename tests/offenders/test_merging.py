"""Two records of one person become one: who may, what is refused, what finds the record that stays, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now

from accounts.access import may, row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action, Notification, Occurrence
from intelligence.services.check_clocks import raise_due_checks
from intelligence.services.flag_reviews import check_flag_reviews
from intelligence.services.flag_sweeps import raise_missing_flags
from offenders.choices import IdentifierKind
from offenders.choices.merging import MergeState, Side
from offenders.history import changes_of
from offenders.imports.known import fetch_known
from offenders.models import ConfidentialSection, Identifier, Merge, Name, Nominal, RiskPeriod
from offenders.reports import sections_for
from offenders.reports.merging import relatives_words
from offenders.search import find_nominals, index_names
from offenders.services.access import break_glass
from offenders.services.assessment_dues import raise_missing_assessments
from offenders.services.duties import raise_duties
from offenders.services.happenings import note_what_is_due
from offenders.services.leaks import may_leak
from offenders.services.levels import raise_reviews
from offenders.services.merges import accept_merge, bring_section, merge_records, refuse_merge, undo_merge, withdraw_merge
from offenders.services.operational import set_risk
from offenders.services.plan_actions import raise_missing_turns
from offenders.services.sections import add_section
from offenders.services.visits_due import raise_visits
from tests.factories import (
    FAR,
    make_birth,
    make_exclusion,
    make_identifier,
    make_nominal,
    make_partnership,
    make_unit,
    make_user,
)
from tests.offenders.making_case_file import make_associate
from tests.offenders.making_merges import WHY, hang_plainly, keep, make_lead, make_pair, merge, merge_wholly
from tests.offenders.making_registration import make_duty, make_period
from tests.safety.things.actions import make_action
from tests.safety.things.custody import make_transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_lead()


@pytest.fixture
def pair(lead):
    return make_pair(lead)


def found(user, text):
    return [hit.nominal.pk for hit in find_nominals(user=user, text=text, today=localdate()).hits]


def test_the_merged_record_is_nobodys_and_what_it_held_finds_the_one_that_stays(lead, pair):
    stays, goes = pair
    make_identifier(nominal=goes, kind=IdentifierKind.PNC, value="1971/0000417H")
    index_names([stays.pk, goes.pk])
    merge(lead, stays, goes)
    assert not Nominal.objects.for_user(lead, Perm.VIEW_MARKER).filter(pk=goes.pk).exists()
    for text in (goes.reference, "Barney Quillfether", "1971/0000417H", stays.reference):
        assert found(lead, text)[:1] == [stays.pk], text
        assert goes.pk not in found(lead, text)
    assert fetch_known(lead.organisation, ["NM-417"], lock=False)["NM-417"].nominal == stays
    kinds = dict(Name.objects.filter(nominal=stays).values_list("surname", "kind"))
    assert kinds == {"Quillfeather": "primary", "Quillfether": "alias"}


def test_somebody_kept_from_the_merged_record_is_kept_from_the_one_that_stays(lead, pair):
    stays, goes = pair
    other = make_user(Role.SUPERVISOR, unit=lead.unit)
    stranger = make_user(unit=lead.unit)
    make_exclusion(nominal=goes, user=stranger)
    offered = merge(lead, stays, goes)
    assert offered.state == MergeState.OFFERED
    assert may(stranger, Perm.VIEW_MARKER, stays)
    accept_merge(actor=other, merge=offered, reason=WHY)
    assert not may(stranger, Perm.VIEW_MARKER, stays)


def test_the_stricter_restriction_holds_until_the_merge_is_undone(lead):
    stays, goes = make_pair(lead)
    goes.is_restricted = True
    goes.save()
    offered = merge_wholly(lead, stays, goes)
    stays.refresh_from_db()
    assert stays.is_restricted
    undo_merge(actor=lead, merge=offered, reason=WHY)
    stays.refresh_from_db()
    assert not stays.is_restricted


@pytest.mark.parametrize("differs", ["exclusion", "partnership", "restriction", "unit"])
def test_where_access_differs_nobody_merges_alone(lead, pair, differs):
    stays, goes = pair
    if differs == "exclusion":
        make_exclusion(nominal=goes, user=make_user(unit=lead.unit))
    elif differs == "partnership":
        make_partnership(nominal=stays, force=make_unit().organisation)
    elif differs == "restriction":
        Nominal.objects.filter(pk=stays.pk).update(is_restricted=True)
    else:
        Nominal.objects.filter(pk=goes.pk).update(unit=make_unit(organisation=lead.organisation))
    goes.refresh_from_db()
    colleague = make_user(Role.SUPERVISOR, unit=goes.unit)
    offered = merge(lead, stays, goes)
    assert (offered.state, goes.merged_into_id) == (MergeState.OFFERED, None)
    with pytest.raises(NotPermitted):
        accept_merge(actor=lead, merge=offered, reason=WHY)
    assert Action.objects.for_user(colleague).filter(subject_id=offered.pk, kind="merge").exists()
    accept_merge(actor=colleague, merge=offered, reason=WHY)
    goes.refresh_from_db()
    assert goes.merged_into == stays
    assert not Action.objects.waiting().filter(kind="merge").exists()


def test_a_refused_and_a_withdrawn_offer_change_nothing(lead, pair):
    stays, goes = pair
    colleague = make_user(Role.SUPERVISOR, unit=lead.unit)
    make_partnership(nominal=stays, force=make_unit().organisation)
    refuse_merge(actor=colleague, merge=merge(lead, stays, goes), reason=WHY)
    again = merge(lead, stays, goes)
    withdraw_merge(actor=lead, merge=again, reason=WHY)
    with pytest.raises(StaleRecord):
        accept_merge(actor=colleague, merge=again, reason=WHY)
    goes.refresh_from_db()
    assert goes.merged_into_id is None
    assert sorted(Merge.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_an_offer_that_nobody_could_answer_is_not_made(lead, pair):
    make_partnership(nominal=pair[0], force=make_unit().organisation)
    with pytest.raises(DomainError, match="Nobody on the other side"):
        merge(lead, *pair)


def test_only_whoever_leads_a_record_merges_it(lead, pair):
    for user in (make_user(unit=lead.unit), make_user(Role.SUPERVISOR)):
        with pytest.raises(NotPermitted):
            merge_records(actor=user, survivor=pair[0], merged=pair[1], choices={}, reason=WHY)


def test_a_record_that_the_actor_must_not_know_is_not_merged(lead, pair):
    hidden = make_nominal(is_restricted=True)
    with pytest.raises(NotPermitted):
        merge_records(actor=lead, survivor=pair[0], merged=hidden, choices=keep(pair[0], hidden), reason=WHY)


def test_merged_records_circles_and_the_same_record_are_refused(lead, pair):
    stays, goes = pair
    third = make_nominal(unit=lead.unit)
    merge(lead, stays, goes)
    for one, other in ((third, goes), (goes, third), (goes, stays), (stays, goes)):
        with pytest.raises((StaleRecord, NotPermitted)), transaction.atomic():
            merge(lead, one, other)
    with pytest.raises(DomainError, match="same record"):
        merge(lead, third, third)


def test_what_is_on_offer_is_not_merged(lead, pair):
    make_transfer(nominal=pair[1])
    with pytest.raises(DomainError, match="on offer"):
        merge(lead, *pair)


def test_a_choice_that_was_not_made_is_asked_for(lead, pair):
    with pytest.raises(StaleRecord, match="Choose whose entries stay"):
        merge(lead, *pair, choices={})


def test_a_record_that_changed_meanwhile_is_not_merged(lead, pair):
    with pytest.raises(StaleRecord):
        merge(lead, *pair, versions=(pair[0].version, pair[1].version + 1))


@pytest.mark.parametrize("side", Side.values)
def test_the_chosen_line_of_risk_stays_and_the_other_is_kept_out_of_use(lead, pair, side):
    stays, goes = pair
    lines = {Side.SURVIVOR: RiskPeriod.objects.get(nominal=stays), Side.MERGED: RiskPeriod.objects.get(nominal=goes)}
    merge(lead, stays, goes, side)
    assert RiskPeriod.objects.get(nominal=stays) == lines[side]
    assert RiskPeriod.objects.filter(nominal=goes).count() == 1


def test_the_same_number_stays_once_and_other_numbers_follow(lead, pair):
    for nominal in pair:
        hang_plainly(nominal, nominal.pk % 10)
    merge(lead, *pair)
    assert Identifier.objects.filter(nominal=pair[0], kind=IdentifierKind.CRO).count() == 1
    assert Identifier.objects.filter(nominal=pair[0], kind=IdentifierKind.PHONE).count() == 2


def test_a_record_that_names_the_other_as_an_associate_can_be_merged(lead, pair):
    stays, goes = pair
    row = make_associate(goes, other=stays)
    assert relatives_words(stays, goes) == ["One record names the other as an associate."]
    merge(lead, stays, goes)
    row.refresh_from_db()
    assert row.nominal == goes


def test_twins_are_warned_about(lead):
    one, other = (make_nominal(unit=lead.unit, surname="Quillfeather", given_names=given) for given in ("Ada", "Bea"))
    for nominal in (one, other):
        make_birth(nominal=nominal, year=1971, month=3, day=14)
    assert "twins" in relatives_words(one, other)[0]
    Name.objects.filter(nominal=other).update(given_names="Ada Mary")
    assert relatives_words(one, other) == []
    for nominal, given_names in ((one, "William"), (other, "Bill")):
        Name.objects.filter(nominal=nominal).update(given_names=given_names)
    assert relatives_words(one, other) == []


def test_actions_follow_and_clocks_of_the_merged_record_stop(lead, pair):
    stays, goes = pair
    raise_visits(actor=None, today=localdate())
    other = make_action(nominal=goes)
    clocks = Action.objects.filter(subject_type="offenders.nominal", subject_id=goes.pk)
    assert set(clocks.values_list("state", flat=True)) == {"open"}
    done = merge(lead, stays, goes)
    other.refresh_from_db()
    assert (other.nominal, other.state) == (stays.pk, "open")
    assert set(clocks.values_list("state", flat=True)) == {"cancelled"}
    undo_merge(actor=lead, merge=done, reason=WHY)
    assert set(clocks.values_list("state", flat=True)) == {"open"}


def test_no_sweep_asks_for_anything_about_a_merged_record(lead, pair):
    for nominal in pair:
        hang_plainly(nominal, 1)
        make_period(nominal=nominal)
        make_duty(nominal=nominal, kind="annual", starts_on=date(2024, 1, 1), due_on=date(2024, 2, 1))
    merge(lead, *pair)
    Action.objects.all().delete()
    today = localdate()
    for sweep in (raise_visits, raise_duties, raise_missing_assessments, raise_reviews, raise_missing_turns, note_what_is_due):
        sweep(actor=None, today=today)
    raise_missing_flags(actor=None, now=now())
    raise_due_checks(actor=None, today=today)
    check_flag_reviews(actor=None, on=today)
    assert Action.objects.filter(nominal=pair[0].pk).exists()
    assert not Action.objects.filter(nominal=pair[1].pk).exists()
    assert not Occurrence.objects.filter(nominal=pair[1].pk).exists()


def test_history_and_trail_of_both_are_read_on_the_record_that_stays(lead, pair):
    stays, goes = pair
    set_risk(actor=lead, nominal=goes, level=1, at_risk=["public"], reason="Assessment", starts_on=localdate(), version=goes.version)
    goes.refresh_from_db()
    before = changes_of(lead, goes).count()
    own = changes_of(lead, stays).count()
    merge(lead, stays, goes)
    assert changes_of(lead, stays).count() >= before + own > own


def test_a_confidential_section_stays_until_its_owner_brings_it(lead, pair):
    stays, goes = pair
    owner = make_user(unit=lead.unit)
    Nominal.objects.filter(pk=goes.pk).update(offender_manager=owner)
    words = {"kind": "victim", "basis": "policing", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}
    section = add_section(actor=owner, nominal=goes, body="Lives with Marigold Featherstone at Quay End", review_on=FAR, **words)
    merge(lead, stays, goes)
    assert Notification.objects.filter(recipient=owner, route="offenders:own-sections").exists()
    with row_security(owner):
        assert [each.nominal_id for each in sections_for(owner, stays)] == [goes.pk]
    assert may_leak(actor=lead, nominal=stays, texts=["She is called Marigold Featherstone"])
    break_glass(actor=lead, nominal=stays, reason="A child is missing from home since this morning")
    with row_security(lead):
        assert [each.pk for each in sections_for(lead, stays)] == [section.pk]
    with row_security(owner):
        pass
    bring_section(actor=owner, section=section, nominal=stays, reason="Belongs to the person, not to the reference")
    with row_security(owner):
        assert ConfidentialSection.objects.get().nominal_id == stays.pk
    with pytest.raises(DomainError):
        bring_section(actor=owner, section=section, nominal=make_nominal(unit=lead.unit), reason="Belongs to another person")


def test_what_was_added_since_stays_and_what_is_named_goes_along(lead, pair):
    stays, goes = pair
    done = merge(lead, stays, goes)
    stay, go = (make_identifier(nominal=stays, kind=IdentifierKind.PHONE, value=f"0163296020{number}") for number in (1, 2))
    undo_merge(actor=lead, merge=done, reason=WHY, to_merged=[f"offenders.Identifier.nominal:{go.pk}"])
    stay.refresh_from_db()
    go.refresh_from_db()
    assert (stay.nominal, go.nominal) == (stays, goes)


def test_a_row_changed_since_goes_home_as_it_is_now(lead, pair):
    stays, goes = pair
    done = merge(lead, stays, goes)
    Name.objects.filter(nominal=stays, surname="Quillfether").update(given_names="Barnabas", kind="nickname")
    undo_merge(actor=lead, merge=done, reason=WHY)
    assert list(Name.objects.filter(nominal=goes).values_list("given_names", "kind")) == [("Barnabas", "nickname")]


def test_a_period_added_since_that_cannot_stand_is_named(lead, pair):
    stays, goes = pair
    done = merge(lead, stays, goes, Side.MERGED)
    set_risk(actor=lead, nominal=stays, level=1, at_risk=["public"], reason="Assessment", starts_on=localdate(), version=stays.version)
    new = RiskPeriod.objects.get(nominal=stays, level=1)
    with pytest.raises(DomainError, match="Level of risk"):
        undo_merge(actor=lead, merge=done, reason=WHY)
    undo_merge(actor=lead, merge=done, reason=WHY, to_merged=[f"offenders.RiskPeriod.nominal:{new.pk}"])
    assert RiskPeriod.objects.filter(nominal=goes).count() == 2


def test_merges_are_undone_in_reverse_order_and_once(lead, pair):
    stays, goes = pair
    third = make_nominal(unit=lead.unit)
    first = merge(lead, stays, goes)
    second = merge(lead, third, stays)
    goes.refresh_from_db()
    assert goes.merged_into == third
    with pytest.raises((DomainError, NotPermitted)):
        undo_merge(actor=lead, merge=first, reason=WHY)
    undo_merge(actor=lead, merge=second, reason=WHY)
    undo_merge(actor=lead, merge=first, reason=WHY)
    with pytest.raises(StaleRecord):
        undo_merge(actor=lead, merge=first, reason=WHY)
    assert not Nominal.objects.filter(merged_into__isnull=False).exists()
