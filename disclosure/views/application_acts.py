"""Pages of what is done about an application: danger, checks, the meeting, the record, the forum, who deals with it, how it ends."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.permissions import Perm
from audit.views import ActEdge
from disclosure.choices.applications import CheckStage
from disclosure.forms.applications import (
    AllocateForm,
    CheckForm,
    DangerForm,
    ForumForm,
    GoOnAsPoliceForm,
    InterviewForm,
    ReasonForm,
    RecordForm,
    SafeForm,
    TwinForm,
)
from disclosure.models import Application, ApplicationMarker, Check, Forum, Interview, Safeguarding
from disclosure.reports.applications import is_late
from disclosure.reports.twins import twins_before
from disclosure.rules.applications import State
from disclosure.services import application_ends, application_work
from disclosure.services import applications as services
from disclosure.views.applications import ApplicationFormEdge, OneApplication
from intelligence.forms.information import VersionForm

NAME_NOBODY = _("Name nobody: this can be read where the application cannot.")


class Danger(ApplicationFormEdge):
    """Somebody is in danger: all else stops."""

    form_class = DangerForm
    title = _("Somebody is in immediate danger")
    button = _("Stop everything and call the unit")
    done_message = _("Stopped. The unit was called. Protect first.")

    def get_initial(self) -> dict[str, Any]:
        """Begin empty: whoever sees danger does not wait for anybody else's change."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it as what it is."""
        return super().get_context_data(danger=True, intro=_("If it cannot wait, call 999 first."), **kwargs)

    def perform(self, **data: Any) -> Safeguarding:
        """Stop."""
        return application_work.begin_safeguarding(actor=self.request.user, application=self.application, **data)


class Safe(ApplicationFormEdge):
    """What was done to protect."""

    form_class = SafeForm
    title = _("Nobody is in immediate danger any more")
    button = _("End the safeguarding")
    done_message = _("The application goes on where it stood.")

    def perform(self, **data: Any) -> Application:
        """Go on."""
        return application_work.end_safeguarding(actor=self.request.user, application=self.application, **data)


