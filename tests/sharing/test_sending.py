"""Sending what was approved: exactly that, to whom it was approved for, once; withdrawing it, and its end."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from sharing.choices.releases import ChangeKind
from sharing.documents.releases import release_paper
from sharing.models import AgencyChange, Agreement, Release, SharingDecision
from sharing.reports.items import BEHIND_GATES
from sharing.reports.releases import contents_of, release_of
from sharing.reports.shared import as_shared
from sharing.services.items import check_item, choose_gated
from sharing.services.receiving import EXPECTED, RECEIPT, acknowledge_release, open_release, report_action
from sharing.services.releases import end_releases, send_release, withdraw_release
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_case_file import make_marking
from tests.offenders.making_confidential import make_sensitive
from tests.sharing.making_decisions import YESTERDAY, make_partner, seal_row
from tests.sharing.making_releases import approved, decide, draft_with, make_condition, sent

pytestmark = pytest.mark.django_db


def refused(decision, match, actor=None):
    """Nothing is sent, and the trail says why."""
    with pytest.raises(DomainError, match=match):
        send_release(actor=actor or decision.nominal.offender_manager, decision=decision)
    assert not Release.objects.exists()
    assert not AgencyChange.objects.exists()
    assert not Action.objects.filter(kind=RECEIPT).exists()
    assert Event.objects.filter(verb="refused", detail__act="Release refused").exists()


def text_of(pdf):
    """The words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_how_the_file_is_handled_here_is_no_word_for_the_recipient():
    nominal = make_nominal()
    make_marking(nominal, handling="Not to be copied outside the unit")

    assert sent(nominal).marking == "OFFICIAL"


def test_what_was_approved_goes():
    release = sent(keeps=[True, False, True])

    assert release.contents == [
        {
            "heading": "Conditions",
            "label": "Licence condition",
            "text": "Not to enter Millbrook Park. [removed] Reports weekly.",
            "is_known": False,
            "removed": ["not_needed"],
        }
    ]
    assert (release.subject_name, release.marking) == ("Alex Sample", "OFFICIAL – SENSITIVE")
    assert release.powers == "Criminal Justice Act 2003, section 325"
    assert AgencyChange.objects.get().subject == release.public_id
    kinds = {RECEIPT, EXPECTED, "sharing-outcome-7", "sharing-outcome-28"}
    assert set(Action.objects.filter(subject_id=release.pk, owner=release.sent_by).values_list("kind", flat=True)) == kinds


@pytest.mark.hypothesis
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10)
@given(st.lists(st.booleans(), min_size=1, max_size=5).filter(any))
def test_no_removed_passage_leaves_in_any_form(keeps):
    words = [f"w{uuid4().hex[:12]}" for _ in keeps]
    nominal = make_nominal()
    condition = make_condition(nominal, " ".join(f"{word}." for word in words))
    decision = draft_with(nominal, [f"condition:{condition.pk}"])
    decide(decision.items.get(), keeps, code="tactics")
    decision = seal_row(SharingDecision.objects.get(pk=decision.pk), nominal.offender_manager, "approved")

    release = send_release(actor=nominal.offender_manager, decision=decision)
    release.acknowledged_at = now()
    forms = [str(Release.objects.filter(pk=release.pk).values().get()), str(as_shared(release))]
    forms.append(text_of(release_paper(release, "Copy 1 of 1", release.sent_by, now())))

    for form in forms:
        assert [word in form for word in words] == keeps


def test_preview_is_what_goes():
    decision = approved(keeps=[True, False, True])
    preview = release_of(decision, decision.nominal.offender_manager)

    release = send_release(actor=decision.nominal.offender_manager, decision=decision)

    own = {"id", "public_id", "reference", "approval", "sent_at"}
    compared = [field.attname for field in Release._meta.concrete_fields if field.name not in own]
    assert {name: getattr(preview, name) for name in compared} == {name: getattr(release, name) for name in compared}


def test_what_they_have_is_left_out_or_marked():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter", "fact:modus_operandi"])
    first, second = decision.items.all()
    decide(first, known="leave_out")
    decide(second, known="mark")

    assert [(each["heading"], each["is_known"]) for each in contents_of(decision.items.all())] == [(second.heading, True)]


@pytest.mark.parametrize("keeps", [[True, None, True], [False, False, False]], ids=["undecided", "nothing"])
def test_undecided_or_empty_things_do_not_go(keeps):
    refused(approved(keeps=keeps), "Decide about each passage|Nothing would go")


def test_what_a_second_person_has_not_seen_does_not_go():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])
    decide(decision.items.get(), concerns_others=True)

    refused(seal_row(SharingDecision.objects.get(pk=decision.pk), nominal.offender_manager, "approved"), "second person")


@pytest.mark.parametrize("state", ["draft", "submitted", "refused"])
def test_what_is_not_approved_does_not_go(state):
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])
    decide(decision.items.get())
    decision.refresh_from_db()

    refused(decision if state == "draft" else seal_row(decision, nominal.offender_manager, state), "not approved")


def test_what_was_changed_under_the_seal_does_not_go():
    decision = approved()
    decision.items.update(label="Other")

    refused(decision, "not approved as it stands")


def test_record_that_changed_since_stops_it_and_is_named():
    decision = approved()
    decision.nominal.conditions.update(text="Not to enter any park.")

    refused(decision, "Licence condition")


