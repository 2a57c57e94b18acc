"""Passwords: one's own, and temporary ones that an administrator hands over."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_otp.plugins.otp_static.models import StaticDevice

from accounts.access import authorise
from accounts.guards import refuse_self
from accounts.models import Authenticator
from accounts.permissions import Perm
from accounts.sessions import end_sessions
from audit.choices import Verb
from audit.services import record_event

if TYPE_CHECKING:
    from accounts.models import User

PASSWORD_FIELDS = ("password", "must_change_password", "temporary_until")
# Read out over the phone: no letter or number that can be taken for another.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def readable_groups(number: int) -> str:
    """Return so many random groups of four that can be read out, each of almost 20 bits."""
    return "-".join(get_random_string(4, READABLE) for _ in range(number))


def make_temporary_password() -> str:
    """Return a random password for one sign-in."""
    return readable_groups(4)


def end_of_temporary_password() -> datetime:
    """Return until when a temporary password that is set now counts."""
    return now() + timedelta(hours=settings.TEMPORARY_PASSWORD_HOURS)


@transaction.atomic
def change_password(*, actor: User, new: str) -> None:
    """Set one's own password; the caller has checked the old one."""
    actor.set_password(new)
    actor.must_change_password, actor.temporary_until = False, None
    actor.save(update_fields=PASSWORD_FIELDS)
    record_event(Verb.CHANGED, actor, what="password changed")


@transaction.atomic
def set_temporary_password(*, actor: User, user: User) -> str:
    """Give somebody a password to sign in with once; every session of theirs ends. Return it: it is not kept."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    password = make_temporary_password()
    user.set_password(password)
    user.must_change_password, user.temporary_until = True, end_of_temporary_password()
    user.save(update_fields=PASSWORD_FIELDS)
    end_sessions(user.sign_ins.all())
    forget_failures(user)
    record_event(Verb.CHANGED, user, what="temporary password set")
    return password


def is_locked_out(user: User) -> bool:
    """Say whether wrong passwords have shut this account for now."""
    return bool(AccessAttempt.objects.filter(username=user.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())


@transaction.atomic
def unlock_user(*, actor: User, user: User) -> None:
    """Open an account that wrong passwords or wrong codes have shut."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    forget_failures(user)
    record_event(Verb.CHANGED, user, what="unlocked")


def forget_failures(user: User) -> None:
    """Start counting wrong passwords and codes from nought."""
    reset(username=user.username)
    for kind in (Authenticator, StaticDevice):
        for device in kind.objects.filter(user=user):
            device.throttle_reset()
