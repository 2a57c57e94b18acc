"""Pages of licence, recall and custody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import ListEdge, get_or_404
from offenders.choices.custody import RecallState
from offenders.forms.custody import (
    ArrestForm,
    ChangeLicenceForm,
    CustodyForm,
    LicenceForm,
    ReassessForm,
    RecallForm,
    ReleaseForm,
    RescindForm,
    ReturnForm,
    RevokeForm,
    at_present,
)
from offenders.models import Condition, Custody, Licence, Nominal, Recall
from offenders.rules.custody import RECALL_MOVES, RUNNING
from offenders.services import custody as services
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.languages import StrOrPromise
from ui.templatetags.ui import uk_date


class CustodyPage(NominalPage):
    """How the person stands: licence, recall, custody."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/custody/custody.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add licences, recalls, times in custody and licence conditions."""
        user, today = self.request.user, localdate()
        licences = list(Licence.objects.for_user(user).filter(nominal=self.nominal).order_by("-period"))
        recalls = list(Recall.objects.for_user(user).filter(nominal=self.nominal).select_related("reassessed_by", "licence"))
        custodies = list(Custody.objects.for_user(user).filter(nominal=self.nominal).order_by("-period"))
        rows = {
            "licence": next((row for row in licences if row.first_day <= today and (row.last_day is None or row.last_day >= today)), None),
            "licences": licences,
            "recall": next((row for row in recalls if row.state in RUNNING), None),
            "recalls": recalls,
            "held": next((row for row in custodies if row.last_day is None), None),
            "custodies": custodies,
            "conditions": Condition.objects.for_user(user).filter(nominal=self.nominal, kind="licence").order_by("-ends_on", "pk"),
        }
        return super().get_context_data(steps=steps_of(rows["recall"]), today=today, **rows, **kwargs)


class CustodyRecordForm(RecordForm):
    """A form that leads back to licence and custody."""

    back = "offenders:custody"


class AddLicence(CustodyRecordForm):
    """Record a licence."""

    form_class = LicenceForm
    title = _("Add a licence")
    button = _("Add the licence")
    done_message = _("The licence has been added. Its contact stands on the card while it lasts.")

    def perform(self, **data: Any) -> Licence:
        """Add it."""
        return services.add_licence(actor=self.request.user, nominal=self.nominal, **data)