class RecordCheck(ApplicationFormEdge):
    """The result of a search."""

    form_class = CheckForm
    title = _("Record a check")
    done_message = _("Saved. The latest result of a system counts.")

    def load(self) -> None:
        """Find it, and the stage."""
        if self.kwargs["stage"] not in CheckStage.values:
            raise Http404
        super().load()
        self.stage = CheckStage(self.kwargs["stage"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say which systems come first, and whether the time is over."""
        late = self.stage == CheckStage.FIRST and is_late(self.application, State.FIRST_CONTACT)
        return {"stage": self.stage, "is_late": late}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the system from which one came here."""
        return {"system": self.request.GET.get("system", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which stage it is."""
        return super().get_context_data(intro=self.stage.label, **kwargs)

    def perform(self, **data: Any) -> Check:
        """Store it."""
        return application_work.record_check(actor=self.request.user, application=self.application, stage=self.stage, **data)


class RecordInterview(ApplicationFormEdge):
    """The meeting with the applicant."""

    form_class = InterviewForm
    title = _("Meeting with the applicant")
    done_message = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether the time is over."""
        return {"is_late": is_late(self.application, State.INTERVIEW)}

    def get_initial(self) -> dict[str, Any]:
        """Begin empty."""
        return {}

    def perform(self, **data: Any) -> Interview:
        """Store it."""
        return application_work.record_interview(actor=self.request.user, application=self.application, **data)


class LinkRecord(ApplicationFormEdge):
    """Which record the person asked about has."""

    form_class = RecordForm
    title = _("Record of the person asked about")
    done_message = _("Saved. Nobody who works with a record learns of it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose records they are."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what was found."""
        held = self.application
        answer = {"has_record": "yes"} if held.nominal else {"has_record": "no"} if held.has_no_record else {}
        return super().get_initial() | answer | {"nominal": held.nominal.reference if held.nominal else ""}

    def perform(self, **data: Any) -> Application:
        """Store it."""
        return services.link_record(actor=self.request.user, application=self.application, **data)


class ReasonEdge(ApplicationFormEdge):
    """An act that needs a reason."""

    form_class = ReasonForm
    question = ""
    hint = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Word the question."""
        return {"label": self.question, "hint": self.hint}


class TellManagers(ReasonEdge):
    """Whether the record's managers may know."""

    title = _("Let the record's managers know that there is an application")
    question = _("Why they may know")
    hint = _("They read that there is an application, and this reason. Name nobody who is in it.")
    button = _("Let them know")
    done_message = _("The managers were told that there is an application, and nothing else.")

    def perform(self, **data: Any) -> ApplicationMarker:
        """Let them know."""
        return services.tell_managers(actor=self.request.user, application=self.application, **data)


class KeepForum(ApplicationFormEdge):
    """What agencies said together."""

    form_class = ForumForm
    title = _("Forum of agencies")
    done_message = _("Saved.")

    def stored(self) -> Forum | None:
        """Return what is written so far."""
        with row_security(self.request.user):
            return Forum.objects.for_user(self.request.user, self.permission).filter(application=self.application).first()

    def get_initial(self) -> dict[str, Any]:
        """Show it."""
        forum = self.stored()
        if forum is None:
            return {"version": 0}
        agencies = "\n".join(forum.agencies)
        return {name: getattr(forum, name) for name in ("held_on", "said", "why_none", "version")} | {"agencies": agencies}

    def version(self) -> int:
        """Return the version that is stored now."""
        forum = self.stored()
        return forum.version if forum else 0

    def perform(self, **data: Any) -> Forum:
        """Store it."""
        return application_work.keep_forum(actor=self.request.user, application=self.application, **data)


class GoOn(OneApplication, ActEdge):
    """Moves it to the step that follows."""

    done_message = _("Gone on.")

    def perform(self) -> Application:
        """Move it, for the version that the user saw."""
        form = VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return services.go_on(actor=self.request.user, application=self.find(), version=version)


class Allocate(ApplicationFormEdge):
    """Who deals with it."""

    permission = Perm.DECIDE_APPLICATION
    form_class = AllocateForm
    title = _("Who deals with it")
    button = _("Allocate")
    done_message = _("Allocated. They were told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say of which unit they are."""
        return {"actor": self.request.user, "application": self.application}

    def perform(self, **data: Any) -> Application:
        """Allocate it."""
        return services.allocate_application(actor=self.request.user, application=self.application, **data)


class AskToHandOver(ReasonEdge):
    """Somebody else must deal with it."""

    title = _("Ask your supervisor to give it to somebody else")
    question, hint = _("Why somebody else must deal with it"), NAME_NOBODY
    button = _("Ask")
    done_message = _("Your supervisor was asked.")

    def perform(self, **data: Any) -> Application:
        """Ask."""
        return services.ask_to_hand_over(actor=self.request.user, application=self.application, **data)


class Withdraw(ReasonEdge):
    """The applicant no longer asks."""

    title = _("The applicant withdraws")
    question, hint = _("Why, as they put it"), _("The police may go on under the right to know afterwards.")
    button = _("End the application")
    done_message = _("Withdrawn. Its clocks were cancelled.")

    def perform(self, **data: Any) -> Application:
        """End it."""
        return application_ends.withdraw_application(actor=self.request.user, application=self.application, **data)

    def get_success_url(self) -> str:
        """Back to it, or to the list where nobody dealt with it: whoever took it down sees it no more."""
        is_gone = hasattr(self, "result") and self.result.officer_id is None
        return reverse("disclosure:application-list") if is_gone else super().get_success_url()


class GoOnAsPolice(ApplicationFormEdge):
    """The police go on where an applicant has withdrawn."""

    form_class = GoOnAsPoliceForm
    title = _("Go on under the right to know")
    button = _("Begin the new application")
    done_message = _("Begun under a reference of its own.")

    def get_initial(self) -> dict[str, Any]:
        """Begin empty."""
        return {}

    def perform(self, **data: Any) -> Application:
        """Begin it."""
        return application_ends.go_on_as_right_to_know(actor=self.request.user, application=self.application, **data)

    def get_success_url(self) -> str:
        """On to the new one."""
        made = getattr(self, "result", self.application)
        return reverse("disclosure:application", args=[made.public_id])


class SettleTwin(ApplicationFormEdge):
    """Whether it is the same as an earlier one."""

    permission = Perm.DECIDE_APPLICATION
    form_class = TwinForm
    title = _("Did it come by two doors?")
    done_message = _("Saved.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the earlier ones that the user may see."""
        seen = Application.objects.for_user(self.request.user).filter(pk__in=twins_before(self.application).values("pk"))
        earlier = ", ".join(seen.values_list("reference", flat=True))
        named = format_lazy(_("An earlier application is like this one: {earlier}."), earlier=earlier)
        intro = named if earlier else _("An earlier application is like this one: one that you may not see.")
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, **data: Any) -> Application:
        """Settle it."""
        return application_ends.settle_twin(actor=self.request.user, application=self.application, **data)


class MarkMalicious(ReasonEdge):
    """It was made to harm or to pry."""

    permission = Perm.DECIDE_APPLICATION
    title = _("Made to harm or to pry")
    question, hint = _("What shows it"), NAME_NOBODY
    button = _("Mark it")
    done_message = _("Marked.")

    def perform(self, **data: Any) -> Application:
        """Mark it."""
        return application_ends.mark_malicious(actor=self.request.user, application=self.application, **data)
