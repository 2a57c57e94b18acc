"""A decision from its first page to the verdict: what it takes to send it, who decides it, and what an edit undoes."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError, NotPermitted, SeveralErrors, StaleRecord
from actions.models import Action, Notification
from intelligence.models import InformationRelease
from offenders.models import SensitiveItem
from sharing.models import Answer, SharingDecision
from sharing.reports.decisions import missing_in
from sharing.reports.seals import seal_of
from sharing.services.advice import add_advice, follow_advice, give_advice, record_advice, take_back_question
from sharing.services.approving import decide_decision
from sharing.services.decisions import end_decision, name_recipient, review_decision, save_page, submit_decision
from tests.factories import make_agency, make_grant, make_nominal, make_section, make_user
from tests.intelligence.making_reports import make_bureau, make_released_row
from tests.offenders.making_confidential import make_sensitive
from tests.sharing.making_decisions import make_agreement, make_decision_row, make_item_row, make_release_row
from tests.sharing.writing_decisions import begin, decide, lead_of, send, with_agency, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def lead(nominal):
    return lead_of(nominal)


def save(decision, version=None, answers=None, **more):
    """Save something of a page as the writer."""
    is_typing = more.pop("is_typing", False)
    return save_page(
        actor=decision.drafted_by, decision=decision, version=version, fields=more, answers=answers or {}, is_typing=is_typing
    )


def test_a_draft_begins_with_what_the_system_knows(nominal):
    agency = make_agency()
    agreement = make_agreement(force=nominal.force, agency=agency)
    earlier = make_release_row(nominal=nominal, decision=make_decision_row(nominal=nominal, agency=agency, agreement=agreement))
    draft = begin(nominal, kind="agency", agency=agency)

    said = dict(draft.answers.values_list("code", "text"))
    assert said["fact_mappa"] == "Category 1, level 1, since 1 January 2025"
    assert said["fact_risk"].startswith("High")
    assert said["fact_at_risk"] == "Children"
    assert nominal.offender_manager.display_name in said["fact_manager"]
    assert earlier.reference in said["has_already"]
    assert agreement.title in said["agreement_covers"]
    assert (draft.agreement, draft.powers) == (agreement, ["cja_325"])


def test_another_agency_brings_its_agreement_but_keeps_what_was_put_right(nominal):
    first, second = make_agency(), make_agency()
    make_agreement(force=nominal.force, agency=first)
    draft = begin(nominal, kind="agency", agency=first)
    save(draft, answers={"has_already": ("", "They know of the conviction")})
    changed = save(draft, agency=second)

    said = dict(draft.answers.values_list("code", "text"))
    assert changed.agreement is None
    assert said["has_already"] == "They know of the conviction"
    assert said["agreement_covers"] == "No agreement with them is in force."


def test_an_agency_that_is_only_picked_while_typing_brings_nothing_of_its_own_yet(nominal):
    first, second = make_agency(), make_agency()
    make_agreement(force=nominal.force, agency=second)
    draft = begin(nominal, kind="agency", agency=first)
    shown = dict(draft.answers.values_list("code", "text"))["agreement_covers"]
    save(draft, version=1, agency=second, is_typing=True)
    draft.refresh_from_db()
    assert draft.agency == first
    save(draft, version=1, agency=second, answers={"agreement_covers": ("no", shown)})
    assert "in force until" in draft.answers.get(code="agreement_covers").text


def test_sending_says_everything_that_is_missing_at_once(nominal):
    draft = begin(nominal, kind="")
    with pytest.raises(SeveralErrors) as caught:
        send(draft)

    fields = [error.field for error in caught.value.errors]
    assert {"recipient_kind", "purpose", "why", "lawful_verdict", "lowers_risk", "violence_verdict", "choice", "reasons"} <= set(fields)
    assert [missing.page for missing in missing_in(draft.drafted_by, draft)] == sorted(
        missing.page for missing in missing_in(draft.drafted_by, draft)
    )
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("choice", ["share", "do_not"])
def test_not_to_share_asks_the_same_but_for_what_would_go(nominal, choice):
    draft = begin(nominal)
    write(draft, choice=choice)
    Answer.objects.filter(decision=draft, code__in=["why", "family"]).delete()
    draft.items.all().delete()
    save(draft, handling="", review_on=localdate() + timedelta(days=90))

    fields = {missing.field for missing in missing_in(draft.drafted_by, SharingDecision.objects.get(pk=draft.pk))}
    assert {"why", "family"} <= fields
    assert ({"items", "handling"} <= fields) == (choice == "share")


def test_not_applicable_asks_why_and_an_unmet_test_stops_sharing_only(nominal):
    draft = write(begin(nominal), answers={"consulted": ("not_applicable", ""), "necessary": ("not_met", "It is not")})
    words = [missing.words for missing in missing_in(draft.drafted_by, draft)]
    assert any("why it is not applicable" in each for each in words)
    assert any("it must be met" in each for each in words)

    save(draft, answers={"consulted": ("not_applicable", "He is in prison")}, choice="do_not", review_on=localdate() + timedelta(days=9))
    assert missing_in(draft.drafted_by, SharingDecision.objects.get(pk=draft.pk)) != []  # nobody decides yet: the unit has no supervisor
    lead_of(nominal)
    make_user(Role.DISCLOSURE_AUTHORITY, organisation=nominal.force)
    assert missing_in(draft.drafted_by, SharingDecision.objects.get(pk=draft.pk)) == []


def test_beyond_its_agreement_a_decision_needs_its_own_basis(nominal, lead):
    draft = with_agency(nominal, own_basis="")
    assert missing_in(draft.drafted_by, draft) == []
    make_item_row(decision=draft, data_class="associates")
    assert [missing.field for missing in missing_in(draft.drafted_by, draft)] == ["own_basis"]
    save(draft, own_basis="A child lives there")
    draft = SharingDecision.objects.get(pk=draft.pk)
    assert missing_in(draft.drafted_by, draft) == []

    draft.agreement.suspended_at, draft.agreement.suspended_by, draft.agreement.suspend_reason = draft.drafted_at, lead, "Breach"
    draft.agreement.save()
    assert "channel" in {missing.field for missing in missing_in(draft.drafted_by, draft)}


def test_sending_seals_it_and_asks_whoever_decides(nominal, lead):
    sent = send(with_agency(nominal))

    assert (sent.state, sent.authority, sent.content_hash) == ("submitted", "supervisor", seal_of(sent))
    action = Action.objects.get(kind="sharing-decide")
    assert (action.owner, action.rule_code) == (lead, "sharing-decide")
    assert Notification.objects.filter(recipient=lead, text="A decision about sharing waits for you").count() == 1


def test_a_verdict_is_about_what_was_read(nominal, lead):
    sent = send(with_agency(nominal))
    with pytest.raises(StaleRecord):
        decide_decision(actor=lead, decision=sent, content_hash="0" * 64, verdict="approved", reasons="Yes")
    Answer.objects.filter(decision=sent, code="why").update(text="Changed behind its back")
    with pytest.raises(StaleRecord):
        decide(sent, lead)


def test_approval_holds_until_the_decision_is_edited(nominal, lead):
    sent = send(with_agency(nominal))
    approval = decide(sent, lead)
    sent.refresh_from_db()
    assert (sent.state, approval.author, approval.by) == ("approved", sent.drafted_by, lead)
    assert Action.objects.get(kind="sharing-decide").state == "done"

    save(sent, answers={"why": ("", "Words on why")})  # as it was: nothing opens
    sent.refresh_from_db()
    assert sent.state == "approved"
    with pytest.raises(DomainError, match="Use the button"):
        save(sent, answers={"why": ("", "Other")}, is_typing=True)
    save(sent, version=sent.version, answers={"why": ("", "Other")})
    sent.refresh_from_db()
    approval.refresh_from_db()
    assert (sent.state, approval.lapsed_at is not None) == ("draft", True)


@pytest.mark.parametrize(("verdict", "state"), [("refused", "refused"), ("returned", "draft")])
def test_what_is_refused_or_returned_goes_back(nominal, lead, verdict, state):
    sent = send(with_agency(nominal))
    decide(sent, lead, verdict)
    sent.refresh_from_db()
    assert sent.state == state
    assert Notification.objects.filter(recipient=sent.drafted_by, text=f"A decision about sharing was {verdict}").exists()
    with pytest.raises(StaleRecord):
        decide(sent, lead)


def test_nobody_decides_what_they_wrote(nominal, lead):
    make_user(Role.SUPERVISOR, unit=nominal.unit)
    draft = with_agency(nominal)
    save_page(actor=lead, decision=draft, version=None, fields={}, answers={"why": ("", "The lead's words")})
    sent = send(draft)
    with pytest.raises(DomainError, match="You wrote some"):
        decide(sent, lead)
    with pytest.raises(NotPermitted):
        decide(sent, sent.drafted_by)


def test_typing_keeps_a_draft_without_a_version_and_two_writers_are_told(nominal):
    draft = begin(nominal)
    save(draft, version=1, answers={"why": ("", "Half a sen")}, is_typing=True)
    draft.refresh_from_db()
    assert (draft.version, draft.answers.get(code="why").text) == (1, "Half a sen")
    save(draft, version=1, answers={"why": ("", "Half a sentence")})
    with pytest.raises(StaleRecord):
        save(draft, version=1, answers={"why": ("", "Another")})


def test_a_stage_follows_from_other_answers_until_it_is_put_better(nominal):
    draft = begin(nominal)
    save(draft, answers={"legal_basis": ("", "Section 325"), "ndm_powers": ("", "What is the legal basis in this case: Section 325")})
    assert not draft.answers.filter(code="ndm_powers").exists()
    save(draft, answers={"ndm_powers": ("", "Section 325, and the agreement")})
    assert draft.answers.get(code="ndm_powers").text == "Section 325, and the agreement"


def test_advice_of_a_colleague_is_asked_given_and_weighed(nominal, lead):
    draft = with_agency(nominal)
    other = make_user(Role.OFFENDER_MANAGER, unit=nominal.unit)
    advice = add_advice(actor=draft.drafted_by, decision=draft, version=None, kind="legal", adviser=other, question="May we?")
    assert Action.objects.get(kind="sharing-advice").owner == other
    assert [missing.field for missing in missing_in(draft.drafted_by, draft)] == ["advice"]
    with pytest.raises(DomainError, match="Somebody else"):
        give_advice(actor=lead, advice=advice, text="Yes")
    give_advice(actor=other, advice=advice, text="Yes, under section 325")
    assert Action.objects.get(kind="sharing-advice").state == "done"
    with pytest.raises(DomainError, match="why it was not"):
        follow_advice(actor=draft.drafted_by, advice=advice, is_followed=False)
    follow_advice(actor=draft.drafted_by, advice=advice, is_followed=True)
    assert missing_in(draft.drafted_by, draft) == []


def test_advice_from_outside_is_noted_and_a_question_can_be_taken_back(nominal):
    draft = with_agency(nominal)
    blind = make_user(Role.CONTROL_ROOM, organisation=nominal.force)
    with pytest.raises(DomainError, match="cannot open"):
        add_advice(actor=draft.drafted_by, decision=draft, version=None, kind="other", adviser=blind, question="What of it?")
    outside = {"actor": draft.drafted_by, "decision": draft, "version": None, "question": "?"}
    advice = add_advice(**outside, kind="press_office", from_whom="Duty press officer")
    record_advice(actor=draft.drafted_by, advice=advice, text="Say nothing", given_on=localdate())
    with pytest.raises(DomainError, match="already"):
        take_back_question(actor=draft.drafted_by, advice=advice)
    second = add_advice(**outside, kind="legal", from_whom="Counsel")
    take_back_question(actor=draft.drafted_by, advice=second)
    assert [row.text for row in draft.advice.all()] == ["Say nothing"]


def test_third_party_material_waits_for_its_originator(nominal, lead):
    draft = with_agency(nominal, own_basis="Needed")
    item = make_sensitive(nominal=nominal, kind="third_party", originator="GP surgery")
    make_item_row(decision=draft, key=f"sensitive:{item.public_id}", data_class="sensitive", gate_reason="The hostel must know",
                  checked_by=lead, checked_at=now())  # fmt: skip
    assert "consent is not recorded" in missing_in(draft.drafted_by, draft)[0].words
    with row_security(draft.drafted_by):
        SensitiveItem.objects.filter(pk=item.pk).update(consent="given", asked_on=localdate(), answered_on=localdate())
    assert missing_in(draft.drafted_by, draft) == []
    with row_security(draft.drafted_by):
        SensitiveItem.objects.filter(pk=item.pk).update(consent="refused")
    assert "refused" in missing_in(draft.drafted_by, draft)[0].words


def test_intelligence_under_conditions_needs_its_bureau(nominal, lead):
    draft = with_agency(nominal, own_basis="Needed")
    report, bureau = make_released_row(nominal=nominal), make_bureau(nominal.force)
    make_item_row(decision=draft, key=f"intelligence:{report.public_id}", data_class="intelligence")
    assert missing_in(draft.drafted_by, draft) == []
    first = report.releases.get()
    terms = {"handling": "C", "conditions": "Ask first", "reason": "Its giver asked", "released_by": bureau, "number": 2}
    same = {name: getattr(first, name) for name in ("grade_source", "assessment", "sanitised", "evaluated_by")}
    InformationRelease.objects.create(report=report, **same, **terms)
    assert "under conditions" in missing_in(draft.drafted_by, draft)[0].words

    make_grant(nominal=nominal, user=bureau)
    advice = add_advice(actor=draft.drafted_by, decision=draft, version=None, kind="other", adviser=bureau, question="May it go?")
    give_advice(actor=bureau, advice=advice, text="It may")
    follow_advice(actor=draft.drafted_by, advice=advice, is_followed=True)
    assert missing_in(draft.drafted_by, draft) == []


def test_somebody_at_risk_is_named_apart(nominal):
    make_user(Role.DISCLOSURE_AUTHORITY, organisation=nominal.force)
    at_risk = {"recipient_at_risk": ("yes", "Lives next door")}
    draft = write(begin(nominal, kind="person"), recipient="The mother of a child", answers=at_risk)
    assert [missing.field for missing in missing_in(draft.drafted_by, draft)] == ["recipient_section"]
    foreign = make_section(nominal=make_nominal(unit=nominal.unit), owner=draft.drafted_by)
    hidden = make_section(nominal=nominal, owner=make_user(unit=nominal.unit))
    for section in (foreign, hidden):
        with pytest.raises(DomainError, match="that you may read"):
            name_recipient(actor=draft.drafted_by, decision=draft, version=draft.version, section=section)
    named = name_recipient(actor=draft.drafted_by, decision=draft, version=draft.version, body="Ruth Example, 3 Invented Lane")
    assert missing_in(draft.drafted_by, named) == []
    with row_security(draft.drafted_by):
        assert named.recipient_section.body == "Ruth Example, 3 Invented Lane"


def test_a_decision_not_to_share_is_reviewed_on_its_day(nominal, lead):
    day = localdate() + timedelta(days=60)
    sent = send(with_agency(nominal, choice="do_not", review_on=day))
    decide(sent, lead)
    action = Action.objects.get(kind="sharing-review")
    assert action.owner == nominal.offender_manager
    sent.refresh_from_db()
    with pytest.raises(DomainError, match="in the future"):
        review_decision(actor=sent.drafted_by, decision=sent, version=sent.version, outcome="stands", reason="No change")
    later = day + timedelta(days=60)
    review_decision(actor=sent.drafted_by, decision=sent, version=sent.version, outcome="stands", reason="No change", next_on=later)
    assert sorted(Action.objects.filter(kind="sharing-review").values_list("state", flat=True)) == ["done", "open"]
    sent.refresh_from_db()
    assert (sent.state, sent.content_hash) == ("approved", seal_of(sent))
    review_decision(actor=sent.drafted_by, decision=sent, version=sent.version, outcome="again", reason="A child moved in")
    sent.refresh_from_db()
    assert sent.state == "draft"


def test_ending_needs_a_reason_and_stops_every_action(nominal, lead):
    sent = send(with_agency(nominal))
    with pytest.raises(DomainError, match="dealt with"):
        end_decision(actor=sent.drafted_by, decision=sent, version=sent.version, reason="Moved away")
    decide(sent, lead)
    sent.refresh_from_db()
    with pytest.raises(DomainError, match="Say why"):
        end_decision(actor=sent.drafted_by, decision=sent, version=sent.version, reason=" ")
    ended = end_decision(actor=sent.drafted_by, decision=sent, version=sent.version, reason="Moved away")
    assert not Action.objects.filter(nominal=nominal.pk, state="open").exists()
    with pytest.raises(DomainError, match="has ended"):
        save(ended, choice="part")


@pytest.mark.parametrize(
    ("template", "kind", "clock"),
    [
        ("parole_dossier", OrganisationKind.PAROLE_BOARD, "parole-dossier"),
        ("dbs_referral", OrganisationKind.DISCLOSURE_AND_BARRING, "dbs-referral"),
        ("carers_check", OrganisationKind.CHILDRENS_SERVICES, None),
    ],
)
def test_templates_ask_more_go_to_their_agency_and_start_their_clock(nominal, lead, template, kind, clock):
    with pytest.raises(DomainError):
        begin(nominal, kind="agency", agency=make_agency(), template=template)
    draft = begin(nominal, kind="agency", agency=make_agency(kind=kind), template=template)
    fields = {missing.field for missing in missing_in(draft.drafted_by, draft)}
    assert any(field.startswith(template.split("_")[0]) for field in fields)
    assert list(Action.objects.filter(kind=clock).values_list("owner", flat=True)) == ([draft.drafted_by_id] if clock else [])
    write(draft)
    send(draft)
    save(draft, reasons="Other reasons")
    assert Action.objects.filter(kind=clock, state="open").count() == (1 if clock else 0)  # an edit stops no clock of a referral


def test_only_whoever_manages_the_record_writes(nominal):
    other = make_user(organisation=nominal.force)
    draft = begin(nominal)
    with pytest.raises(NotPermitted):
        save_page(actor=other, decision=draft, version=None, fields={}, answers={"why": ("", "Mine")})
    with pytest.raises(NotPermitted):
        submit_decision(actor=other, decision=draft, version=draft.version)