class RowForm(ChangeForm):
    """A form about one row of this record, with the version that the user saw."""

    back = "offenders:custody"
    row: Any

    def rows(self) -> QuerySet:
        """Return the rows that the address may name."""
        raise NotImplementedError

    def load(self) -> None:
        """Find the row."""
        self.row = get_or_404(self.rows().filter(nominal=self.nominal).select_related("nominal"), public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version that is stored now."""
        self.row.refresh_from_db(fields=["version"])
        return int(self.row.version)


class ChangeLicence(RowForm):
    """Change who supervises."""

    form_class = ChangeLicenceForm
    title = _("Change who supervises the licence")
    done_message = _("Saved. The card shows it from now.")

    def rows(self) -> QuerySet:
        """Licences that the user may change."""
        return Licence.objects.for_user(self.request.user, Perm.CHANGE_RECORD)

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.row, name) for name in ChangeLicenceForm.base_fields}

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        self.row.refresh_from_db()
        return [(_("Probation manager"), self.row.probation_manager), (_("Tell probation"), self.row.tell_probation)]

    def perform(self, **data: Any) -> Licence:
        """Change it."""
        return services.change_licence(actor=self.request.user, licence=self.row, **data)


class RequestRecall(CustodyRecordForm):
    """Record that probation asked for a recall."""

    form_class = RecallForm
    title = _("Record a recall")
    button = _("Record the recall")
    done_message = _("The recall has been recorded. The card says so from now.")

    def get_initial(self) -> dict[str, Any]:
        """Offer the present moment."""
        return at_present()

    def perform(self, **data: Any) -> Recall:
        """Record it."""
        return services.request_recall(actor=self.request.user, nominal=self.nominal, **data)


@dataclass(frozen=True)
class Step:
    """One step of a recall: its words, its form, its service, and the state it leads to (none: it changes no state)."""

    title: StrOrPromise
    form: type[forms.Form]
    service: Callable[..., Recall]
    to: RecallState | None = None


STEPS = {
    "revoke": Step(_("Record that the licence was revoked"), RevokeForm, services.revoke_licence, RecallState.REVOKED),
    "reassess": Step(_("Reassess the risk for the arrest"), ReassessForm, services.reassess_for_arrest),
    "arrest": Step(_("Record the arrest"), ArrestForm, services.record_arrest, RecallState.ARRESTED),
    "return": Step(_("Record the return to custody"), ReturnForm, services.return_to_custody, RecallState.RETURNED),
    "withdraw": Step(_("Record that the recall was withdrawn"), RescindForm, services.rescind_recall, RecallState.RESCINDED),
}


def steps_of(recall: Recall | None) -> list[tuple[str, StrOrPromise]]:
    """Return the steps that a running recall may take now, with their words."""
    if recall is None:
        return []
    state = RecallState(recall.state)
    return [
        (name, step.title)
        for name, step in STEPS.items()
        if (step.to in RECALL_MOVES[state] if step.to else state != RecallState.ARRESTED)
    ]


class RecallStep(RowForm):
    """Record the next step of a recall."""

    done_message = _("Saved. The card shows it from now.")

    def rows(self) -> QuerySet:
        """Recalls that the user may change."""
        return Recall.objects.for_user(self.request.user, Perm.CHANGE_RECORD)

    def load(self) -> None:
        """Find the step and the recall."""
        super().load()
        step = STEPS.get(self.kwargs["step"])
        if step is None:
            raise Http404
        self.step, self.form_class, self.title = step, step.form, step.title

    def get_initial(self) -> dict[str, Any]:
        """Offer the present moment and what is known."""
        return {**super().get_initial(), **at_present(), "risk_on_arrest": self.row.risk_on_arrest}

    def stored(self) -> Stored:
        """Return where the recall stands now."""
        self.row.refresh_from_db()
        return [(_("Recall"), self.row.get_state_display()), (_("For the arrest"), self.row.risk_on_arrest or _("Not reassessed"))]

    def perform(self, **data: Any) -> Recall:
        """Record it."""
        return self.step.service(actor=self.request.user, recall=self.row, **data)


class AddCustody(CustodyRecordForm):
    """Record a time in custody."""

    form_class = CustodyForm
    title = _("Record custody")
    button = _("Record")
    done_message = _("Custody has been recorded. The card shows it.")

    def perform(self, **data: Any) -> Custody:
        """Record it."""
        return services.record_custody(actor=self.request.user, nominal=self.nominal, **data)


class RecordRelease(RowForm):
    """Record a release."""

    form_class = ReleaseForm
    title = _("Record the release")
    button = _("Record the release")
    done_message = _("The release has been recorded.")

    def rows(self) -> QuerySet:
        """Times in custody that the user may change."""
        return Custody.objects.for_user(self.request.user, Perm.CHANGE_RECORD)

    def stored(self) -> Stored:
        """Return whether the release is recorded."""
        self.row.refresh_from_db()
        return [(_("Released"), uk_date(self.row.period.upper) or _("Not yet"))]

    def perform(self, **data: Any) -> Custody:
        """Record it."""
        return services.record_release(actor=self.request.user, custody=self.row, **data)


class OnLicenceList(ListEdge):
    """Who of the force is on licence today."""

    permission = Perm.VIEW_CARD
    template_name = "offenders/custody/on_licence.html"

    def rows(self) -> QuerySet:
        """Records of the user's force with a licence today; those that the user may not see stay out."""
        today, user = localdate(), self.request.user
        licences = Licence.objects.for_user(user).filter(period__contains=today)
        cases = Nominal.objects.for_user(user, Perm.VIEW_CARD).filter(force=user.organisation_id, pk__in=licences.values("nominal"))
        return cases.with_summary(today).with_licence(today).order_by("-pk")
