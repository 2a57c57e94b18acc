"""Agencies' systems, requests and news, as tests need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils.timezone import localdate

from accounts.choices import ApiScope, OrganisationKind, Role
from accounts.models import ApiClient, Organisation, User
from offenders.models import Nominal
from sharing.choices.news import NewsKind
from sharing.choices.requests import CameBy
from sharing.models import Agreement, InformationRequest, PartnerNews, Release
from sharing.services.news import give_news
from sharing.services.requests import answer_request, ask_police, take_request
from tests.accounts.calling import make_client, token_of
from tests.factories import make_agency, make_nominal, make_user
from tests.sharing.making_decisions import make_agreement, make_decision_row, make_partner, make_release_row

V1 = "/api/v1"
SCOPES = [str(scope) for scope in ApiScope if scope != ApiScope.TRAVEL_ALERTS]
ASKED: dict[str, Any] = {
    "template": "general", "subject_name": "Arthur Sample", "purpose": "protect_child", "power": "Children Act 2004, section 10",
    "data_classes": ["risk"], "details": "He has moved in with a family that we know. Is he a risk to the children?",
}  # fmt: skip
SEEN: dict[str, Any] = {"happened_on": "2026-11-02", "text": "He left the hostel at night.", "subject_name": "Arthur Sample"}


@dataclass
class Partner:
    """An agency with a system that is let in, an agreement and something that was shared."""

    client: ApiClient
    token: str
    agreement: Agreement
    nominal: Nominal
    release: Release

    @property
    def agency(self) -> Organisation:
        """The agency."""
        return self.client.agency

    @property
    def force(self) -> Organisation:
        """The force that let it in."""
        return self.client.force


def make_system(browser: Client, force: Organisation, agency: Organisation | None = None, **values: Any) -> tuple[ApiClient, str]:
    """A system of an agency with every scope, and its token."""
    agency = agency or make_agency(kind=OrganisationKind.PROBATION)
    admin = make_user(Role.ADMINISTRATOR, organisation=force)
    made, secret = make_client(admin=admin, agency=agency, **{"scopes": SCOPES, **values})
    return made, token_of(browser, made, secret)


def make_partnered(browser: Client, *, nominal: Nominal | None = None, **values: Any) -> Partner:
    """An agency with which something was shared."""
    nominal = nominal or make_nominal()
    made, token = make_system(browser, nominal.force, **values)
    agreement = make_agreement(force=nominal.force, agency=made.agency)
    release = share(nominal, made.agency, agreement)
    return Partner(made, token, agreement, nominal, release)


def share(nominal: Nominal, agency: Organisation, agreement: Agreement) -> Release:
    """Something that was shared online with an agency."""
    return make_release_row(nominal=nominal, decision=make_decision_row(nominal=nominal, agency=agency, agreement=agreement))


def make_request(*, officer: User, agency: Organisation | None = None, **values: Any) -> InformationRequest:
    """A request that an agency made in the browser to an officer's force."""
    agency = agency or make_agency()
    if not Agreement.objects.in_force().filter(force=officer.organisation, agency=agency).exists():
        make_agreement(force=officer.organisation, agency=agency)
    person = values.pop("person", None) or make_partner(agency)
    words = {**ASKED, "asked_for": "A. Worker", **values}
    return ask_police(actor=person, force=officer.organisation, came_by=CameBy.BROWSER, **words)


def make_news(*, force: Organisation, kind: NewsKind = NewsKind.BREACH, agency: Organisation | None = None, **values: Any) -> PartnerNews:
    """News of a probation service."""
    agency = agency or make_agency(kind=OrganisationKind.PROBATION)
    words = {**SEEN, "happened_on": localdate(), "given_for": "P. Officer", **values}
    return give_news(actor=make_partner(agency), force=force, kind=kind, **words)


def answer_with_nothing(request: InformationRequest, officer: User) -> InformationRequest:
    """An officer takes a request and answers that nothing can be shared."""
    taken = take_request(actor=officer, request=request)
    return answer_request(actor=officer, request=taken, releases=[], has_nothing=True, note="Not him.", version=taken.version)
