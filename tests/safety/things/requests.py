"""What the safety tests need to try addresses about requests and news of agencies, and webhooks."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from sharing.choices.news import NewsKind
from sharing.models import InformationRequest, PartnerNews
from tests.safety.expectations import SAME_FORCE, TEAM
from tests.sharing.making_partners import make_news, make_request


def of_unit(nominal: Nominal) -> dict:
    """A request that the record's unit took and found to be about the record."""
    row = make_request(officer=nominal.offender_manager)
    InformationRequest.objects.filter(pk=row.pk).update(
        state="taken", unit=nominal.unit, taken_by=nominal.offender_manager, nominal=nominal
    )
    return {"public_id": row.public_id}


def asked(nominal: Nominal) -> dict:
    """A request of some agency."""
    return {"public_id": make_request(officer=nominal.offender_manager).public_id}


def event(nominal: Nominal) -> dict:
    """An event that the record's unit took and found to be about the record."""
    row = make_news(force=nominal.force)
    PartnerNews.objects.filter(pk=row.pk).update(unit=nominal.unit, nominal=nominal)
    return {"public_id": row.public_id}


def secret(nominal: Nominal) -> dict:
    """Intelligence that an agency gave."""
    return {"public_id": make_news(force=nominal.force, kind=NewsKind.INTELLIGENCE).public_id}


def unit_only(role: Role, relation: str) -> set[str]:
    """The unit that has it, as far as one may know of the record."""
    if role not in TEAM:
        return {"refused"}
    if relation == "restricted":
        return {"reached"} if role == Role.SUPERVISOR else {"hidden"}
    return {"reached"} if relation in {"own", "unit"} else {"hidden"}


def bureau_only(role: Role, relation: str) -> set[str]:
    """The bureau of the force that it was given to."""
    if role != Role.INTELLIGENCE:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted", "excluded"} else {"hidden"}


def another_agency(role: Role, relation: str) -> set[str]:
    """An agency's requests are its own."""
    return {"hidden"} if role == Role.PARTNER else {"refused"}


OF_REQUEST = ("request", "request-take", "request-give-back", "request-record", "request-question", "request-reply")
OF_REQUEST += ("request-answer", "request-refuse")
OF_EVENT = ("news", "news-take", "news-record", "news-close")
OF_BUREAU = ("intelligence", "intelligence-report", "intelligence-close", "intelligence-consent")
OF_AGENCY = ("asked", "asked-reply")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"sharing:{name}": of_unit for name in OF_REQUEST}
OBJECTS |= {f"sharing:{name}": event for name in OF_EVENT}
OBJECTS |= {f"sharing:{name}": secret for name in OF_BUREAU}
OBJECTS |= {f"sharing:{name}": asked for name in OF_AGENCY}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"sharing:{name}": unit_only for name in OF_REQUEST + OF_EVENT}
OWN_RULES |= {f"sharing:{name}": bureau_only for name in OF_BUREAU}
OWN_RULES |= {f"sharing:{name}": another_agency for name in OF_AGENCY}
# Addresses about something else than a record, with where they are tried: tests/sharing/test_webhooks_pages.py.
TRIED_ELSEWHERE: set[str] = {f"sharing:{name}" for name in ("webhook", "webhook-set", "webhook-end", "webhook-send-again")}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    of_unit(nominal)
    event(nominal)
    make_request(officer=officer)
    make_news(force=nominal.force)
    secret(nominal)
