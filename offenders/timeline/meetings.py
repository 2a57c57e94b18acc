"""Referrals, meetings and approved minutes on a record's line of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from accounts.models import User
from offenders.choices.meetings import MeetingState, MinutesState, ReferralOutcome
from offenders.models import AgendaItem, Minutes, Nominal, Referral
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence


def meeting_entries(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return the newest before a moment, each subject by its own time."""
    entries = [
        *held_meetings(user, nominal, before, limit),
        *approved_minutes(user, nominal, before, limit),
        *referrals(user, nominal, before, limit),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def held_meetings(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Meetings that took place about the person."""
    rows = AgendaItem.objects.for_user(user).filter(nominal=nominal, withdrawn_at__isnull=True, meeting__starts_at__lt=min(before, now()))
    rows = rows.exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting__chair").order_by("-meeting__starts_at", "-pk")
    for item in rows[:limit]:
        chair = item.meeting.chair.display_name if item.meeting.chair else ""
        url = reverse("offenders:agenda-item", args=[nominal.reference, item.public_id])
        title = gettext("Level %(level)s meeting") % {"level": item.meeting.level}
        yield Entry(item.meeting.starts_at, Kind.MEETING, title, item.get_purpose_display(), chair, url)


def approved_minutes(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Minutes that a chair approved, with the level that they decided."""
    approved = Q(state__in=[MinutesState.APPROVED, MinutesState.SUPERSEDED], approved_at__lt=before)
    rows = Minutes.objects.for_user(user).filter(approved, nominal=nominal).select_related("item", "approved_by").order_by("-approved_at")
    for minutes in rows[:limit]:
        who = minutes.approved_by.display_name if minutes.approved_by else ""
        url = reverse("offenders:minutes", args=[nominal.reference, minutes.item.public_id])
        text = f"{minutes.get_decided_level_display()}. {minutes.get_disclosure_display()}"
        if minutes.approved_at:
            title = gettext("Minutes approved, version %(number)s") % {"number": minutes.number}
            yield Entry(minutes.approved_at, Kind.MEETING, title, text, who, url)


def referrals(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Referrals, and how they were screened."""
    rows = Referral.objects.for_user(user).filter(nominal=nominal, referred_at__lt=before).select_related("referred_by", "decided_by")
    url = reverse("offenders:meeting-list", args=[nominal.reference])
    for referral in rows.order_by("-referred_at", "-pk")[:limit]:
        who = referral.referred_by.display_name
        title = gettext("Referred to MAPPA, level %(level)s") % {"level": referral.level}
        yield Entry(referral.referred_at, Kind.MEETING, title, referral.reason, who, url)
        if referral.outcome != ReferralOutcome.WAITING and referral.decided_at and referral.decided_by and referral.decided_at < before:
            words = gettext("Referral screened: %(outcome)s") % {"outcome": in_sentence(referral.get_outcome_display())}
            yield Entry(referral.decided_at, Kind.MEETING, words, referral.decision_reason, referral.decided_by.display_name, url)
