"""The second factor: an authenticator app, and recovery codes for the day it is lost."""
from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import refuse_self
from accounts.models import Authenticator
from accounts.permissions import Perm
from accounts.services.passwords import readable_groups
from accounts.sessions import end_sessions
from audit.choices import Verb
from audit.services import record_event, record_read

if TYPE_CHECKING:
    from accounts.models import User

APP_CODE_LENGTH = 6
RECOVERY_CODES, RECOVERY_GROUPS = 8, 6
LONGEST_TOKEN = 16  # of django_otp's column
WRONG_CODE = gettext_noop(
    "That code is not right. Enter the 6 numbers that your authenticator app shows now, or a recovery code that you have not used."
)
WAIT = gettext_noop("Too many wrong codes. Wait a minute, then enter a new one. If you cannot sign in, ask your force service desk.")


def start_enrolment(*, actor: User) -> Authenticator:
    """Return the authenticator that the person is about to connect; the same one until it is confirmed."""
    device: Authenticator = Authenticator.objects.get_or_create(user=actor, confirmed=False, defaults={"name": "Authenticator app"})[0]
    return device


def confirm_enrolment(*, actor: User, code: str) -> tuple[Authenticator, list[str]]:
    """Connect the authenticator once it shows a right code. Return it with new recovery codes."""
    device = match_code(Authenticator.objects.filter(user=actor, confirmed=False), code)
    if device is None:
        raise DomainError("That code is not right. Enter the 6 numbers that the app shows now.", field="code")
    with transaction.atomic():
        device.confirmed = True
        device.save()
        record_event(Verb.CHANGED, actor, what="second factor set up")
        return device, renew_recovery_codes(actor=actor)


def verify_code(*, actor: User, code: str) -> Authenticator | StaticDevice:
    """Return the device that accepts the code; each wrong one makes the next try wait longer."""
    kind, said = (Authenticator, code) if len(code) == APP_CODE_LENGTH else (StaticDevice, digest_of(code))
    devices = kind.objects.filter(user=actor, confirmed=True)
    waits = any(not device.verify_is_allowed()[0] for device in devices)
    device = match_code(devices, said)
    if device is None:
        record_read(Verb.SIGN_IN_FAILED, actor, step="second factor")
        raise DomainError(WAIT if waits else WRONG_CODE, field="code")
    return device


def require_code(*, actor: User, code: str | None) -> None:
    """Check a code that a form asked for; None where it asked for none."""
    if code is not None:
        verify_code(actor=actor, code=code)


@transaction.atomic
def match_code(devices, code: str):  # type: ignore[no-untyped-def]  # a queryset of either kind of device
    """Try the code on each device, locked so that one code cannot be used twice at the same time."""
    return next((device for device in devices.select_for_update() if device.verify_token(code)), None)


@transaction.atomic
def renew_recovery_codes(*, actor: User) -> list[str]:
    """Make new recovery codes; the old ones stop working. They are shown once and each works once."""
    StaticDevice.objects.filter(user=actor).delete()
    device = StaticDevice.objects.create(user=actor, name="Recovery codes")
    codes = [readable_groups(RECOVERY_GROUPS) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=digest_of(code.replace("-", ""))) for code in codes)
    record_event(Verb.CHANGED, actor, what="recovery codes renewed")
    return codes


def digest_of(code: str) -> str:
    """Return what is kept of a recovery code: as much as the column takes. Its 118 random bits are more than anybody can try."""
    return b64encode(sha256(code.encode()).digest()).decode()[:LONGEST_TOKEN]


def count_recovery_codes(user: User) -> int:
    """Return how many recovery codes are left."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def reset_second_factor(*, actor: User, user: User) -> None:
    """Forget somebody's authenticator and codes: they set up a new one when they sign in next."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    Authenticator.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    end_sessions(user.sign_ins.all())
    record_event(Verb.CHANGED, user, what="second factor reset")
