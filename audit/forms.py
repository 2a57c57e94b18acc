"""What an auditor may narrow the trail by. Usernames and references are no personal data of offenders, so they may stand in the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import make_aware

from accounts.choices import Role
from audit.choices import Verb
from audit.references import key_of
from ui.fields import DateField
from ui.forms import WordedErrors


def start_of(day: date) -> datetime:
    """Return the moment when a day begins here."""
    return make_aware(datetime.combine(day, time.min))


class EventFilter(WordedErrors, forms.Form):
    """Each field narrows; empty ones do not."""

    verb = forms.ChoiceField(label="What was done", choices=[("", "Anything"), *Verb.choices], required=False)
    role = forms.ChoiceField(label="Acting role", choices=[("", "Any role"), *Role.choices], required=False)
    username = forms.CharField(label="Username", max_length=150, required=False)
    reference = forms.CharField(label="Record reference", max_length=16, required=False, help_text="Like V-000417")
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False, help_text="That day included.")

    def narrow(self, events: QuerySet) -> QuerySet:
        """Return the events that fit everything given; the form must be valid."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        if "reference" in given:
            given["reference"] = key_of(given["reference"])
        conditions = {
            "verb": lambda verb: {"verb": verb},
            "role": lambda role: {"acting_role": role},
            "username": lambda username: {"actor__username__iexact": username},
            "reference": lambda key: {"nominal": key} if key else {"pk__in": []},
            "since": lambda day: {"at__gte": start_of(day)},
            "until": lambda day: {"at__lt": start_of(min(day, date(9990, 1, 1)) + timedelta(days=1))},
        }
        for name, value in given.items():
            events = events.filter(**conditions[name](value))
        return events
