"""The edge of pages about what comes of one application: found among those that the user may see, each reading recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse

from accounts.access import permissions_on, row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, get_or_404
from disclosure.models import Application, Party, SafeContact, SchemeDecision, SchemeDisclosure
from disclosure.reports.applications import safe_contacts_of
from disclosure.reports.facts import decision_of, facts_of
from disclosure.reports.outcomes import due_of, prepared_of
from disclosure.rules.applications import Facts, State

SHOWN = ("officer", "unit", "force", "nominal", "taken_by")


class OneApplication:
    """Finds an application on which the user holds the permission of the page; any other is not there. Reads what is sealed with it."""

    permission: ClassVar[Perm] = Perm.WORK_APPLICATION
    page: ClassVar[str] = "disclosure:application-decision"
    request: HttpRequest
    kwargs: dict[str, Any]
    safe_contacts: list[SafeContact]
    parties: list[Party]
    facts: Facts
    decision: SchemeDecision | None
    prepared: SchemeDisclosure | None

    def find(self) -> Application:
        """Return it with what its pages show, and record that it was opened."""
        user = self.request.user
        with row_security(user):
            rows = Application.objects.for_user(user, self.permission).select_related(*SHOWN)
            application: Application = get_or_404(rows, public_id=self.kwargs["public_id"])
            self.safe_contacts, self.parties = safe_contacts_of(application), list(application.parties.all())
            self.facts, self.decision, self.prepared = facts_of(application), decision_of(application), prepared_of(application)
        record_read(Verb.VIEWED, application, page=type(self).__name__)
        return application

    def shown(self, application: Application) -> dict[str, Any]:
        """Return what every page of an application shows beside its own."""
        held = permissions_on(self.request.user, (Perm.WORK_APPLICATION, Perm.DECIDE_APPLICATION), application)
        return {
            "application": application,
            "safe_contacts": self.safe_contacts,
            "decision": self.decision,
            "prepared": self.prepared,
            "due": due_of(application),
            "may_work": Perm.WORK_APPLICATION in held and application.is_open,
            "may_decide": Perm.DECIDE_APPLICATION in held and application.is_open,
            "is_decided": application.state == State.DECIDED,
            "this_page": self.page,
        }

    def get_success_url(self) -> str:
        """Back to the page of the application that leads here."""
        return reverse(self.page, args=[self.kwargs["public_id"]])


class ApplicationForm(OneApplication, FormEdge):
    """A form about one application."""

    template_name = "disclosure/outcomes/form.html"

    def load(self) -> None:
        """Find it."""
        self.application = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.application.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.application.refresh_from_db(fields=["version"])
        return self.application.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the application and the way back."""
        back = self.get_success_url()
        context = {"caption": self.application.reference, "back_url": back, "cancel_url": back, **self.shown(self.application)}
        return super().get_context_data(**{**context, **kwargs})

    def asked(self, **data: Any) -> dict[str, Any]:
        """Return what every service of an application takes."""
        return {"actor": self.request.user, "application": self.application, **data}


class ApplicationAct(OneApplication, ActEdge):
    """A button about one application; it carries the version that was seen."""

    def asked(self) -> dict[str, Any]:
        """Return what every service of an application takes."""
        application, seen = self.find(), self.request.POST.get("version", "")
        version = int(seen) if seen.isdigit() and len(seen) < 10 else 0
        return {"actor": self.request.user, "application": application, "version": version}
