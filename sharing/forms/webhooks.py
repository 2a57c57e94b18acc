"""Form of where an agency's system is told of changes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CurrentPasswordForm


class WebhookForm(CurrentPasswordForm):
    """Where to send what changed."""

    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Begins with https:// and is the agency’s. It gets kinds and keys of what changed only."),
    )
    field_order = ("url", "current")
