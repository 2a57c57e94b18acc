"""What the safety tests need to try addresses about intelligence reports."""

from __future__ import annotations

from collections.abc import Callable

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from intelligence.models import Dissemination, InformationReport, ReportRoute, SourceReview
from intelligence.services.information_routing import review_giver
from offenders.models import Nominal
from tests.factories import make_user
from tests.intelligence.making_reports import make_bureau, make_released_row, make_row
from tests.safety.expectations import POLICE, SAME_FORCE


def draft(nominal: Nominal) -> dict:
    """A draft of a colleague's."""
    return {"public_id": make_row(nominal=nominal, state="draft").public_id}


def sent(nominal: Nominal) -> dict:
    """A report of a colleague's that the bureau has."""
    return {"public_id": make_row(nominal=nominal).public_id}


def brought(nominal: Nominal) -> dict:
    """A report brought to the record."""
    route = ReportRoute.objects.create(report=make_row(nominal=nominal), nominal=nominal, is_named=True)
    return {"reference": nominal.reference, "public_id": route.public_id}


def received(nominal: Nominal) -> dict:
    """A report that a colleague was sent."""
    report = make_released_row(nominal=nominal)
    user = make_user(Role.OPERATIONAL, organisation=nominal.force)
    return {"public_id": Dissemination.objects.create(report=report, user=user, sent_by=make_bureau(nominal.force)).public_id}


def let_go(nominal: Nominal) -> dict:
    """A report that the bureau released."""
    return {"public_id": make_released_row(nominal=nominal).public_id}


def released_about(nominal: Nominal) -> dict:
    """A report about the record that was released."""
    route = ReportRoute.objects.get(report=make_released_row(nominal=nominal))
    return {"reference": nominal.reference, "public_id": route.public_id}


def open_review(nominal: Nominal) -> SourceReview:
    """A review that somebody's report about the person led to."""
    report = make_row(nominal=nominal, giver={"will_ask_more": True})
    review_giver(None, report)
    with row_security(make_bureau(nominal.force)):
        return SourceReview.objects.get(report=report)


def bureau(role: Role, relation: str) -> set[str]:
    """The bureau of the force; nobody who must not know of the person."""
    if role != Role.INTELLIGENCE:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted"} else {"hidden"}


def nobody_else(role: Role, relation: str) -> set[str]:
    """What is a colleague's own is hidden from whoever may have such things, refused to all others."""
    return {"hidden"} if role in POLICE else {"refused"}


BUREAU_PAGES = ("report", "report-evaluate", "report-return", "report-reject", "report-release", "report-withdraw", "report-send-on")
DRAFT_PAGES = ("report-write", "report-keep", "report-send", "report-discard")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"intelligence:{name}": sent for name in BUREAU_PAGES}
OBJECTS |= {f"intelligence:{name}": draft for name in DRAFT_PAGES}
OBJECTS |= {
    "intelligence:report-sent": sent,
    "intelligence:report-paper": let_go,
    "intelligence:received": received,
    "intelligence:received-paper": received,
    "intelligence:information-paper": released_about,
    "intelligence:source-review": lambda nominal: {"public_id": open_review(nominal).public_id},
    "intelligence:information-take": brought,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OF_BUREAU = (*BUREAU_PAGES, "report-paper", "source-review")
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"intelligence:{name}": bureau for name in OF_BUREAU}
OWN_RULES |= {f"intelligence:{name}": nobody_else for name in (*DRAFT_PAGES, "report-sent", "received", "received-paper")}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "intelligence:suggestion-change",  # tests/intelligence/test_practice.py: dated data belongs to nobody
    "intelligence:source-end",
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_row(nominal=nominal, author=officer, state=("draft", "submitted")[number % 2])
    make_row(nominal=nominal)
    open_review(nominal)
    report: InformationReport = make_released_row(nominal=nominal)
    Dissemination.objects.create(report=report, user=officer, sent_by=make_bureau(nominal.force))
