"""Calls of the API: an agency's reports are stored like any other message, and the agency learns what became of them."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from intelligence.choices.travel import AlertState, Door
from intelligence.models import AlertSource, RawMessage
from intelligence.parsing.documents import alert_from, list_in
from intelligence.services.messages import Incoming, take_message

SHOWN = 100
NO_SOURCE = gettext_noop("This force takes no reports from your agency by this way. Ask its administrator to set up a source for you.")
NOTHING = gettext_noop("Send one report as an object, or a list of at least one.")


@transaction.atomic
def take_call(*, actor: User, content: bytes, reports: Any) -> tuple[RawMessage, list[dict[str, Any]]]:
    """Store a call as it came; return the message, and of each report whether it can be used. `reports` is the content as JSON.

    Raises DomainError where no source is set up for the caller's agency, and for a call without a report or with too many.
    """
    authorise(actor, Perm.SEND_ALERT)
    source = sources_of(actor).select_related("force", "unit").order_by("pk").first()
    if source is None:
        raise DomainError(NO_SOURCE)
    items = list_in(reports) if isinstance(reports, dict | list) else []
    if not items:
        raise DomainError(NOTHING)
    if len(items) > settings.ALERT_API_MAX_REPORTS:
        raise DomainError("Send at most {most} reports in one call.", most=f"{settings.ALERT_API_MAX_REPORTS:,}")
    incoming = Incoming(content=content, size=len(content), content_type="application/json")
    message, _ = take_message(actor=actor, source=source, incoming=incoming)
    return message, [row_of(number, item) for number, item in enumerate(items, start=1)]


def sources_of(actor: User) -> QuerySet[AlertSource]:
    """Return the sources in use by which the caller's agency sends to the force that lets it in."""
    return AlertSource.objects.filter(door=Door.API, is_active=True, agency=actor.organisation_id, force=actor.api_client.force_id)


def row_of(number: int, item: Any) -> dict[str, Any]:
    """Return whether a report can be used."""
    problem = alert_from(number, item).problem
    return {"number": number, "state": "refused" if problem else "taken", "problem": problem}


def find_call(*, actor: User, reference: str) -> RawMessage:
    """Return a message of the caller's agency with counts of what came of it; Http404 for any other, and for what is no reference."""
    authorise(actor, Perm.SEND_ALERT)
    try:
        public_id = uuid.UUID(reference)
    except ValueError as error:
        raise Http404 from error
    own = Q(source__door=Door.API, source__agency=actor.organisation_id, source__force=actor.api_client.force_id)
    message: Any = RawMessage.objects.filter(own, public_id=public_id).defer("content").first()
    if message is None:
        raise Http404
    refused = message.alerts.filter(state=AlertState.REJECTED).order_by("line")
    message.report_count, message.repeat_count, message.refused_count = message.alerts.count(), message.repeats.count(), refused.count()
    message.refused = list(refused.values("line", "problem")[:SHOWN])
    return cast(RawMessage, message)
