"""Pages of what whoever meets the person must know: the card's words, warnings, conditions, risk, MAPPA."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.cards import read_card
from offenders.forms.operational import ConditionForm, EndConditionForm, FactsForm, MappaForm, RiskForm, WarningForm
from offenders.forms.records import RemoveForm
from offenders.models import Assessment, Condition, MappaPeriod, OperationalFacts, RiskPeriod, WarningMarker
from offenders.services.operational import add_condition, add_warning, change_facts, end_condition, end_warning, set_mappa, set_risk
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.templatetags.ui import uk_date


class ChangeFacts(ChangeForm):
    """Rewrite the words of the card."""

    form_class = FactsForm
    title = _("Change the operational card")
    done_message = _("The card has been changed. Every officer who opens it reads the new words.")

    def facts(self) -> OperationalFacts:
        """Return what is stored now; version 0 where nothing is."""
        rows = OperationalFacts.objects.for_user(self.request.user, Perm.CHANGE_RECORD)
        return rows.filter(nominal=self.nominal).first() or OperationalFacts(nominal=self.nominal, version=0)

    def version(self) -> int:
        """Return the version of the words."""
        return self.facts().version

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        facts = self.facts()
        return {name: getattr(facts, name) for name in FactsForm.base_fields}

    def stored(self) -> Stored:
        """Return the words that somebody else saved."""
        facts = self.facts()
        fields = {name: field.label for name, field in FactsForm.base_fields.items() if field.label}
        return [(label, self.as_words(getattr(facts, name))) for name, label in fields.items()]

    @staticmethod
    def as_words(value: Any) -> str:
        """Write a stored value."""
        return (value if isinstance(value, str) else uk_date(value)) or gettext("Nothing")

    def perform(self, **data: Any) -> OperationalFacts:
        """Store them."""
        return change_facts(actor=self.request.user, nominal=self.nominal, **data)


class ChangeRisk(ChangeForm):
    """Set the level of risk."""

    form_class = RiskForm
    title = _("Change the risk level")
    button = _("Set the risk level")
    done_message = _("The risk level has been set. The earlier one stays in the history.")

    def stored(self) -> Stored:
        """Return the level that holds now."""
        card = read_card(self.nominal, localdate())
        words = {"level": card.level_words, "whom": card.to_whom}
        return [(_("Risk"), gettext("%(level)s to %(whom)s") % words if card.to_whom else card.level_words)]

    def perform(self, **data: Any) -> RiskPeriod:
        """Set it."""
        return set_risk(actor=self.request.user, nominal=self.nominal, **data)


class RiskAndMappa(NominalPage):
    """How risk and MAPPA stood, newest first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/mappa.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both histories."""
        user = self.request.user
        risks = RiskPeriod.objects.for_user(user).filter(nominal=self.nominal).select_related("set_by").order_by("-period")
        risks = risks.prefetch_related(
            Prefetch("assessments", Assessment.objects.for_user(user).select_related("tool").order_by("-decided_at"))
        )
        mappa = MappaPeriod.objects.for_user(user).filter(nominal=self.nominal).select_related("set_by").order_by("-period")
        return super().get_context_data(risks=risks, periods=mappa, **kwargs)


class ChangeMappa(ChangeForm):
    """Set MAPPA category and level."""

    form_class = MappaForm
    title = _("Change MAPPA category and level")
    button = _("Set category and level")
    done_message = _("Category and level have been set. The earlier ones stay in the history.")
    back = "offenders:mappa"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who decides what."""
        intro = _(
            "You may set or raise a level at once. Only a meeting moves somebody off level 2 or 3: "
            "record that decision in its minutes, and it is set here when they are approved."
        )
        return super().get_context_data(**{"intro": intro, **kwargs})

    def stored(self) -> Stored:
        """Return what holds now."""
        return [(_("MAPPA"), read_card(self.nominal, localdate()).mappa_words or _("Not under MAPPA"))]

    def perform(self, **data: Any) -> MappaPeriod:
        """Set them."""
        return set_mappa(actor=self.request.user, nominal=self.nominal, **data)


class Warnings(NominalPage):
    """Warnings, live ones first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/warnings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the warnings."""
        rows = WarningMarker.objects.for_user(self.request.user).filter(nominal=self.nominal).order_by("-ended_on", "pk")
        return super().get_context_data(warnings=rows, **kwargs)


class AddWarning(RecordForm):
    """Add a warning."""

    form_class = WarningForm
    title = _("Add a warning")
    button = _("Add")
    done_message = _("The warning is on the card.")
    back = "offenders:warnings"

    def perform(self, **data: Any) -> WarningMarker:
        """Add it."""
        return add_warning(actor=self.request.user, nominal=self.nominal, **data)


class EndWarning(RecordForm):
    """Take a warning off the card."""

    form_class = RemoveForm
    title = _("End this warning")
    button = _("End the warning")
    done_message = _("The warning is off the card. It stays in the history.")
    back = "offenders:warnings"

    def load(self) -> None:
        """Find the warning among those that the user may change."""
        rows = WarningMarker.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.warning = get_or_404(rows, pk=self.kwargs["pk"])

    def perform(self, reason: str) -> WarningMarker:
        """End it."""
        return end_warning(actor=self.request.user, warning=self.warning, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.warning.get_kind_display(), danger=True, **kwargs)


class Conditions(NominalPage):
    """Licence conditions and prohibitions, with their days."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/conditions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the conditions."""
        rows = Condition.objects.for_user(self.request.user).filter(nominal=self.nominal).order_by("pk")
        return super().get_context_data(conditions=rows, today=localdate(), **kwargs)


class AddCondition(RecordForm):
    """Add a condition."""

    form_class = ConditionForm
    title = _("Add a licence condition or prohibition")
    button = _("Add")
    done_message = _("The condition is on the card while it is in force.")
    back = "offenders:conditions"

    def perform(self, **data: Any) -> Condition:
        """Add it."""
        return add_condition(actor=self.request.user, nominal=self.nominal, **data)


class EndCondition(RecordForm):
    """Give a condition its last day."""

    form_class = EndConditionForm
    title = _("End this condition")
    button = _("End the condition")
    done_message = _("The condition leaves the card after its last day. It stays in the history.")
    back = "offenders:conditions"

    def load(self) -> None:
        """Find the condition among those that the user may change."""
        rows = Condition.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.condition = get_or_404(rows, pk=self.kwargs["pk"])

    def perform(self, **data: Any) -> Condition:
        """End it."""
        return end_condition(actor=self.request.user, condition=self.condition, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.condition.text, danger=True, **kwargs)
