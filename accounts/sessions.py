"""The session of one browser: started, strengthened by the second factor, kept alive, ended."""
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import django_otp
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import SignIn, User
from accounts.querysets import SignInQuerySet
from audit.choices import Verb
from audit.services import record_event

if TYPE_CHECKING:
    from django_otp.models import Device

TOUCH_EVERY = timedelta(minutes=1)
IDLE, ABSOLUTE, ELSEWHERE = "idle", "absolute", "elsewhere"


@transaction.atomic
def start_session(request: HttpRequest, user: User) -> None:
    """Sign the browser in under a new session key; complete unless a second factor is still to come."""
    login(request, user)
    sign_in_of(request)
    if not settings.SECOND_FACTOR:
        record_event(Verb.SIGNED_IN, user)


def sign_in_of(request: HttpRequest) -> SignIn:
    """Return the row that stands for this session; a session without one gets it now."""
    if not request.session.session_key:
        request.session.create()
    known = {
        "user": request.user,
        "ip_address": request.META.get("REMOTE_ADDR") or None,
        "browser": request.headers.get("User-Agent", "")[:200],
    }
    return SignIn.objects.get_or_create(session_key=request.session.session_key, defaults=known)[0]


@transaction.atomic
def confirm_session(request: HttpRequest, device: Device) -> None:
    """Note that the second factor was given; the session gets a new key because it can do more now."""
    django_otp.login(request, device)
    rotate_session(request)
    record_event(Verb.SIGNED_IN, request.user, second_factor=device._meta.label_lower)


def rotate_session(request: HttpRequest) -> None:
    """Give the session a new key and keep its row with it."""
    old = request.session.session_key
    request.session.cycle_key()
    SignIn.objects.filter(session_key=old).update(session_key=request.session.session_key)


def keep_session(request: HttpRequest, user: User) -> None:
    """Stay signed in after the password changed; the session's key changes too, and every other session ends."""
    old = request.session.session_key
    update_session_auth_hash(request, user)
    SignIn.objects.filter(session_key=old).update(session_key=request.session.session_key)
    end_sessions(user.sign_ins.exclude(session_key=request.session.session_key))


@transaction.atomic
def finish_session(request: HttpRequest) -> None:
    """Sign out."""
    record_event(Verb.SIGNED_OUT, request.user)
    request.user.sign_ins.filter(session_key=request.session.session_key).update(ended_at=now())
    logout(request)


def leave_nothing(response: HttpResponse) -> HttpResponse:
    """Have the browser throw away what it kept of signed-in pages; what other services of the force left stays."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@transaction.atomic
def end_sessions(sign_ins: SignInQuerySet) -> int:
    """End these sessions: their browsers are signed out at the next request. Return how many were open."""
    running = sign_ins.filter(ended_at=None)
    Session.objects.filter(session_key__in=list(running.values_list("session_key", flat=True))).delete()
    return running.update(ended_at=now())


@transaction.atomic
def end_own_session(*, actor: User, sign_in: SignIn) -> None:
    """End another session of one's own."""
    if hold(sign_in).ended_at:
        raise DomainError("This session has ended already.")
    end_sessions(actor.sign_ins.filter(pk=sign_in.pk))
    record_event(Verb.SESSION_ENDED, sign_in, why="by its person")


def why_over(sign_in: SignIn) -> str | None:
    """Return why the session may not go on, or None; both limits count from stored times."""
    moment = now()
    if sign_in.ended_at:
        return ELSEWHERE
    if moment >= sign_in.started_at + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS):
        return ABSOLUTE
    if moment >= sign_in.last_seen_at + timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        return IDLE
    return None


def touch(sign_in: SignIn, *, at_once: bool = False) -> None:
    """Note activity, at most once a minute unless asked to, so that reading pages stays cheap."""
    if at_once or now() - sign_in.last_seen_at >= TOUCH_EVERY:
        SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(last_seen_at=now())
