"""P7: a page of 100 shared records through the API for agencies, against the same page as a bare answer and its rows as SQL."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now
from oauth2_provider.models import AccessToken

from accounts.choices import OrganisationKind, Role
from accounts.models import ApiClient, Organisation, User
from accounts.services.clients import create_client
from benchmarks.browsing import Browser
from benchmarks.replay import replay, statements_of
from benchmarks.results import Result
from benchmarks.timing import in_turn, p50, sums
from offenders.models import Nominal
from sharing.models import Agreement, Answer, Approval, AuthorityRule, DecisionItem, Release, SharingDecision
from sharing.references import DECISION, RELEASE, next_reference
from sharing.reports.seals import seal_of

PAGE, BAR, CODE = 100, 3.0, "bench-agency"
TOKEN = "b" * 40
TEXT = "What the agency is told, in two lines of a usual length, so that a page weighs what it weighs. " * 2


class System(Browser):
    """An agency's system, on one connection that stays open."""

    def __init__(self, port: int, user: User) -> None:
        super().__init__(port, user)
        self.headers = {"Authorization": f"Bearer {TOKEN}", "On-Behalf-Of": "Measured"}


def measure_partner_api(size: int, rounds: int, port: int) -> list[Result]:
    """Ask for the page as an agency's system does, and for the same without the service around it."""
    client = client_with_releases()
    system = System(port, client.user)
    statements = statements_of(lambda: list(Release.objects.for_user(client.user).select_related("force").order_by("-pk")[: PAGE + 1]))
    samples = in_turn(
        {
            "page": lambda _: system.get(f"/api/v1/shared-records/?page_size={PAGE}"),
            "bare answer": lambda _: system.get("/bench/bare-answer/"),
            "rows as SQL": lambda _: replay(statements),
        },
        rounds,
    )
    baseline = p50(sums(samples["bare answer"], samples["rows as SQL"]))
    measured, limit = p50(samples["page"]), BAR * baseline
    return [Result("P7", f"{PAGE} shared records, median", size, measured, limit, baseline=baseline, peer="bare answer and SQL")]


def client_with_releases() -> ApiClient:
    """A client of an agency with which a full page was shared, and its token; made once in a database."""
    found = ApiClient.objects.filter(user__organisation__code=CODE).select_related("user__organisation", "force").first()
    client = found or make_client_with_releases()
    values = {"expires": now() + timedelta(hours=4), "scope": "shared-records", "user": client.user}
    AccessToken.objects.update_or_create(application=client, token=TOKEN, defaults=values)
    return client


@transaction.atomic
def make_client_with_releases() -> ApiClient:
    """Make them as rows: how they came to be is not what is measured."""
    nominal = Nominal.objects.select_related("force", "offender_manager").filter(offender_manager__isnull=False).order_by("pk")[0]
    agency = Organisation.objects.create(code=CODE, name="Measured agency", kind=OrganisationKind.PROBATION)
    officer, force = nominal.offender_manager, nominal.force
    lead = User.objects.exclude(pk=officer.pk).filter(organisation=force, is_service=False)[0]
    agreement = Agreement.objects.create(
        force=force, agency=agency, title="Measured", purposes=["manage_risk"], data_classes=["risk"], powers=["cja_325"],
        period=DateRange(localdate() - timedelta(days=1), localdate() + timedelta(days=3000)), review_on=localdate(), signed_by="Nobody",
        added_by=officer,
    )  # fmt: skip
    for _ in range(PAGE):
        share(nominal, officer, lead, agreement)
    admin = User.objects.filter(groups__name=Role.ADMINISTRATOR, organisation=force)[0]
    terms = {"scopes": ["shared-records"], "ends_on": localdate() + timedelta(days=360), "networks": [], "any_network": True}
    client, _ = create_client(actor=admin, agency=agency, name="Measured", contact="Nobody", **terms)
    return client


def share(nominal: Nominal, officer: User, lead: User, agreement: Agreement) -> None:
    """Decide, approve and release one thing."""
    words: dict[str, Any] = {"handling": "Confidential.", "must_not": "Not to be passed on.", "expected_action": "Keep watch."}
    words |= {"agency": agreement.agency, "channel": "online", "expires_on": localdate() + timedelta(days=3000)}
    decision = SharingDecision.objects.create(
        nominal=nominal, reference=next_reference(DECISION), recipient_kind="agency", agreement=agreement, purpose="manage_risk",
        powers=["cja_325"], choice="share", reasons="Measured", drafted_by=officer, edited_by=officer, **words,
    )  # fmt: skip
    Answer.objects.create(decision=decision, code="why", text="Measured", answered_by=officer)
    DecisionItem.objects.create(
        decision=decision, position=1, key="risk:0", data_class="risk", heading="Risk", label="Level", chosen_by=officer,
        passages=[{"text": TEXT, "keep": True, "code": ""}],
    )  # fmt: skip
    decision.authority_rule = AuthorityRule.objects.get(circumstance="agency", period__contains=localdate())
    decision.authority, decision.content_hash, decision.state = "supervisor", seal_of(decision), "approved"
    decision.submitted_by, decision.submitted_at = officer, now()
    decision.save()
    approval = Approval.objects.create(
        decision=decision, content_hash=decision.content_hash, verdict="approved", authority="supervisor", reasons="Measured",
        author=officer, by=lead,
    )  # fmt: skip
    Release.objects.create(
        reference=next_reference(RELEASE), decision=decision, approval=approval, content_hash=decision.content_hash, force=nominal.force,
        recipient=agreement.agency.name, subject_name="Arthur Sample", purpose="Managing risk", marking="OFFICIAL-SENSITIVE",
        contents=[{"heading": "Risk", "label": "Level", "text": TEXT, "is_known": False, "removed": []}], sent_by=officer,
        powers="Criminal Justice Act 2003, section 325", acknowledged_at=now(), acknowledged_by=officer, **words,
    )  # fmt: skip
