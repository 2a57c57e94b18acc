"""Pages of what would go and what went, for the police and for the agency."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from audit.models import Event
from sharing.models import Agreement, Reading, Release, SharingDecision
from tests.factories import make_agency, make_nominal, make_section, make_user
from tests.sharing.making_decisions import YESTERDAY, make_partner
from tests.sharing.making_releases import approved, draft_with, make_condition, sent

pytestmark = pytest.mark.django_db


def page(user, name, *args):
    """Open a page."""
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"sharing:{name}", args=args))


def send(user, name, *args, **data):
    """Send a form."""
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"sharing:{name}", args=args), data)


def test_from_choosing_to_sending():
    nominal = make_nominal()
    officer, condition = nominal.offender_manager, make_condition(nominal)
    decision = draft_with(nominal)
    choose = page(officer, "items-choose", decision.public_id).content.decode()
    assert "checked" not in choose
    assert "Not to speak to Jane Example." in choose

    send(officer, "items-choose", decision.public_id, condition=f"condition:{condition.pk}", version=decision.version)
    item = decision.items.get()
    form = page(officer, "item", decision.public_id, item.public_id).content.decode()
    assert "Undecided" in form
    assert "checked" not in form
    answers = {"keep_1": "keep", "keep_2": "remove", "code_2": "third_party", "keep_3": "keep", "known": "not_known"}
    version = SharingDecision.objects.get().version
    assert send(officer, "item", decision.public_id, item.public_id, version=version, **answers).status_code == 302
    preview = page(officer, "preview", decision.public_id).content.decode()

    assert "Not to enter Millbrook Park. [removed] Reports weekly." in preview
    assert "Jane Example" not in preview


def test_removed_passage_without_a_reason_keeps_what_was_said():
    nominal = make_nominal()
    decision = draft_with(nominal, ["fact:on_encounter"])
    item = decision.items.get()

    answer = send(
        nominal.offender_manager, "item", decision.public_id, item.public_id, version=decision.version, keep_1="remove", keep_2="keep",
        known="mark",
    )  # fmt: skip

    assert answer.status_code == 409
    assert "Say why passage 1 is removed" in answer.content.decode()
    assert answer.content.decode().count("checked") >= 3


def test_recipient_is_seen_as_before_and_after_without_anything_stored():
    decision = approved(keeps=[True, False, True])

    shown = page(decision.nominal.offender_manager, "view-as", decision.public_id).content.decode()

    assert "How this must be handled" in shown
    assert "&quot;state&quot;: &quot;to_accept&quot;" in shown
    assert "Jane Example" not in shown
    assert not Release.objects.exists()


def test_what_is_apart_shows_to_no_colleague():
    nominal = make_nominal()
    section = make_section(nominal=nominal, body="The aunt in Millbrook")
    decision = draft_with(nominal)
    gate = page(nominal.offender_manager, "items-gate", decision.public_id, "confidential").content.decode()
    assert "The aunt in Millbrook" in gate
    send(
        nominal.offender_manager, "items-gate", decision.public_id, "confidential", version=decision.version, reason="To protect her",
        keys=f"confidential:{section.public_id}",
    )  # fmt: skip
    item = decision.items.get()
    colleague = make_user(unit=nominal.unit)
    send(
        nominal.offender_manager, "item", decision.public_id, item.public_id, version=SharingDecision.objects.get().version, keep_1="keep",
        known="not_known",
    )  # fmt: skip

    assert "aunt" in page(nominal.offender_manager, "preview", decision.public_id).content.decode()
    for name in ("items", "preview", "view-as"):
        assert "aunt" not in page(colleague, name, decision.public_id).content.decode()
    assert page(colleague, "item", decision.public_id, item.public_id).status_code == 404
    assert "aunt" not in page(colleague, "items-gate", decision.public_id, "confidential").content.decode()


def test_unknown_gate_is_not_there():
    decision = approved()

    assert page(decision.nominal.offender_manager, "items-gate", decision.public_id, "visit").status_code == 404


def test_sending_needs_the_tick_and_leads_to_the_certificate():
    decision = approved()
    officer = decision.nominal.offender_manager

    assert send(officer, "release-send", decision.public_id, version=decision.version).status_code == 422
    answer = send(officer, "release-send", decision.public_id, version=decision.version, looked="on")

    release = Release.objects.get()
    assert answer["Location"] == reverse("sharing:release", args=[release.public_id])
    certificate = page(officer, "release", release.public_id).content.decode()
    assert release.content_hash in certificate
    assert "Criminal Justice Act 2003, section 325" in certificate


@pytest.mark.parametrize("hidden", ["restricted", "missing"])
def test_hidden_and_missing_decisions_are_alike(hidden):
    decision = approved()
    if hidden == "restricted":
        type(decision.nominal).objects.update(is_restricted=True)
    stranger = make_user(unit=decision.nominal.unit)
    key = decision.public_id if hidden == "restricted" else uuid4()

    assert page(stranger, "items", key).status_code == 404


def test_agency_reads_the_handling_first_and_each_opening_is_kept():
    release = sent()
    partner = make_partner(release.agency)
    listed = page(partner, "shared-list").content.decode()
    assert release.reference in listed
    assert "Sample" not in listed

    before = page(partner, "shared", release.public_id).content.decode()
    send(partner, "shared-accept", release.public_id)
    after = page(partner, "shared", release.public_id).content.decode()

    assert "Millbrook" not in before
    assert "Sample" not in before
    assert "Keep him from the premises." in before
    assert "Not to enter Millbrook Park." in after
    assert "Alex Sample" in after
    assert "Sample" not in after.split("</title>")[0]
    assert list(Reading.objects.order_by("pk").values_list("user", "with_content")) == [(partner.pk, False), (partner.pk, True)]
    assert Event.objects.filter(actor=partner, detail__page="SharedPage", nominal=release.nominal_id).count() == 2


def test_agency_says_what_it_did():
    release = sent()
    partner = make_partner(release.agency)
    send(partner, "shared-accept", release.public_id)
    today = localdate()

    answer = send(
        partner, "shared-done", release.public_id, done_on_day=today.day, done_on_month=today.month, done_on_year=today.year,
        text="The gate is locked", is_final="yes",
    )  # fmt: skip

    assert answer.status_code == 302, answer.content.decode()
    assert [(each.text, each.is_final) for each in release.agency_actions.all()] == [("The gate is locked", True)]


@pytest.mark.parametrize("over", ["another agency", "expired", "withdrawn", "agreement ended", "on paper", "missing"])
def test_what_does_not_stand_for_the_agency_is_not_there(over):
    release = sent(channel="paper" if over == "on paper" else "online")
    partner, key = make_partner(release.agency), release.public_id
    if over == "another agency":
        partner = make_partner(make_agency())
    elif over == "withdrawn":
        Release.objects.update(withdrawn_at=now(), withdrawn_by=release.sent_by, withdraw_reason="x")
    elif over == "agreement ended":
        Agreement.objects.update(period=YESTERDAY)
    elif over == "missing":
        key = uuid4()
    with pytest.MonkeyPatch.context() as patch:
        if over == "expired":
            patch.setattr("sharing.querysets.releases.localdate", lambda: release.expires_on.replace(year=release.expires_on.year + 1))
        answers = [page(partner, "shared", key), send(partner, "shared-accept", key), page(partner, "shared-done", key)]
        listed = page(partner, "shared-list").content.decode()

    assert {answer.status_code for answer in answers} == {404}
    assert (release.reference in listed) is (over == "missing")
    assert not Reading.objects.exists()


def test_agency_is_told_that_no_agreement_holds():
    release = sent()
    partner = make_partner(release.agency)
    banner = f"No agreement with {release.force.name} is in force"
    assert banner not in page(partner, "shared-list").content.decode()

    Agreement.objects.update(period=YESTERDAY)

    assert banner in page(partner, "shared-list").content.decode()


def test_agency_starts_at_what_was_shared_with_it():
    client = Client()
    client.force_login(make_partner(make_agency()))

    assert client.get("/")["Location"] == reverse("sharing:shared-list")


def test_list_of_an_agency_takes_as_many_statements_for_many_rows(django_assert_num_queries):
    release = sent()
    partner = make_partner(release.agency)
    client = Client()
    client.force_login(partner)
    url = reverse("sharing:shared-list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        agreement = release.decision.agreement
        sent(make_nominal(unit=release.decision.nominal.unit), agreement=agreement)
    with django_assert_num_queries(len(one)):
        assert client.get(url).content.decode().count("To accept") == 3


def test_supervisor_sees_counts_and_an_officer_does_not():
    nominal = make_nominal()

    assert page(make_user(Role.SUPERVISOR, unit=nominal.unit), "calibration").status_code == 200
    assert page(nominal.offender_manager, "calibration").status_code == 403
