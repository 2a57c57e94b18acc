"""The edge of pages about one nominal."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.errors import NotPermitted
from accounts.permissions import OPENED_BY, Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, get_or_404
from offenders.models import Nominal
from offenders.services.leaks import may_leak, record_saved_after_warning, record_warning
from offenders.views.tabs import allowed_on, tabs_for

SHOWN = ("force", "unit", "offender_manager")  # whose names every page of a nominal shows

OPEN_BOXES = (forms.Textarea, forms.TextInput)
LEAK_FIELD = "leak_checked"
LEAK_TICK = _("I have checked: save it")
LEAK_WARNING = _(
    "This text may repeat something that is kept apart. Take out what it does not need, or tick the box to save it as it is"
)
LEAK_HINT = _("Look at names, numbers, addresses and phrases. Saving the text after this warning is recorded.")


class NominalEdge(Edge):
    """Finds the nominal of the address; hidden and missing are both 404.

    The reference of a merged record leads to the one that stands in its place, for whoever may know of that.
    A record whose marker may be known but whose content may not leads to the page that asks for a reason, when a reason
    would open it; else it is refused with words that say who can help.
    """

    permission: ClassVar[Perm]
    nominal: Nominal

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the nominal on which the user holds the permission, or turn away."""
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        found = Nominal.objects.for_user(request.user, self.permission).select_related(*SHOWN).filter(reference=kwargs["reference"]).first()
        if found is None:
            known = Nominal.objects.for_user(request.user, Perm.VIEW_MARKER).select_related(*SHOWN)
            if survivor := known.instead_of(kwargs["reference"]).first():
                said = gettext("%(reference)s was merged into %(other)s, which is shown instead.")
                messages.info(request, said % {"reference": kwargs["reference"], "other": survivor.reference})
                return redirect("offenders:nominal", reference=survivor.reference)
            self.nominal = get_or_404(known, reference=kwargs["reference"])
            return self.turn_away(request)
        self.nominal = found
        return super().dispatch(request, *args, **kwargs)

    def turn_away(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a reason where one would help; refuse otherwise."""
        for opener in OPENED_BY.get(self.permission, ()):
            if Nominal.objects.reachable_by_reason(request.user, opener).filter(pk=self.nominal.pk).exists():
                return redirect("offenders:reason", reference=self.nominal.reference, permission=opener)
        raise NotPermitted(self.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the nominal and the tabs that this user may open."""
        allowed = allowed_on(self.request, self.nominal)
        return super().get_context_data(  # type: ignore[misc]
            nominal=self.nominal,
            tabs=tabs_for(self.request, self.nominal, allowed),
            may_change=Perm.CHANGE_RECORD in allowed,
            **kwargs,
        )


class NominalPage(NominalEdge, TemplateView):
    """A page that shows something of one nominal, and records that it was seen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show and record."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__)
        return super().get(request, *args, **kwargs)


class LeakChecked(FormEdge):
    """A form whose open text is held up once when it may repeat what is kept apart; the words tell nothing of what it met."""

    is_confidential: ClassVar[bool] = False  # what is written here is kept apart itself
    nominal: Nominal

    def records(self) -> list[Nominal]:
        """Return the records that the text is about."""
        return [self.nominal]

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """Warn the writer and offer a tick to go on; a tick that is set lets the text through, and is recorded."""
        texts = [] if self.is_confidential else texts_of(form)
        user, page = self.request.user, type(self).__name__
        met = [nominal for nominal in self.records() if may_leak(actor=user, nominal=nominal, texts=texts)] if texts else []
        if not met:
            return None
        if self.request.POST.get(LEAK_FIELD):
            self.repeated = texts, met
            return None
        for nominal in met:
            record_warning(actor=user, nominal=nominal, page=page)
        form.fields[LEAK_FIELD] = forms.BooleanField(label=LEAK_TICK, help_text=LEAK_HINT, required=False)
        form.add_error(LEAK_FIELD, LEAK_WARNING)
        return self.show(form, status=409)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was saved after a warning is recorded in the same transaction, and the owners are told."""
        if self.is_confidential or not request.POST.get(LEAK_FIELD):
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            response = super().post(request, *args, **kwargs)
            if hasattr(self, "repeated") and hasattr(self, "result"):
                texts, met = self.repeated
                for nominal in met:
                    record_saved_after_warning(actor=request.user, nominal=nominal, texts=texts, page=type(self).__name__)
        return response


def texts_of(form: forms.Form) -> list[str]:
    """Return the open texts of a form that has no mistakes: what was typed into its text boxes."""
    boxes = [name for name, field in form.fields.items() if isinstance(field.widget, OPEN_BOXES)]
    return [value for name in boxes if isinstance(value := form.cleaned_data.get(name), str) and value.strip()]


class NominalForm(NominalEdge, LeakChecked):
    """A form about one nominal."""


class NominalAct(NominalEdge, ActEdge):
    """A button about one nominal."""
