"""Applications like one another, found by keyed digests of names and days of birth: nobody's sealed rows are read for it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.models import User
from disclosure.models import Application
from offenders.querysets import kept_from

YEAR = timedelta(days=365)


def same(application: Application, who: str) -> Q:
    """Applications whose asker, or person asked about, goes by the same name and is not known to be born on another day."""
    marks, born = getattr(application, f"{who}_marks"), getattr(application, f"{who}_born")
    if not marks:
        return Q(pk=None)
    is_born = Q(**{f"{who}_born__in": ["", born]}) if born else Q()
    return Q(**{f"{who}_marks__overlap": marks}) & is_born


def twins_of(application: Application) -> QuerySet[Application]:
    """Return the open applications of the force under the same scheme by the same applicant about the same person, the earliest first."""
    rows = Application.objects.filter(force=application.force_id, scheme=application.scheme).exclude(pk=application.pk).open()
    return rows.filter(same(application, "asker"), same(application, "subject")).order_by("pk")


def twins_before(application: Application) -> QuerySet[Application]:
    """Return those of them that came first."""
    return twins_of(application).filter(pk__lt=application.pk)


def repeats_of(user: User, application: Application) -> dict[str, int]:
    """Count the other applications of the force in twelve months by the same applicant, and about the same person.

    Those about a record that the user manages, or must not know of, count for nothing: who applied is sealed from them.
    """
    rows = Application.objects.filter(force=application.force_id, received_at__gt=now() - YEAR).exclude(pk=application.pk)
    rows = rows.exclude(nominal__offender_manager=user).exclude(nominal__in=kept_from(user))
    return {"asker": rows.filter(same(application, "asker")).count(), "subject": rows.filter(same(application, "subject")).count()}
