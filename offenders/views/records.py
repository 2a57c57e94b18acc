"""Pages of the record itself: the list, a new record, the overview, who manages it and who may know of it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may, scopes_of
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from audit.views import FormEdge, ListEdge
from offenders.cards import read_card
from offenders.forms.records import AllocateForm, ListFilter, RegisterForm, RestrictForm
from offenders.models import Nominal, Notice
from offenders.querysets import NominalQuerySet
from offenders.services.records import allocate_nominal, check_card, register_nominal, set_restriction
from offenders.views.base import NominalAct, NominalPage
from offenders.views.changes import ChangeForm, Stored

# What readers of a case file may know of. What is kept apart leaves no trace on the overview, nor do papers with rules of their own:
# that somebody asked for their data, or that sharing is considered, is not for each of them.
OPEN_HERE = {Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.VIEW_CASE_FILE, Perm.ANSWER_NOTICE}
LATEST = 8
ACTS = (Verb.CREATED, Verb.CHANGED, Verb.TOLD_MANAGER, Verb.ANSWERED, Verb.IMPORTED)


class NominalList(ListEdge):
    """The people whose card the user may read, newest record first."""

    permission = Perm.VIEW_CARD
    template_name = "offenders/nominal_list.html"

    def cut(self, before: int | None) -> NominalQuerySet:
        """Return one page and one more; of the whole list without gathering what is not shown."""
        self.filter = ListFilter(self.request.GET)
        if self.filter.is_valid() and any(value not in {None, ""} for value in self.filter.cleaned_data.values()):
            return super().cut(before)
        page = Nominal.objects.newest_for_user(self.request.user, Perm.VIEW_CARD, self.page_size + 1, before)
        return page.with_summary(localdate())

    def rows(self) -> NominalQuerySet:
        """Return the rows that the filter keeps."""
        chosen = self.filter.cleaned_data if self.filter.is_valid() else {}
        rows = Nominal.objects.for_user(self.request.user, Perm.VIEW_CARD)
        rows = self.of_officer(self.of_whom(rows, chosen.get("whose", "")), chosen.get("officer"))
        rows = self.of_risk(self.of_category(rows, chosen.get("category")), chosen.get("risk"))
        return rows.with_summary(localdate())

    def of_whom(self, rows: NominalQuerySet, whose: str) -> NominalQuerySet:
        """Keep one's own records, one's unit's or one's force's."""
        user = self.request.user
        kept = {"mine": {"offender_manager": user}, "unit": {"unit": user.unit_id}, "force": {"force": user.organisation_id}}
        return rows.filter(**kept.get(whose, {}))

    def of_officer(self, rows: NominalQuerySet, officer: int | None) -> NominalQuerySet:
        """Keep one officer's records."""
        return rows.filter(offender_manager=officer) if officer else rows

    def of_risk(self, rows: NominalQuerySet, level: int | None) -> NominalQuerySet:
        """Keep one level of risk; 0: none set."""
        today = localdate()
        if level is None:
            return rows
        return rows.filter(risk_periods__period__contains=today, risk_periods__level=level) if level else rows.without_risk(today)

    def of_category(self, rows: NominalQuerySet, category: int | None) -> NominalQuerySet:
        """Keep one MAPPA category; 0: none."""
        today = localdate()
        if category is None:
            return rows
        if category:
            return rows.filter(mappa_periods__period__contains=today, mappa_periods__category=category)
        return rows.outside_mappa(today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and where a row leads."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        opens = "offenders:nominal" if scopes_of(user, Perm.VIEW_CASE_FILE) else "offenders:card"
        return context | {"filter": self.filter, "opens": opens, "may_create": bool(scopes_of(user, Perm.CREATE_NOMINAL))}


class NominalNew(FormEdge):
    """Put a person on record."""

    permission = Perm.CREATE_NOMINAL
    form_class = RegisterForm
    template_name = "offenders/nominal_new.html"
    title = _("Add a person")
    button = _("Add the record")
    done_message = _("The record has been added. Write the card next: until then it says only whom to call.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the user's own unit."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Offer the user first."""
        return {"offender_manager": self.request.user.pk}

    def perform(self, **data: Any) -> Nominal:
        """Register in the user's own unit."""
        return register_nominal(actor=self.request.user, unit=self.request.user.unit, **data)

    def get_success_url(self) -> str:
        """Return the new record."""
        return reverse("offenders:nominal", args=[self.result.reference])


class NominalOverview(NominalPage):
    """The whole person at a glance."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/nominal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the card's facts, unanswered notices and what happened last."""
        user = self.request.user
        waiting = Notice.objects.for_user(user).filter(nominal=self.nominal, answered_at__isnull=True).select_related("reported_by")
        return super().get_context_data(
            card=read_card(self.nominal, localdate()),
            notices=waiting,
            events=self.latest_events(),
            may_allocate=may(user, Perm.ALLOCATE_RECORD, self.nominal),
            **kwargs,
        )

    def latest_events(self) -> list[Event]:
        """Return the latest acts on the record, of those that each reader of the case file may know of."""
        told = [model._meta.label_lower for model in apps.get_models() if getattr(model, "read_permission", None) in OPEN_HERE]
        acts = Event.objects.for_user(self.request.user, Perm.VIEW_CASE_FILE).filter(nominal=self.nominal.pk, verb__in=ACTS)
        return list(acts.filter(subject_type__in=told).select_related("actor")[:LATEST])


class AllocateNominal(ChangeForm):
    """Hand the record to another officer."""

    permission = Perm.ALLOCATE_RECORD
    form_class = AllocateForm
    title = _("Change the offender manager")
    button = _("Hand over the record")
    done_message = _("The record has been handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the force."""
        return {"actor": self.request.user}

    def stored(self) -> Stored:
        """Return who manages the record now."""
        self.nominal.refresh_from_db()
        return [(_("Offender manager"), self.nominal.offender_manager.display_name), (_("Unit"), self.nominal.unit.name)]

    def perform(self, offender_manager: User, **data: Any) -> Nominal:
        """Hand over."""
        to = {"unit": offender_manager.unit, "offender_manager": offender_manager}
        return allocate_nominal(actor=self.request.user, nominal=self.nominal, **to, **data)

    def get_success_url(self) -> str:
        """Return the record, or the list when it has left the user's reach."""
        if may(self.request.user, Perm.VIEW_CASE_FILE, self.nominal):
            return super().get_success_url()
        return reverse("offenders:nominal-list")


class RestrictNominal(ChangeForm):
    """Restrict the record, or open it again."""

    permission = Perm.ALLOCATE_RECORD
    form_class = RestrictForm
    title = _("Change who may know of this record")
    done_message = _("Saved. It counts from now.")

    def stored(self) -> Stored:
        """Return how it stands now."""
        self.nominal.refresh_from_db()
        return [(_("Restricted"), _("Yes") if self.nominal.is_restricted else _("No"))]

    def perform(self, **data: Any) -> Nominal:
        """Restrict or open."""
        return set_restriction(actor=self.request.user, nominal=self.nominal, **data)


class CheckCard(NominalAct):
    """Say that the card is right as it stands."""

    permission = Perm.CHANGE_RECORD
    done_message = _("The card says that you checked it today.")

    def perform(self) -> None:
        """Check."""
        check_card(actor=self.request.user, nominal=self.nominal)

    def get_success_url(self) -> str:
        """Return the record."""
        return reverse("offenders:nominal", args=[self.nominal.reference])
