"""Pages of requests for one's own data: the list, one request, and each act about it as a whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from actions.models import Action
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge, ListEdge, PageEdge, get_or_404
from disclosure.choices.subject_access import State
from disclosure.forms.subject_access import (
    DeliveryForm,
    ExtendForm,
    GoOnForm,
    IdentityForm,
    NothingForm,
    OfficerForm,
    PauseForm,
    RefuseSubjectForm,
    SubjectRecordForm,
    SubjectRequestForm,
    UndoSealForm,
    UnitForm,
    WithdrawForm,
)
from disclosure.guards.subject_access import AT_WORK
from disclosure.models import Bundle, Correction, Delivery, SubjectRequest, UndoneSeal
from disclosure.querysets.subject_access import ENDED
from disclosure.reports import subject_access as reports
from disclosure.reports.clocks import clocks_of
from disclosure.services import subject_access as services
from disclosure.services import subject_access_bundles as bundles
from disclosure.services import subject_access_clock as clock
from intelligence.forms.information import VersionForm
from ui.pdf import pdf_response


class SubjectList(ListEdge):
    """The requests that the user answers, or with which their unit was asked to help: open ones first, with their time."""

    permission = Perm.VIEW_SUBJECT_REQUEST
    template_name = "disclosure/subject_access/list.html"

    def rows(self) -> QuerySet:
        """Return the open ones, or those that ended."""
        rows = reports.with_people(SubjectRequest.objects.for_user(self.request.user)).order_by("-pk")
        return rows.filter(state__in=ENDED) if self.is_closed() else rows.open()

    def is_closed(self) -> bool:
        """Whether those that ended are asked for."""
        return self.request.GET.get("show") == "closed"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clock of each."""
        context = super().get_context_data(**kwargs)
        clocks = reports.clocks_of(context["rows"])
        may_take = may(self.request.user, Perm.ANSWER_SUBJECT_REQUEST)
        return context | {
            "requests": [(row, clocks.get(row.pk)) for row in context["rows"]],
            "to_read": reports.second_readings_of(self.request.user),
            "may_take": may_take,
            "is_closed": self.is_closed(),
        }


