"""Passwords: one's own, and temporary ones that an administrator hands over."""
from __future__ import annotations

from typing import TYPE_CHECKING

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.access import authorise
from accounts.guards import refuse_self
from accounts.permissions import Perm
from accounts.sessions import end_sessions
from audit.choices import Verb
from audit.services import record_event

if TYPE_CHECKING:
    from accounts.models import User

# Read out over the phone: no letter or number that can be taken for another.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def readable_groups(number: int) -> str:
    """Return so many random groups of four that can be read out, each of almost 20 bits."""
    return "-".join(get_random_string(4, READABLE) for _ in range(number))


def make_temporary_password() -> str:
    """Return a random password for one sign-in."""
    return readable_groups(4)


@transaction.atomic
def change_password(*, actor: User, new: str) -> None:
    """Set one's own password; the caller has checked the old one."""
    actor.set_password(new)
    actor.must_change_password = False
    actor.save(update_fields=["password", "must_change_password"])
    record_event(Verb.CHANGED, actor, what="password changed")


@transaction.atomic
def set_temporary_password(*, actor: User, user: User) -> str:
    """Give somebody a password to sign in with once; every session of theirs ends. Return it: it is not kept."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    password = make_temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
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
    for kind in (TOTPDevice, StaticDevice):
        for device in kind.objects.filter(user=user):
            device.throttle_reset()
