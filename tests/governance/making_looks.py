"""Traffic on records, unusual looks and questions why."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import Organisation, User
from audit.choices import Verb
from audit.models import Event
from governance.models import LookQuestion, LookRule, QuestionStep, UnusualLook
from offenders.models import Nominal
from tests.factories import make_user


def make_auditor(force: Organisation, **values: Any) -> User:
    """An auditor of a force."""
    return make_user(Role.AUDITOR, organisation=force, unit=None, **values)


def make_event(
    user: User, nominal: Nominal | None = None, verb: str = Verb.VIEWED, at: datetime | None = None, kept: Any = None, **detail: Any
) -> Event:
    """Something that somebody did, at a moment; what is kept of it by name, or as a dictionary."""
    about = {"nominal": nominal.pk, "subject_type": "offenders.nominal", "subject_id": nominal.pk} if nominal else {}
    role = next(iter(sorted(user.roles)), "")
    return Event.objects.create(
        actor=user, verb=verb, channel="web", request_id=uuid.uuid4(), at=at or now(), acting_role=role, detail=kept or detail, **about
    )


def make_reason_event(user: User, nominal: Nominal, at: datetime | None = None) -> Event:
    """Somebody stated a reason for a case file."""
    return make_event(user, nominal, Verb.STATED_REASON, at, permission="view_case_file")


def make_look(*, person: User, nominal: Nominal | None = None, code: str = "surname", **values: Any) -> UnusualLook:
    """An unusual look as a row, with one event."""
    event = make_event(person, nominal, at=now() - timedelta(hours=1))
    plain = {
        "key": f"{code}:{uuid.uuid4()}", "force": person.organisation, "rule": LookRule.objects.on(localdate()).get(code=code),
        "nominal": nominal.pk if nominal else None, "why": "Looked once.", "events": [event.pk], "first_at": event.at, "last_at": event.at,
    }  # fmt: skip
    return UnusualLook.objects.create(person=person, **plain | values)


def make_question(*, asked: User, asked_by: User, nominal: Nominal | None = None, state: str = "asked", **values: Any) -> LookQuestion:
    """A question as a row, with its step and no action."""
    event = make_event(asked, nominal, at=now() - timedelta(hours=1))
    plain = {
        "force": asked_by.organisation, "due_at": now() + timedelta(days=7), "nominals": [nominal.pk] if nominal else [],
        "events": [event.pk], "decided_by": asked_by if state in {"accepted", "referred"} else None,
    }  # fmt: skip
    question = LookQuestion.objects.create(asked=asked, asked_by=asked_by, state=state, **plain | values)
    QuestionStep.objects.create(question=question, state="asked", words="Why did you open this?", by=asked_by)
    if state != "asked":
        QuestionStep.objects.create(question=question, state="answered", words="Briefing for a visit", by=asked)
    return question
