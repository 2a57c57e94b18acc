"""Looks in the synthetic force that rules found: one to judge, one that was explained, one about which somebody is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast
from uuid import uuid4

from django.utils.timezone import now

from accounts.models import User
from audit.choices import Channel, Verb
from audit.models import Event
from governance.choices.looks import Decision, Sign
from governance.models import LookRule, UnusualLook
from governance.rules.looks import key_of, why
from governance.services.look_questions import ask_why
from governance.services.looks import judge_look
from offenders.models import Nominal


def add_looks(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Plant three looks in the trail, as if the rules had met them; have the auditor explain one and ask about another."""
    auditor, officer, manager = users["auditor"], users["operational"], users["offender_manager_2"]
    evening = now() - timedelta(days=1)
    found(Sign.COLLEAGUE, [event(officer, arthur, now(), "CardPage")])
    searches = found(Sign.MANY, [event(officer, nominal, evening, "CardPage") for nominal in others])
    judge_look(actor=auditor, look=searches, decision=Decision.EXPLAINED, words="A briefing of the whole shift; the duty sheet says so.")
    asked = found(Sign.SURNAME, [event(manager, others[-1], evening, "CardPage"), event(manager, others[-1], now(), "CardPage")])
    ask_why(actor=auditor, events=asked.events, look=asked, words="You opened this record twice and do not manage it. What was the work?")


def event(user: User, nominal: Nominal, at: datetime, page: str) -> Event:
    """Add to the trail that somebody opened a page of a record."""
    role = next(iter(sorted(user.roles)))
    about = {"subject_type": Nominal._meta.label_lower, "subject_id": nominal.pk, "nominal": nominal.pk}
    return Event.objects.create(
        at=at, actor=user, acting_role=role, verb=Verb.VIEWED, channel=Channel.WEB, request_id=uuid4(), detail={"page": page}, **about
    )


def found(code: Sign, events: list[Event]) -> UnusualLook:
    """Store what a rule would have found in these events."""
    rule = LookRule.objects.get(code=code, period__endswith=None)
    first, last = events[0], events[-1]
    nominal = first.nominal if code != Sign.MANY else None
    actor, number = cast(User, first.actor), max(len(events), rule.least)
    return UnusualLook.objects.create(
        key=key_of(code, rule.span, actor.pk, nominal, last.at), force=actor.organisation, person=actor, rule=rule, nominal=nominal,
        why=why(rule, number, len(events)), events=[each.pk for each in events], first_at=first.at, last_at=last.at,
    )  # fmt: skip