class TakeSubjectRequest(FormEdge):
    """Takes down a request."""

    permission = Perm.ANSWER_SUBJECT_REQUEST
    form_class = SubjectRequestForm
    title = _("Take a request for one's own data")
    button = _("Take it")
    done_message = _("Taken. The clock begins when they have proved who they are.")

    def perform(self, on: Any, time: Any, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.take_subject_request(actor=self.request.user, received_at=make_aware(datetime.combine(on, time)), **data)

    def get_success_url(self) -> str:
        """On to the request."""
        return reverse("disclosure:subject", args=[self.result.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("disclosure:subject-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})


class OneSubjectRequest:
    """Finds a request on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.ANSWER_SUBJECT_REQUEST
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> SubjectRequest:
        """Return it; any other is not there. That it was opened is recorded, with the record where the reader may know of it."""
        rows = reports.with_people(SubjectRequest.objects.for_user(self.request.user, self.permission))
        found: SubjectRequest = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, found, page=type(self).__name__)
        return found

    def get_success_url(self) -> str:
        """Back to the request."""
        return reverse("disclosure:subject", args=[self.kwargs["public_id"]])


class SubjectPage(OneSubjectRequest, PageEdge):
    """One request: who asks, its time, what is done and missing, what goes out, and what was done with it."""

    permission = Perm.VIEW_SUBJECT_REQUEST
    template_name = "disclosure/subject_access/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may read and do."""
        user, asked = self.request.user, self.find()
        items = reports.items_for(user, asked)
        counted, headings = reports.tally_of(items), reports.headings_of(items)
        running = reports.clocks_of([asked]).get(asked.pk)
        is_at_work = asked.state in AT_WORK
        return super().get_context_data(
            asked=asked,
            record=reports.record_of(user, asked),
            clock=running,
            clocks=clocks_of(user, asked),
            pause=running.pauses.filter(until__isnull=True).first() if running else None,
            steps=reports.steps_of(asked, counted),
            missing=reports.missing_of(asked, counted),
            tally=counted,
            headings=headings,
            undecided=next((line for line in headings if line.tally.undecided), None),
            bundle=Bundle.objects.for_user(user).filter(request=asked).select_related("sealed_by").first(),
            delivery=Delivery.objects.for_user(user).filter(request=asked).select_related("by").first(),
            events=reports.events_of(asked),
            undone=list(UndoneSeal.objects.for_user(user).filter(request=asked).select_related("sealed_by", "undone_by")),
            may_answer=asked.is_open and may(user, Perm.ANSWER_SUBJECT_REQUEST, asked),
            may_print=may(user, Perm.ANSWER_SUBJECT_REQUEST, asked),
            may_read_second=is_at_work and reports.is_second_reader(user, asked),
            is_at_work=is_at_work,
            corrections=list(Correction.objects.for_user(user).filter(request=asked).select_related("decided_by", "done_by")),
            may_change=asked.nominal is not None and is_at_work and may(user, Perm.CHANGE_RECORD, asked.nominal),
            **kwargs,
        )


class SubjectFormEdge(OneSubjectRequest, FormEdge):
    """A form about one request, with the version that the user saw."""

    def load(self) -> None:
        """Find it."""
        self.asked = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember the version."""
        return {"version": self.asked.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.asked.refresh_from_db(fields=["version"])
        return self.asked.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the request and the way back."""
        back = self.get_success_url()
        context = {"asked": self.asked, "caption": self.asked.reference, "back_url": back, "cancel_url": back}
        return super().get_context_data(**{**context, **kwargs})


class ProveIdentity(SubjectFormEdge):
    """How somebody proved who they are."""

    form_class = IdentityForm
    title = _("Prove who asks")
    done_message = _("Stored.")

    def perform(self, on: Any, time: Any, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.prove_identity(actor=self.request.user, request=self.asked, at=make_aware(datetime.combine(on, time)), **data)


class AskUnit(SubjectFormEdge):
    """Asks a unit to help."""

    form_class = UnitForm
    title = _("Ask a unit to help")
    button = _("Ask it")
    done_message = _("The unit was asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units of the force."""
        return {"units": reports.units_of(self.asked)}

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.ask_unit_for_help(actor=self.request.user, request=self.asked, **data)


class GiveRequest(SubjectFormEdge):
    """Lets somebody else answer it."""

    form_class = OfficerForm
    title = _("Let somebody else answer it")
    button = _("Give it to them")
    done_message = _("Given. They were told, and its clock went along.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who answers such requests."""
        return {"people": reports.officers_of(self.asked, self.request.user)}

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.give_subject_request(actor=self.request.user, request=self.asked, **data)


class LinkRecord(SubjectFormEdge):
    """Which record is about whoever asks."""

    permission = Perm.VIEW_SUBJECT_REQUEST
    form_class = SubjectRecordForm
    title = _("Link the record")
    button = _("Link it")
    done_message = _("Linked. What was collected from another record is gone.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Find records as this user."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.link_subject_record(actor=self.request.user, request=self.asked, **data)


class FindNothing(SubjectFormEdge):
    """Nothing is held."""

    permission = Perm.VIEW_SUBJECT_REQUEST
    form_class = NothingForm
    title = _("Nothing is held")
    done_message = _("Stored. Whoever asked will read the same words as where everything is withheld.")

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.find_nothing(actor=self.request.user, request=self.asked, **data)


class PauseClock(SubjectFormEdge):
    """Stops the clock."""

    form_class = PauseForm
    title = _("Wait for clarification")
    button = _("Stop the clock")
    done_message = _("The clock stands still.")

    def get_initial(self) -> dict[str, Any]:
        """Nothing is known yet."""
        return {}

    def version(self) -> int | None:
        """The clock has its own."""
        return None

    def perform(self, **data: Any) -> Action:
        """Store it."""
        return clock.wait_for_clarification(actor=self.request.user, request=self.asked, **data)


class GoOn(PauseClock):
    """Lets the clock go on."""

    form_class = GoOnForm
    title = _("Let the clock go on")
    button = _("Go on")
    done_message = _("The clock goes on.")

    def perform(self, **data: Any) -> Action:
        """Store it."""
        return clock.go_on(actor=self.request.user, request=self.asked, **data)


class ExtendTime(PauseClock):
    """Extends the time."""

    form_class = ExtendForm
    title = _("Extend the time")
    button = _("Extend it")
    done_message = _("Extended. Tell whoever asked, and why.")

    def perform(self, **data: Any) -> Action:
        """Store it."""
        return clock.extend_time(actor=self.request.user, request=self.asked, **data)


class Refuse(SubjectFormEdge):
    """Refuses a request as a whole."""

    form_class = RefuseSubjectForm
    title = _("Refuse the request")
    button = _("Refuse it")
    done_message = _("Refused. Tell whoever asked, with the reasons and the right to complain.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that it cannot be undone."""
        return super().get_context_data(**{"danger": True, **kwargs})

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.refuse_subject_request(actor=self.request.user, request=self.asked, **data)


class Withdraw(Refuse):
    """Whoever asked no longer wants an answer."""

    form_class = WithdrawForm
    title = _("Withdrawn by whoever asked")
    button = _("End it")
    done_message = _("Ended.")

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return services.withdraw_subject_request(actor=self.request.user, request=self.asked, **data)


class Seal(SubjectFormEdge):
    """Exactly what would go out, and its seal."""

    form_class = VersionForm
    template_name = "disclosure/subject_access/seal.html"
    title = _("Seal what goes out")
    button = _("Seal it")
    done_message = _("Sealed. Now print it and hand it over.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would be sealed, and what is missing."""
        counted = reports.tally_of(reports.items_for(self.request.user, self.asked))
        is_ready = self.asked.state == State.DECIDING and not reports.lacks_of(self.asked, counted)
        missing = [] if is_ready else reports.missing_of(self.asked, counted)
        return super().get_context_data(**{"bundle": reports.bundle_of(self.asked) if is_ready else None, "missing": missing, **kwargs})

    def perform(self, **data: Any) -> Bundle:
        """Seal it."""
        return bundles.seal_bundle(actor=self.request.user, request=self.asked, **data)


class UndoSeal(SubjectFormEdge):
    """Undoes a seal that somebody else set."""

    form_class = UndoSealForm
    title = _("Undo the seal")
    button = _("Undo it")
    done_message = _("Undone. Decide anew, then seal again.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows."""
        intro = _("What was sealed is not kept, only that it was and why it was undone. Papers that were printed of it must be destroyed.")
        return super().get_context_data(**{"danger": True, "intro": intro, **kwargs})

    def perform(self, **data: Any) -> UndoneSeal:
        """Undo it."""
        return bundles.undo_seal(actor=self.request.user, request=self.asked, **data)


class Paper(OneSubjectRequest, Edge):
    """The file of what was sealed."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        asked = self.find()
        bundle = Bundle.objects.for_user(request.user).filter(request=asked).select_related("request", "sealed_by").first()
        if bundle is None:
            raise Http404
        return pdf_response(bundles.print_bundle(actor=request.user, bundle=bundle), asked.reference)


class HandOver(SubjectFormEdge):
    """How, when and to whom it was handed over."""

    form_class = DeliveryForm
    title = _("Hand it over")
    button = _("Store, and end the request")
    done_message = _("The request is answered.")

    def perform(self, on: Any, time: Any, **data: Any) -> Delivery:
        """Store it."""
        return bundles.hand_over(actor=self.request.user, request=self.asked, at=make_aware(datetime.combine(on, time)), **data)
