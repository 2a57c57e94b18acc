"""What to do when something does not open, case by case; each is for whoever holds, or lacks, a right."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.permissions import ROLE_RIGHTS, Perm
from ui.languages import StrOrPromise


@dataclass(frozen=True)
class Case:
    """What one may meet, why, and what to do; with a page to do it on."""

    title: StrOrPromise
    words: StrOrPromise
    holding: Perm | None = None  # for roles with this right only
    lacking: Perm | None = None  # for roles without it only
    page: str = ""
    page_words: StrOrPromise = ""

    def is_for(self, role: Role) -> bool:
        """Say whether somebody in this role may meet it."""
        rights = ROLE_RIGHTS[role]
        return (self.holding is None or self.holding in rights) and (self.lacking is None or self.lacking not in rights)


CASES = (
    Case(
        title=_("A page says “You cannot do this”"),
        words=_(
            "The page is there, and none of your roles reaches it, or not for this record. The page says who does. If your work needs it "
            "for long, ask your supervisor, who asks the administrator for another role."
        ),
    ),
    Case(
        title=_("A page says “Page not found”"),
        words=_(
            "There is nothing at that address, or nothing of which you may know; the two look the same on purpose, also here. Check the "
            "address. If a colleague sent it to you, ask them or your supervisor whether you should have access."
        ),
    ),
    Case(
        title=_("A record of another unit or force asks for a reason"),
        words=_(
            "State one: a kind of reason and a sentence. It counts for some hours, for you and that record, and its manager can read it."
        ),
        holding=Perm.VIEW_CARD,
        page="offenders:find",
        page_words=_("Find the person"),
    ),
    Case(
        title=_("A reason does not open enough, or you need it for longer"),
        words=_(
            "Ask the record’s manager or the supervisor of its unit to name you with a grant. Their telephone numbers stand where the "
            "record asks for a reason."
        ),
        holding=Perm.VIEW_CARD,
    ),
    Case(
        title=_("A record is restricted, or you are excluded from one"),
        words=_(
            "A restricted record is known to its manager, the supervisors of its unit and those who were named; somebody excluded knows "
            "of nothing. Neither shows, counts or is found, and no reason opens it. If you think that you should know of somebody, tell "
            "your supervisor whom you deal with and why."
        ),
        holding=Perm.VIEW_MARKER,
    ),
    Case(
        title=_("The card opens and the case file does not"),
        words=_("Your role reads cards and no case files. The card says what to do and whom to tell; the unit on it can tell you more."),
        holding=Perm.VIEW_CARD,
        lacking=Perm.VIEW_CASE_FILE,
    ),
    Case(
        title=_("Confidential sections are empty"),
        words=_(
            "They read the same whether there are none or none for you. Their owner names each reader; no role opens them. Ask the "
            "record’s manager."
        ),
        holding=Perm.VIEW_CONFIDENTIAL,
    ),
    Case(
        title=_("A life is at risk now"),
        words=_(
            "You may open what is kept apart in an emergency, from the record’s page Confidential: an hour, to read, and an auditor "
            "reviews it."
        ),
        holding=Perm.BREAK_GLASS,
    ),
    Case(
        title=_("A life is at risk now"),
        words=_(
            "Telephone the unit that manages the person, its on-call officer or your control room. A supervisor of the force or the "
            "intelligence bureau may open in an emergency what is kept apart."
        ),
        holding=Perm.VIEW_MARKER,
        lacking=Perm.BREAK_GLASS,
    ),
    Case(
        title=_("You need what stands in a record"),
        words=_(
            "Your role looks after accounts or the log and reads no record, so that nobody both keeps the keys and reads the files. Ask "
            "somebody of the unit."
        ),
        holding=Perm.EXPLAIN_ACCESS,
        lacking=Perm.VIEW_MARKER,
    ),
    Case(
        title=_("Something that was shared with your agency is gone, or never came"),
        words=_(
            "A share ends on its day or when the police withdraw it. Ask whoever sent it. To learn something else, put a request to the "
            "police."
        ),
        holding=Perm.ASK_POLICE,
        page="sharing:asked-list",
        page_words=_("Requests to the police"),
    ),
)


def cases_for(role: Role) -> list[Case]:
    """Return the cases that somebody in this role may meet."""
    return [case for case in CASES if case.is_for(role)]
