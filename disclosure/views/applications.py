"""Pages of applications under the disclosure schemes: the lists, taking one down, and one application with all that stands on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, PageEdge, get_or_404
from disclosure.choices.applications import Route
from disclosure.forms.applications import TakeForm
from disclosure.models import Application, Forum
from disclosure.models.applications import STATES
from disclosure.reports.applications import (
    checks_of,
    events_of,
    marker_of,
    people_of,
    record_of,
    roles_to_add,
    safe_contacts_of,
    steps_of,
    unproved,
    with_next_date,
    with_people,
)
from disclosure.reports.clocks import clocks_of
from disclosure.reports.facts import facts_of
from disclosure.reports.twins import repeats_of, twins_before
from disclosure.rules.applications import ENDED, State, has_reached, next_of
from disclosure.services import applications as services

SHOWN = 200
OPEN_STATES = [(value, words) for value, words in STATES if value not in ENDED]


class ApplicationList(PageEdge):
    """What is open: of the user, or of the unit that the user leads; what is late first."""

    permission = Perm.VIEW_APPLICATION
    template_name = "disclosure/applications/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of the chosen list and state. Nothing sealed stands on them."""
        user, asked = self.request.user, self.request.GET
        leads = may(user, Perm.DECIDE_APPLICATION)
        is_mine = asked.get("show") == "mine" or not leads
        rows = Application.objects.for_user(user).open()
        rows = rows.filter(officer=user) | rows.filter(taken_by=user, officer=None) if is_mine else rows.filter(unit=user.unit_id)
        state = asked.get("state", "") if asked.get("state") in dict(OPEN_STATES) else ""
        rows = with_next_date(with_people(rows.filter(state=state) if state else rows))
        shown = list(rows[: SHOWN + 1])
        record_read(Verb.LISTED, page="ApplicationList", rows=Application._meta.label_lower, ids=[row.pk for row in shown])
        return super().get_context_data(
            rows=shown[:SHOWN], is_cut=len(shown) > SHOWN, shown=SHOWN, leads=leads, is_mine=is_mine, state=state, states=OPEN_STATES,
            may_take=may(user, Perm.TAKE_APPLICATION), **kwargs,
        )  # fmt: skip


class EndedList(ListEdge):
    """What has ended, newest first."""

    permission = Perm.VIEW_APPLICATION
    template_name = "disclosure/applications/ended.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_people(Application.objects.for_user(self.request.user).filter(state__in=ENDED)).order_by("-pk")


class TakeApplication(FormEdge):
    """That somebody asks, or that the police learned something."""

    permission = Perm.TAKE_APPLICATION
    form_class = TakeForm
    title = _("Take an application")
    button = _("Save and go on")
    done_message = _("Taken down. The unit that deals with it was told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose units there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("disclosure:application-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> Application:
        """Take it down."""
        return services.take_application(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to who is who in it; for whoever may take one down and may not read it, back to take another."""
        if not may(self.request.user, Perm.VIEW_APPLICATION, self.result):
            return reverse("disclosure:application-take")
        return reverse("disclosure:application", args=[self.result.public_id])


class OneApplication:
    """Finds an application on which the user holds the permission of the page, with the safe ways to reach whoever is in it."""

    permission: ClassVar[Perm] = Perm.WORK_APPLICATION
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Application:
        """Return it; any other is not there. That it was opened is recorded, and of its record nothing."""
        rows = with_people(Application.objects.for_user(self.request.user, self.permission))
        self.application: Application = get_or_404(rows, public_id=self.kwargs["public_id"])
        with row_security(self.request.user):
            self.safe_contacts = safe_contacts_of(self.application)
        record_read(Verb.VIEWED, self.application, page=type(self).__name__)
        return self.application

    def get_success_url(self) -> str:
        """Back to the application."""
        return reverse("disclosure:application", args=[self.kwargs["public_id"]])


class ApplicationFormEdge(OneApplication, FormEdge):
    """A form about one application; safe contact and the way to say that somebody is in danger stand beside it."""

    template_name = "disclosure/applications/form.html"

    def load(self) -> None:
        """Find it."""
        self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.application.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.application.refresh_from_db(fields=["version"])
        return self.application.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what stands beside every form."""
        back = self.get_success_url()
        beside = {"application": self.application, "safe_contacts": self.safe_contacts}
        return super().get_context_data(  # type: ignore[misc]
            **{"caption": self.application.reference, "back_url": back, "cancel_url": back, **beside, **kwargs}
        )


class ApplicationPage(OneApplication, PageEdge):
    """One application: where it stands, clocks, steps, who is who, what was done; what cannot start yet names what is missing."""

    permission = Perm.VIEW_APPLICATION
    template_name = "disclosure/applications/application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the user may see and do."""
        user, application = self.request.user, self.find()
        leads = may(user, Perm.DECIDE_APPLICATION, application)
        with row_security(user):
            people = people_of(application)
            facts = facts_of(application)
            interviews = list(application.interviews.select_related("by").order_by("-pk"))
            forum = Forum.objects.for_user(user).filter(application=application).select_related("written_by").first()
            dangers = list(application.safeguardings.select_related("began_by", "ended_by").order_by("-pk"))
        after = next_of(State(application.state), Route(application.route))
        is_stopped = application.state == State.SAFEGUARDING
        is_working = application.is_open and not is_stopped
        return super().get_context_data(
            application=application, safe_contacts=self.safe_contacts, people=people, interviews=interviews, leads=leads,
            steps=[(step, address_of(step.route, application)) for step in steps_of(application, facts)],
            clocks=clocks_of(user, application), checks=checks_of(application), roles=roles_to_add(application, people),
            unproved={party.pk for party in unproved(people)}, record=record_of(user, application), marker=marker_of(application),
            forum=forum, dangers=dangers, events=events_of(application), is_stopped=is_stopped, is_working=is_working,
            may_check_fully=is_working and has_reached(State(application.state), State.FULL_CHECKS),
            going_on=after if after in services.BEFORE_DECISION else "", **self.twins(facts.has_open_twin, leads), **kwargs,
        )  # fmt: skip

    def twins(self, has_twin: bool, leads: bool) -> dict[str, Any]:
        """Return what the user may know of an earlier application like this one, and, to who leads the unit, who asks again and again."""
        user = self.request.user
        seen = Application.objects.for_user(user).filter(pk__in=twins_before(self.application).values("pk")) if has_twin else []
        repeats = repeats_of(user, self.application) if leads else {}
        other = self.application.twin_of_id
        linked = Application.objects.for_user(user).filter(pk=other).first() if other else None
        after = Application.objects.for_user(user).filter(twin_of=self.application).order_by("pk")
        return {"has_twin": has_twin, "twins": list(seen), "repeats": repeats, "linked": linked, "followed_by": list(after)}


def address_of(route: str, application: Application) -> str:
    """Return the address of a step's page, or nothing where there is none."""
    try:
        return reverse(route, args=[application.public_id]) if route else ""
    except NoReverseMatch:
        return ""
