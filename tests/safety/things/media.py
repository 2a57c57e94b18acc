"""What the safety tests need to try addresses about the media, and pages of sharing that are about no record."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from sharing.models import AgencyContact
from tests.factories import make_agency
from tests.safety.expectations import SAME_FORCE, TEAM
from tests.sharing.making_decisions import make_agreement
from tests.sharing.making_media import make_lent_approval, make_media_decision, make_whole_enquiry


def enquiry(nominal: Nominal) -> dict:
    """An enquiry that the record's unit linked to it."""
    return {"public_id": make_whole_enquiry(nominal=nominal).public_id}


def statement(nominal: Nominal) -> dict:
    """A statement of such an enquiry."""
    return {"public_id": make_whole_enquiry(nominal=nominal).public_id, "number": 1}


def agency(nominal: Nominal) -> dict:
    """An agency that is consulted about such an enquiry."""
    made = make_whole_enquiry(nominal=nominal)
    return {"public_id": made.public_id, "key": made.consultations.get().pk}


def decision(nominal: Nominal) -> dict:
    """A decision to identify the person, not sent yet."""
    return {"public_id": make_media_decision(nominal=nominal, state="draft").public_id}


def press(role: Role, relation: str) -> set[str]:
    """The press office of the force, whatever the record: it is told of none."""
    if role != Role.PRESS_OFFICER:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted", "excluded"} else {"hidden"}


def unit(role: Role, relation: str) -> set[str]:
    """The unit that was asked, without whoever may not know of the record; others who see enquiries find nothing there."""
    if role in TEAM:
        reached = relation in {"own", "unit"} or (role == Role.SUPERVISOR and relation == "restricted")
        return {"reached"} if reached else {"hidden"}
    return {"hidden"} if role in {Role.PRESS_OFFICER, Role.DISCLOSURE_AUTHORITY} else {"refused"}


def handlers(role: Role, relation: str) -> set[str]:
    """The press office and the unit."""
    return press(role, relation) if role == Role.PRESS_OFFICER else unit(role, relation)


def readers(role: Role, relation: str) -> set[str]:
    """Both, and whoever holds the force's authority to disclose."""
    if role == Role.DISCLOSURE_AUTHORITY:
        return {"reached"} if relation in SAME_FORCE else {"hidden"}
    return handlers(role, relation)


OF_PRESS = {"media-strategy": enquiry, "media-statement-write": enquiry, "media-statement-issue": statement, "media-close": enquiry}
OF_PRESS |= {"media-agency-answer": agency}
OF_UNIT = {"media-record": enquiry, "media-unit-answer": enquiry, "media-strategy-agree": enquiry, "media-statement-agree": statement}

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"sharing:{name}": make for name, make in (OF_PRESS | OF_UNIT).items()}
OBJECTS |= {"sharing:media": enquiry, "sharing:media-agency-add": enquiry, "sharing:proactive": decision}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {f"sharing:{name}": press for name in OF_PRESS}
OWN_RULES |= {f"sharing:{name}": unit for name in OF_UNIT}
OWN_RULES |= {"sharing:media": readers, "sharing:media-agency-add": handlers}
# Addresses about something else than a record, with where they are tried.
AGREEMENTS = ("", "-change", "-review", "-suspend", "-resume", "-end", "-contact-add", "-contact-end")
TRIED_ELSEWHERE: set[str] = {f"sharing:agreement{name}" for name in AGREEMENTS}  # tests/sharing/test_agreement_pages.py
# tests/sharing/test_sharing_practice.py: dated data belongs to nobody
TRIED_ELSEWHERE |= {f"sharing:{name}" for name in ("power-change", "power-end", "authority-change", "media-line-change")}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_whole_enquiry(nominal=nominal, taken_by=officer)
    held = make_agency()
    make_agreement(force=officer.organisation, agency=held, added_by=officer)
    AgencyContact.objects.create(force=officer.organisation, agency=held, post=f"Desk {number}", phone="01632 960200")
    make_lent_approval(nominal=nominal, delegator=officer)