def test_condition_that_ended_stops_it():
    decision = approved()
    decision.nominal.conditions.update(ends_on=localdate() - timedelta(days=1))

    refused(decision, "The record has changed")


def test_consent_that_was_taken_back_stops_it():
    nominal = make_nominal()
    dates = {"asked_on": localdate(), "answered_on": localdate()}
    held = make_sensitive(nominal=nominal, kind="third_party", originator="The aunt", consent="given", **dates)
    decision = draft_with(nominal)
    choose_gated(
        actor=nominal.offender_manager, decision=decision, version=SharingDecision.objects.get(pk=decision.pk).version,
        source=BEHIND_GATES["sensitive"], keys=[f"sensitive:{held.public_id}"], reason="For his care",
    )  # fmt: skip
    decide(decision.items.get())
    decision.refresh_from_db()
    check_item(
        actor=make_user(Role.SUPERVISOR, unit=nominal.unit), decision=decision, item=decision.items.get(), version=decision.version
    )
    decision.refresh_from_db()
    seal_row(decision, nominal.offender_manager, "approved")
    type(held).objects.filter(pk=held.pk).update(consent="refused")

    refused(decision, "The record has changed")


@pytest.mark.parametrize("over", ["ended", "suspended", "does not cover"])
def test_agreement_that_ended_after_the_preview_stops_it(over):
    decision = approved()
    release_of(decision, decision.nominal.offender_manager)
    values = {
        "ended": {"period": YESTERDAY},
        "suspended": {"suspended_at": now(), "suspended_by": decision.drafted_by, "suspend_reason": "A breach"},
        "does not cover": {"data_classes": ["identity"]},
    }
    Agreement.objects.update(**values[over])

    refused(decision, "No agreement" if over != "does not cover" else "does not cover: Conditions")


def test_what_the_agreement_does_not_cover_goes_with_a_basis_of_its_own():
    decision = approved(own_basis="A pressing need to protect a child")
    Agreement.objects.update(data_classes=["identity"])

    assert send_release(actor=decision.nominal.offender_manager, decision=decision).channel == "online"


def test_last_day_that_is_over_stops_it():
    refused(approved(expires_on=localdate() - timedelta(days=1)), "last day")


def test_what_was_approved_goes_once():
    release = sent()

    with pytest.raises(DomainError, match="sent already"):
        send_release(actor=release.sent_by, decision=release.decision)
    assert Release.objects.count() == 1


def test_stale_page_sends_nothing():
    decision = approved()

    with pytest.raises(StaleRecord):
        send_release(actor=decision.nominal.offender_manager, decision=decision, version=decision.version - 1)


@pytest.mark.parametrize("who", ["another unit", "excluded", "partner"])
def test_who_may_not_send(who):
    decision = approved()
    if who == "excluded":
        actor = make_user(unit=decision.nominal.unit)
        make_exclusion(nominal=decision.nominal, user=actor)
    else:
        actor = make_user() if who == "another unit" else make_partner(decision.agency)

    with pytest.raises(NotPermitted):
        send_release(actor=actor, decision=decision)
    assert not Release.objects.exists()


def test_withdrawn_at_once_with_what_was_read():
    release = sent()
    partner = make_partner(release.agency)
    acknowledge_release(actor=partner, release=release)
    release.refresh_from_db()
    open_release(actor=partner, release=release)

    withdrawn = withdraw_release(actor=release.sent_by, release=release, reason="Wrong person", version=release.version)

    assert not Release.objects.for_agency(release.agency_id).exists()
    assert [each.with_content for each in withdrawn.readings.all()] == [True]
    assert AgencyChange.objects.filter(kind=ChangeKind.RELEASE_WITHDRAWN, subject=release.public_id).count() == 1
    assert set(Action.objects.waiting().values_list("kind", flat=True)) == {"sharing-outcome-7", "sharing-outcome-28"}
    with pytest.raises(DomainError, match="already"):
        withdraw_release(actor=release.sent_by, release=release, reason="Again")
    with pytest.raises(NotPermitted):
        report_action(actor=partner, release=release, done_on=localdate(), text="Done", is_final=True)


def test_withdrawing_needs_a_reason_and_the_right():
    release = sent()

    with pytest.raises(DomainError, match="empty"):
        withdraw_release(actor=release.sent_by, release=release, reason=" ")
    with pytest.raises(NotPermitted):
        withdraw_release(actor=make_user(), release=release, reason="No")


def test_end_is_told_once():
    release = sent()
    later = release.expires_on + timedelta(days=1)

    assert end_releases(actor=None) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sharing.services.releases.localdate", lambda *_: later)
        assert end_releases(actor=None) == 1
        assert end_releases(actor=None) == 0

    assert AgencyChange.objects.filter(kind=ChangeKind.RELEASE_ENDED).count() == 1
    assert not Action.objects.waiting().filter(kind=RECEIPT).exists()


def test_before_acceptance_the_agency_reads_no_name_and_no_content():
    release = sent()
    before = as_shared(release)
    release.acknowledged_at = now()
    after = as_shared(release)

    assert (before["state"], before["subject"], before["contents"]) == ("to_accept", None, None)
    assert (after["state"], after["subject"]) == ("open", "Alex Sample")
    assert after["contents"] == release.contents
