"""Public interest immunity: the prosecutor asks the court, and what it rules is entered once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.prosecutions import Decision, Notice, Ruling
from disclosure.guards.prosecutions import require_charged, require_fit, require_for_court, require_past, require_words
from disclosure.models import ImmunityApplication, Prosecution, UnusedItem
from disclosure.services.prosecution_items import look_again
from disclosure.services.prosecutions import hold_prosecution
from offenders.guards import require_unchanged


@transaction.atomic
def ask_court(
    *, actor: User, prosecution: Prosecution, version: int, notice: str, prosecutor: str, items: Sequence[UnusedItem], grounds: str,
    made_on: date, court: str, hearing_on: date | None = None,
) -> ImmunityApplication:  # fmt: skip
    """Enter that the prosecutor asked the court to let items be withheld."""
    locked = hold_prosecution(actor, prosecution, version, whole=True)
    require_charged(locked)
    if notice not in Notice.values:
        raise DomainError("Choose what the defence is told.", field="notice")
    require_words(prosecutor=prosecutor, grounds=grounds, court=court)
    require_past("made_on", made_on)
    if hearing_on and hearing_on < made_on:
        raise DomainError("The hearing cannot be before the application.", field="hearing_on")
    chosen = list(UnusedItem.objects.filter(prosecution=locked, pk__in=[item.pk for item in items]).with_latest())
    require_for_court(chosen)
    application = ImmunityApplication.objects.create(
        prosecution=locked, notice=notice, prosecutor=prosecutor.strip(), grounds=grounds.strip(), made_on=made_on, hearing_on=hearing_on,
        court=court.strip(), written_by=actor,
    )  # fmt: skip
    application.items.set(chosen)
    record_event(Verb.CREATED, application, act="Application to the court entered", notice=notice)
    return application


@transaction.atomic
def enter_ruling(
    *, actor: User, application: ImmunityApplication, version: int, ruling: str, ruled_on: date, court: str, ruling_words: str,
    is_sure: bool = False,
) -> ImmunityApplication:  # fmt: skip
    """Enter what the court ruled. Withheld items count as such; one that must be disclosed is open from now on."""
    authorise(actor, Perm.SCHEDULE_MATERIAL, application)
    hold_prosecution(actor, application.prosecution, whole=True)
    locked = ImmunityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    require_unchanged(locked, version)
    if locked.ruling:
        raise DomainError("The ruling was entered already. If the court ruled again, enter another application.")
    if ruling not in Ruling.values:
        raise DomainError("Choose what the court ruled.", field="ruling")
    require_words(ruling_words=ruling_words, court=court)
    require_past("ruled_on", ruled_on)
    if ruled_on < locked.made_on:
        raise DomainError("The ruling cannot be before the application.", field="ruled_on")
    items = list(UnusedItem.objects.filter(applications=locked).select_for_update(of=("self",)).with_latest().order_by("number"))
    if ruling == Ruling.DISCLOSE:
        for item in items:
            require_open_words(item, is_sure=is_sure)
    locked.ruling, locked.ruled_on, locked.court, locked.ruling_words = ruling, ruled_on, court.strip(), ruling_words.strip()
    locked.version += 1
    locked.save(update_fields=["ruling", "ruled_on", "court", "ruling_words", "version"])
    for item in items:
        if ruling == Ruling.WITHHOLD:
            look_again(actor, item, decision=Decision.WITHHOLD)
        elif ruling == Ruling.DISCLOSE:
            look_again(actor, item, decision=Decision.DISCLOSE, is_sensitive=False, ground="", sensitive_why="", in_part="")
    record_event(Verb.CHANGED, locked, act="Ruling of the court entered", ruling=ruling)
    return locked


def require_open_words(item: UnusedItem, *, is_sure: bool) -> None:
    """The description of an item that will be open tells nothing more than the court said."""
    try:
        require_fit(item.description, item.latest.sensitive_why, is_sure=is_sure)
    except DomainError as error:
        raise DomainError(
            "Item {number} will be shown to the defence. {faults} Describe it anew first, or confirm below.",
            number=item.number, faults=error,
        ) from error
