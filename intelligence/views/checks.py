"""Pages of system checks: those of a record, recording one by hand, asking a system, and how the connections stand."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from actions.models import Action
from audit.views import PageEdge, get_or_404
from intelligence.forms.checks import RecordCheckForm
from intelligence.models import CheckSource, SystemCheck
from intelligence.reports.checks import Connection, connections, due_of, newest_by_source
from intelligence.reports.doors import doors
from intelligence.reports.routes import route_health
from intelligence.reports.travel import feeds_for
from intelligence.services.checks import ask_source, record_check, withdraw_check
from offenders.cards import read_card
from offenders.forms.records import RemoveForm
from offenders.reports.documents import scanner_health
from offenders.views.base import NominalAct, NominalPage
from offenders.views.changes import RecordForm
from ui.templatetags.ui import uk_date

SHOWN = 100


class System(NamedTuple):
    """A system with its newest answer about the record, and the round of checks that runs."""

    link: Connection
    newest: SystemCheck | None
    action: Action | None

    @property
    def is_wanted(self) -> bool:
        """Whether this round waits for its answer."""
        began = self.action.starts_at if self.action else None
        is_answered = self.newest is not None and (began is None or self.newest.finished_at > began)
        return self.link.source.is_routine and not is_answered


class CheckList(NominalPage):
    """When the next checks are due, each system with its newest answer, and every check, newest first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/checks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user = self.request.user
        checks = SystemCheck.objects.for_user(user).filter(nominal=self.nominal).select_related("source", "asked_by", "withdrawn_by")
        newest, links = newest_by_source(checks), connections(user)
        action = due_of(self.nominal)
        return super().get_context_data(
            card=read_card(self.nominal, localdate()),
            checks=checks[:SHOWN],
            systems=[System(link, newest.get(link.source.pk), action) for link in links],
            down=[link for link in links if link.is_down],
            due=action.due if action else None,
            is_overdue=bool(action and action.late_from and action.late_from <= now()),
            **kwargs,
        )


class RecordCheck(RecordForm):
    """Write down what a system answered."""

    form_class = RecordCheckForm
    title = _("Record a system check")
    button = _("Record the check")
    done_message = _("The check is on the record.")
    back = "intelligence:check-list"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the systems in use."""
        return {"sources": CheckSource.objects.for_user(self.request.user).on(localdate())}

    def get_initial(self) -> dict[str, Any]:
        """Choose the system from whose line the page was opened."""
        sources = self.get_form_kwargs()["sources"]
        return {"source": sources.filter(code=self.request.GET.get("source", "").replace("\x00", "")).first()}

    def perform(self, **data: Any) -> SystemCheck:
        """Record it."""
        return record_check(actor=self.request.user, nominal=self.nominal, **data)


class WithdrawCheck(RecordForm):
    """Take back a check that was recorded wrongly."""

    form_class = RemoveForm
    title = _("Withdraw this check")
    button = _("Withdraw the check")
    done_message = _("The check is withdrawn. It stays in the list and says why.")
    back = "intelligence:check-list"

    def load(self) -> None:
        """Find the check among those that the user may change."""
        rows = SystemCheck.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal).select_related("source")
        self.check = get_or_404(rows, public_id=self.kwargs["public_id"])

    def perform(self, reason: str) -> SystemCheck:
        """Withdraw it."""
        return withdraw_check(actor=self.request.user, check=self.check, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=f"{self.check.source.name}, {uk_date(self.check.asked_at)}", danger=True, **kwargs)


class AskSource(NominalAct):
    """Have Vigil ask a system."""

    permission = Perm.CHANGE_RECORD
    done_message = _("The system is being asked. Its answer appears here, usually within a minute: load the page again.")

    def perform(self) -> SystemCheck:
        """Ask it."""
        sources = CheckSource.objects.for_user(self.request.user).on(localdate())
        return ask_source(actor=self.request.user, nominal=self.nominal, source=get_or_404(sources, code=self.kwargs["code"]))

    def get_success_url(self) -> str:
        """Return to the checks."""
        return reverse("intelligence:check-list", args=[self.nominal.reference])


class Connections(PageEdge):
    """How the ways to other systems, the doors and sources of reports, the routes of flags and the virus scanner stand."""

    permission = Perm.VIEW_RULES
    template_name = "intelligence/connections.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user = self.request.user
        context = {"connections": connections(user), "doors": doors(user), "feeds": feeds_for(user), "routes": route_health()}
        context |= {"scanner": scanner_health(), "may_view_messages": may(user, Perm.VIEW_ALERT)}
        return super().get_context_data(**context, **kwargs)
