"""What somebody must do, or must not do, because of the state of an account."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Count, Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, StaleRecord
from accounts.models import Authenticator
from ui.templatetags.ui import joined_words

if TYPE_CHECKING:
    from accounts.models import User

SET_UP, CODE, PASSWORD = "accounts:second-factor-set-up", "accounts:second-factor", "accounts:password"

TURNS = 7_316_040  # apart from all other locks of the service

ONE_ACTION = gettext_noop(
    "{person} still owns 1 open action: {units}. A supervisor of the unit hands them over on the page Actions,"
    " under “Work of one officer”. Then deactivate the account."
)
MORE_ACTIONS = gettext_noop(
    "{person} still owns {number} open actions: {units}. A supervisor of the unit hands them over on the page Actions,"
    " under “Work of one officer”. Then deactivate the account."
)

Row = TypeVar("Row", bound=Model)


def hold(row: Row) -> Row:
    """Return the row as it stands, locked until the act is over; StaleRecord when somebody else took it away."""
    held: Row | None = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if held is None:
        raise StaleRecord("Somebody else has ended or removed this. Look at the page again.")
    return held


def wait_turn(what: str) -> None:
    """Wait for whoever does the same until the act is over: what two would add at once is not there yet and cannot be held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [TURNS, what])


def pending_step(user: Any) -> str | None:
    """Return the page that a signed-in person must finish before anything else opens, or None."""
    if settings.SECOND_FACTOR and not user.is_verified():
        return CODE if Authenticator.objects.filter(user=user, confirmed=True).exists() else SET_UP
    return PASSWORD if user.must_change_password else None


def refuse_self(actor: User, user: User) -> None:
    """Nobody administers their own account: a second person stands behind each role, date and reset."""
    if actor.pk == user.pk:
        raise DomainError("You cannot change your own account here. Ask another administrator of your organisation.")


def refuse_with_caseload(user: User) -> None:
    """Somebody who still manages cases stays active, so that no case is without a manager."""
    cases = user.managed_nominals.count()
    if cases:
        one = gettext_noop("{person} still manages 1 case. Hand over 1 case first, then deactivate the account.")
        more = gettext_noop("{person} still manages {cases} cases. Hand over {cases} cases first, then deactivate the account.")
        raise DomainError(one if cases == 1 else more, person=user.display_name, cases=cases)


def refuse_with_sections(user: User) -> None:
    """What somebody keeps apart has another keeper before they leave. Neither its number nor any record is said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigil_keeps_apart(%s)", [user.pk])
        (keeps,) = cursor.fetchone()
    if keeps:
        raise DomainError(
            "{person} still keeps something apart that others may need. Ask a supervisor of their unit to pass it on, "
            "then deactivate the account.",
            person=user.display_name,
        )


def refuse_with_actions(user: User) -> None:
    """Somebody who still owns open actions stays active, so that nothing that must be done is without an owner."""
    waiting = user.owned_actions.filter(state="open").order_by().values_list("unit__name").annotate(number=Count("pk"))
    numbers = list(waiting.order_by("unit__name"))
    if numbers:
        total = sum(number for _, number in numbers)
        words = ONE_ACTION if total == 1 else MORE_ACTIONS
        units = joined_words([format_lazy("{} ({})", unit or _("no unit"), number) for unit, number in numbers], ", ")
        raise DomainError(words, person=user.display_name, number=total, units=units)
