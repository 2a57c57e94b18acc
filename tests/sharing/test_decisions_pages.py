"""Pages of decisions: five pages to the check, the verdict, and nothing that says who is at risk."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from offenders.models import ConfidentialSection
from offenders.services.leaks import keep_fingerprints
from sharing.models import SharingDecision
from sharing.reports.decisions import work_of
from sharing.rules.questions import on_page
from tests.factories import make_agency, make_nominal, make_risk, make_section, make_user
from tests.sharing.making_decisions import make_agreement, make_decision_row, make_item_row, make_release_row
from tests.sharing.writing_decisions import answers_to, begin, decide, lead_of, send, with_agency, write

pytestmark = pytest.mark.django_db
FIELDS = {
    1: {"recipient_kind": "agency"},
    2: {"purpose": "protect_child", "powers": ["cja_325"]},
    5: {
        "channel": "online",
        "handling": "Named staff",
        "must_not": "No passing on",
        "expected_action": "Act",
        "choice": "share",
        "reasons": "Must",
    },
}


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def officer(client, nominal):
    client.force_login(nominal.offender_manager)
    return nominal.offender_manager


def url(name, decision, *more):
    """The address of a page about a decision."""
    return reverse(f"sharing:{name}", args=[decision.public_id, *more])


def typed(decision, page, **more):
    """What a browser sends of a page."""
    codes = {question.code for question in on_page(page, decision.template, decision.recipient_kind)}
    said = {code: answer for code, answer in answers_to(decision).items() if code in codes}
    data = {code: text for code, (_, text) in said.items()} | {f"{code}_verdict": verdict for code, (verdict, _) in said.items() if verdict}
    if page == 1:
        data |= {"agency": decision.agency_id, **dict(decision.answers.filter(code__startswith="fact_").values_list("code", "text"))}
    if page == 2 and decision.agreement_id:
        data["agreement"] = decision.agreement_id
    if page == 5:
        day = localdate() + timedelta(days=20)
        data |= {"expires_on_day": day.day, "expires_on_month": day.month, "expires_on_year": day.year}
    return data | FIELDS.get(page, {}) | {"version": decision.version} | more


def test_five_pages_lead_to_a_sealed_decision(client, nominal, officer):
    lead = lead_of(nominal)
    agency = make_agency()
    make_agreement(force=nominal.force, agency=agency)
    empty = client.get(reverse("sharing:decision-list", args=[nominal.reference])).content.decode()
    assert "No sharing decision is recorded" in empty
    page = client.get(reverse("sharing:decision-start", args=[nominal.reference, "general"])).content.decode()
    assert lead.display_name in page
    assert "checked" not in page
    assert client.get(reverse("sharing:decision-start", args=[nominal.reference, "nonsense"])).status_code == 404
    client.post(
        reverse("sharing:decision-start", args=[nominal.reference, "general"]), {"recipient_kind": "agency", "agency": agency.pk}
    )
    draft = SharingDecision.objects.get()
    for number in range(1, 6):
        shown = client.get(url("decision-page", draft, number)).content.decode()
        assert lead.display_name in shown
        assert "Category 1, level 1" in shown
        draft.refresh_from_db()
        answer = client.post(url("decision-page", draft, number), typed(draft, number))
        assert answer.status_code == 302, re.findall(r"error-message.*", answer.content.decode())
        assert answer.url == (url("decision-page", draft, number + 1) if number < 5 else url("decision-check", draft))
    draft.refresh_from_db()

    refused = client.post(url("decision-check", draft), {"version": draft.version})
    assert refused.status_code == 409
    assert "Choose what is shared, item by item" in refused.content.decode()
    make_item_row(decision=draft)
    shown = client.get(url("decision-check", draft)).content.decode()
    assert "What is missing" not in shown
    assert client.post(url("decision-check", draft), {"version": draft.version}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.authority) == ("submitted", "supervisor")


def test_nothing_decisive_is_chosen_beforehand(client, nominal, officer):
    shown = client.get(url("decision-page", begin(nominal), 5)).content.decode()
    assert re.findall(r'value="(\w+)"', " ".join(re.findall(r'<input[^>]*name="choice"[^>]*>', shown))) == ["share", "part", "do_not"]
    assert " checked" not in shown


def test_what_is_missing_leads_to_its_page(client, nominal, officer):
    draft = begin(nominal)
    refused = client.post(url("decision-check", draft), {"version": draft.version})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert f'href="{url("decision-page", draft, 2)}#id_why"' in text
    assert 'id="id_why"' in client.get(url("decision-page", draft, 2)).content.decode()


def test_typing_is_kept_unless_it_repeats_what_is_kept_apart(client, nominal, officer):
    section = make_section(nominal=nominal, owner=officer, body="Wilhelmina Quarrington of 14 Invented Terrace, 07700 900123")
    with row_security(officer):
        keep_fingerprints(ConfidentialSection.objects.get(pk=section.pk))
    draft = begin(nominal)
    assert client.post(url("decision-keep", draft, 2), {"version": draft.version, "why": "To protect pup"}).status_code == 204
    assert draft.answers.get(code="why").text == "To protect pup"
    leak = {"version": draft.version, "why": "Wilhelmina Quarrington told us, 07700 900123"}
    assert client.post(url("decision-keep", draft, 2), leak).status_code == 204
    assert draft.answers.get(code="why").text == "To protect pup"
    held = client.post(url("decision-page", draft, 2), leak)
    assert held.status_code == 409
    assert "kept apart" in held.content.decode()
    assert client.post(url("decision-page", draft, 2), leak | {"leak_checked": "on"}).status_code == 302
    draft.refresh_from_db()
    assert client.post(url("decision-keep", draft, 2), {"version": 1, "why": "Older"}).status_code == 409


def test_the_second_writer_is_told_and_loses_nothing(client, nominal, officer):
    draft = begin(nominal)
    client.post(url("decision-page", draft, 2), {"version": draft.version, "why": "The first writer's words"})
    answer = client.post(url("decision-page", draft, 2), {"version": draft.version, "why": "The second writer's words"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The first writer&#x27;s words" in shown
    assert "The second writer&#x27;s words" in shown
    draft.refresh_from_db()
    assert f'name="version" value="{draft.version}"' in shown


def test_the_recipient_is_named_apart_and_stands_nowhere_else(client, nominal, officer):
    draft = begin(nominal, kind="person")
    client.post(url("decision-recipient", draft), {"version": draft.version, "body": "Wilhelmina Quarrington"})
    draft.refresh_from_db()
    assert draft.recipient_section_id
    for name in ("decision", "decision-check"):
        shown = client.get(url(name, draft)).content.decode()
        assert "Quarrington" not in shown
    assert "Quarrington" not in client.get(url("decision-recipient", draft)).content.decode()


def test_whoever_decides_reads_what_changed_first(client, nominal):
    lead = lead_of(nominal)
    sent = send(with_agency(nominal))
    client.force_login(lead)
    assert sent.reference in client.get(reverse("sharing:approval-list")).content.decode()
    nominal.risk_periods.all().delete()
    make_risk(nominal=nominal, level=4)
    page = client.get(url("approval-decide", sent)).content.decode()
    assert "What the record says otherwise now" in page
    hidden = dict(re.findall(r'type="hidden" name="(content_hash|facts)" value="([^"]+)"', page))
    data = hidden | {"verdict": "approved", "reasons": "Necessary"}
    refused = client.post(url("approval-decide", sent), data)
    assert (refused.status_code, "tick that you did" in refused.content.decode()) == (409, True)
    client.post(url("approval-decide", sent), data | {"is_read": "on"})
    sent.refresh_from_db()
    assert sent.state == "approved"
    assert "Nothing to decide" in client.get(reverse("sharing:approval-list")).content.decode()


def test_a_verdict_on_another_text_is_refused_and_can_be_given_anew(client, nominal):
    lead = lead_of(nominal)
    sent = send(with_agency(nominal))
    client.force_login(lead)
    stale = {"content_hash": "0" * 64, "verdict": "refused", "reasons": "Not needed"}
    answer = client.post(url("approval-decide", sent), stale)
    shown = answer.content.decode()
    assert (answer.status_code, "changed while you read" in shown, "Not needed" in shown) == (409, True, True)
    assert f'value="{sent.content_hash}"' in shown


def test_the_tab_takes_as_many_queries_for_many_as_for_few(client, nominal, officer, django_assert_max_num_queries):
    make_release_row(nominal=nominal)
    counts = []
    client.get(reverse("sharing:decision-list", args=[nominal.reference]))  # what is asked once for a session
    for _ in range(2):
        with django_assert_max_num_queries(200) as captured:
            shown = client.get(reverse("sharing:decision-list", args=[nominal.reference])).content.decode()
        counts.append(len(captured))
        for _ in range(3):
            make_release_row(nominal=nominal)
        make_decision_row(nominal=nominal, state="draft")
    assert counts[0] == counts[1]
    assert "Approved" in shown


def test_work_lists_count_what_waits(nominal):
    lead = lead_of(nominal)
    assert work_of(lead, now()) == []
    send(with_agency(nominal))
    (work,) = work_of(lead, now() + timedelta(days=30))
    assert (work.number, work.late) == (1, 1)


def test_sensitive_items_show_to_writers_and_deciders_only(client, nominal):
    draft = with_agency(nominal)
    make_item_row(decision=draft, text="Takes insulin", data_class="sensitive", gate_reason="The hostel must know", label="Health")
    governance = make_user(Role.INFORMATION_GOVERNANCE, organisation=nominal.force)
    for user, sees in ((nominal.offender_manager, True), (governance, False)):
        client.force_login(user)
        assert ("Takes insulin" in client.get(url("decision", draft)).content.decode()) == sees


def test_verdicts_that_lapsed_stay_in_sight(client, nominal, officer):
    lead = lead_of(nominal)
    sent = send(with_agency(nominal))
    decide(sent, lead)
    sent.refresh_from_db()
    page = client.get(url("decision-page", sent, 5)).content.decode()
    assert "breaks its seal" in page
    write(sent, reasons="Other reasons", channel="paper")
    shown = client.get(url("decision", sent)).content.decode()
    assert "Lapsed on" in shown
    assert lead.display_name in shown
