"""What an auditor may narrow the trail by. Usernames and references are no personal data of offenders, so they may stand in the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from audit.choices import Channel, Verb
from audit.references import key_of
from ui.fields import DateField
from ui.forms import WordedErrors


def start_of(day: date) -> datetime:
    """Return the moment when a day begins here."""
    return make_aware(datetime.combine(day, time.min))


ANY_REFUSAL = "any refusal"
REFUSALS = (Verb.REFUSED, Verb.NOT_FOUND, Verb.SIGN_IN_FAILED)


def kinds() -> list[tuple[str, str]]:
    """Return what an event can be about: everything that somebody may read, by name."""
    readable = [model for model in apps.get_models() if hasattr(model, "read_permission")]
    return sorted(((model._meta.label_lower, str(model._meta.verbose_name).capitalize()) for model in readable), key=lambda kind: kind[1])


class EventFilter(WordedErrors, forms.Form):
    """Each field narrows; empty ones do not."""

    verb = forms.ChoiceField(
        label=_("What was done"), choices=[("", _("Anything")), (ANY_REFUSAL, _("Refused in any way")), *Verb.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    channel = forms.ChoiceField(label=_("By way of"), choices=[("", _("Any way")), *Channel.choices], required=False)
    role = forms.ChoiceField(label=_("Acting role"), choices=[("", _("Any role")), *Role.choices], required=False)
    username = forms.CharField(label=_("Username"), max_length=150, required=False)
    reference = forms.CharField(label=_("Record reference"), max_length=16, required=False, help_text=_("Like V-000417"))
    request_id = forms.UUIDField(label=_("Request"), required=False, help_text=_("The identifier that pages of errors and log lines show."))
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False, help_text=_("That day included."))

    def __init__(self, *args: Any, **kwargs: Any):
        """Offer the kinds of things that there are."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Any kind")), *kinds()]  # type: ignore[attr-defined]

    def narrow(self, events: QuerySet) -> QuerySet:
        """Return the events that fit everything given; the form must be valid."""
        given = self.given()
        if "reference" in given:
            given["reference"] = key_of(given["reference"])
        conditions = {
            "verb": lambda verb: {"verb__in": REFUSALS} if verb == ANY_REFUSAL else {"verb": verb},
            "kind": lambda kind: {"subject_type": kind},
            "channel": lambda channel: {"channel": channel},
            "role": lambda role: {"acting_role": role},
            "username": lambda username: {"actor__username__iexact": username},
            "reference": lambda key: {"nominal": key} if key else {"pk__in": []},
            "request_id": lambda request: {"request_id": request},
            "since": lambda day: {"at__gte": start_of(day)},
            "until": lambda day: {"at__lt": start_of(min(day, date(9990, 1, 1)) + timedelta(days=1))},
        }
        for name, value in given.items():
            events = events.filter(**conditions[name](value))
        return events

    def given(self) -> dict[str, Any]:
        """Return what narrows; the form must be valid."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class WordsFilter(WordedErrors, forms.Form):
    """Words of stated reasons. They may name somebody: they are posted, never in an address, and the trail keeps that they were used."""

    words = forms.CharField(label=_("Words in the reason"), max_length=100, required=False, help_text=_("All of them, in any order."))

    def narrow(self, events: QuerySet) -> QuerySet:
        """Return the events whose reason holds each word; the form must be valid."""
        for word in self.cleaned_data["words"].split():
            events = events.filter(reason__icontains=word)
        return events
