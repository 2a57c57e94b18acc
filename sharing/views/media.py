"""Pages of work with the media: the list, one enquiry for the press office and for the unit, and each act about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.forms.information import VersionForm
from sharing.forms.media import (
    AgencyAnswerForm,
    AgencyForm,
    CloseForm,
    EnquiryForm,
    LinkRecordForm,
    SpecificAnswerForm,
    StatementForm,
    StrategyForm,
    UnitAnswerForm,
)
from sharing.models import MediaConsultation, MediaEnquiry, MediaStatement, MediaStrategy, SharingDecision
from sharing.reports.media import decision_words, due_of, parts_of, record_for, with_people
from sharing.reports.practice import media_line_words
from sharing.services import media as services
from sharing.services import media_statements as statements


class MediaList(ListEdge):
    """The enquiries that the user handles, or about which their unit was asked; newest first."""

    permission = Perm.VIEW_MEDIA
    template_name = "sharing/media/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return with_people(MediaEnquiry.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add by when each is to be answered, and whether the user takes enquiries."""
        context = super().get_context_data(may_take=may(self.request.user, Perm.MANAGE_MEDIA), **kwargs)
        due = due_of(context["rows"])
        return context | {"enquiries": [(row, due.get(row.pk)) for row in context["rows"]]}


class OneEnquiry:
    """Finds an enquiry on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.MANAGE_MEDIA
    request: HttpRequest
    kwargs: dict[str, Any]

    def rows(self) -> QuerySet:
        """Return those that the page may be about."""
        return MediaEnquiry.objects.for_user(self.request.user, self.permission)

    def find(self) -> MediaEnquiry:
        """Return it; any other is not there. That it was opened is recorded, to whoever may read it with the record it is about."""
        enquiry: MediaEnquiry = get_or_404(with_people(self.rows()), public_id=self.kwargs["public_id"])
        self.record = record_for(self.request.user, enquiry)
        nominals = {"nominals": [self.record.nominal_id]} if self.record else {}
        record_read(Verb.VIEWED, enquiry, page=type(self).__name__, **nominals)
        return enquiry

    def get_success_url(self) -> str:
        """Back to the enquiry."""
        return reverse("sharing:media", args=[self.kwargs["public_id"]])


class OfUnit(OneEnquiry):
    """Finds an enquiry about which the user's unit was asked."""

    permission = Perm.VIEW_MEDIA

    def rows(self) -> QuerySet:
        """Return them."""
        return super().rows().asked_of(self.request.user)


class MediaPage(OneEnquiry, PageEdge):
    """One enquiry: what was asked, what the unit says, strategy, agencies, statements; to the unit also the record and its decisions."""

    permission = Perm.VIEW_MEDIA
    template_name = "sharing/media/enquiry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do. Without a record and without a word of it from the unit the page is the same."""
        user, enquiry = self.request.user, self.find()
        is_unit = MediaEnquiry.objects.for_user(user).asked_of(user).filter(pk=enquiry.pk).exists()
        is_press = may(user, Perm.MANAGE_MEDIA, enquiry)
        strategy = MediaStrategy.objects.for_user(user).filter(enquiry=enquiry).select_related("agreed_by").first()
        parts = parts_of(enquiry)
        return super().get_context_data(
            enquiry=enquiry,
            due=due_of([enquiry]).get(enquiry.pk),
            record=self.record,
            decisions=self.decisions(),
            decision_words=decision_words(enquiry) if self.record or enquiry.is_record_told else "",
            strategy=strategy,
            lines=media_line_words(strategy.lines, localdate()) if strategy else [],
            newest=max((statement.number for statement in parts["statements"]), default=0),
            is_unit=is_unit and enquiry.is_open,
            is_press=is_press and enquiry.is_open,
            **parts,
            **kwargs,
        )

    def decisions(self) -> QuerySet:
        """Return the decisions to identify the person that the user may open."""
        rows = SharingDecision.objects.for_user(self.request.user).filter(template="media").order_by("-pk")
        return rows.filter(nominal=self.record.nominal_id) if self.record else rows.none()


class TakeEnquiry(FormEdge):
    """What somebody of the media asked."""

    permission = Perm.MANAGE_MEDIA
    form_class = EnquiryForm
    title = _("Take an enquiry")
    button = _("Take it")
    done_message = _("Taken. The unit was asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose units there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("sharing:media-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> MediaEnquiry:
        """Take it."""
        received_at = make_aware(datetime.combine(data.pop("on"), data.pop("time")))
        return services.take_enquiry(actor=self.request.user, received_at=received_at, **data)

    def get_success_url(self) -> str:
        """On to the enquiry."""
        return reverse("sharing:media", args=[self.result.public_id])


class EnquiryFormEdge(OneEnquiry, FormEdge):
    """A form about one enquiry."""

    def load(self) -> None:
        """Find it."""
        self.enquiry = self.find()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.enquiry.reference, "back_url": back, "cancel_url": back, **kwargs})


class LinkRecord(OfUnit, EnquiryFormEdge):
    """Which record it is about."""

    form_class = LinkRecordForm
    title = _("Which record it is about")
    done_message = _("Saved. The press office is told nothing of it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say of which records the user may know."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is linked."""
        return {"nominal": self.record.nominal.reference if self.record else ""}

    def perform(self, **data: Any) -> Any:
        """Link it."""
        return services.link_record(actor=self.request.user, enquiry=self.enquiry, **data)


class AnswerPressOffice(OfUnit, EnquiryFormEdge):
    """What the unit lets the press office know."""

    title = _("Answer the press office")
    button = _("Send the answer")
    done_message = _("Answered. The press office was told.")

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        """A general enquiry asks nothing about records."""
        return UnitAnswerForm if self.enquiry.is_general else SpecificAnswerForm

    def get_initial(self) -> dict[str, Any]:
        """Show what was said before, and remember which version the user saw."""
        return {"version": self.enquiry.version, "unit_says": self.enquiry.unit_says}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.enquiry.refresh_from_db(fields=["version"])
        return self.enquiry.version

    def perform(self, **data: Any) -> MediaEnquiry:
        """Store it."""
        return services.answer_press_office(actor=self.request.user, enquiry=self.enquiry, **data)


class WriteStrategy(EnquiryFormEdge):
    """How it is handled, and the lines to take."""

    form_class = StrategyForm
    title = _("Media strategy")
    button = _("Save, and ask the unit to agree")
    done_message = _("Saved. The unit was asked to agree.")

    def stored(self) -> MediaStrategy | None:
        """Return what is stored."""
        return MediaStrategy.objects.for_user(self.request.user).filter(enquiry=self.enquiry).first()

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        strategy = self.stored()
        return {name: getattr(strategy, name) for name in ("text", "lines", "own_lines", "version")} if strategy else {"version": 0}

    def version(self) -> int:
        """Return the version that is stored now."""
        strategy = self.stored()
        return strategy.version if strategy else 0

    def perform(self, **data: Any) -> MediaStrategy:
        """Store it."""
        return statements.write_strategy(actor=self.request.user, enquiry=self.enquiry, **data)


class AgreeStrategy(OfUnit, ActEdge):
    """The unit agrees to the strategy as it was shown."""

    done_message = _("Agreed. The press office was told.")

    def perform(self) -> MediaStrategy:
        """Do it with the version that the user saw."""
        form = VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return statements.agree_strategy(actor=self.request.user, enquiry=self.find(), version=version)


class WriteStatement(EnquiryFormEdge):
    """The next version of a statement."""

    form_class = StatementForm
    title = _("Write a statement")
    button = _("Save, and ask the unit to agree")
    done_message = _("Saved. The unit was asked to agree. Earlier versions are kept.")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the newest version."""
        newest = MediaStatement.objects.for_user(self.request.user).filter(enquiry=self.enquiry).order_by("-number").first()
        return {"text": newest.text} if newest else {}

    def perform(self, **data: Any) -> MediaStatement:
        """Store it."""
        return statements.write_statement(actor=self.request.user, enquiry=self.enquiry, **data)


class AgreeStatement(OfUnit, ActEdge):
    """The unit agrees to a version."""

    done_message = _("Agreed. The press office was told.")

    def perform(self) -> MediaStatement:
        """Do it."""
        return statements.agree_statement(actor=self.request.user, enquiry=self.find(), number=self.kwargs["number"])


class IssueStatement(OneEnquiry, ActEdge):
    """Says that a version went out."""

    done_message = _("Issued.")

    def perform(self) -> MediaStatement:
        """Do it."""
        return statements.issue_statement(actor=self.request.user, enquiry=self.find(), number=self.kwargs["number"])


class AddAgency(EnquiryFormEdge):
    """An agency that is consulted: by the press office, or because the unit says so."""

    permission = Perm.VIEW_MEDIA
    form_class = AgencyForm
    title = _("Consult an agency")
    button = _("Add it")
    done_message = _("It is on the list.")

    def rows(self) -> QuerySet:
        """Return those that the user handles, or about which their unit was asked."""
        user, rows = self.request.user, super().rows()
        return rows if may(user, Perm.MANAGE_MEDIA) else rows.asked_of(user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose agencies there are."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> MediaConsultation:
        """Add it."""
        return services.add_agency(actor=self.request.user, enquiry=self.enquiry, **data)


class AgencyAnswer(EnquiryFormEdge):
    """What an agency said."""

    form_class = AgencyAnswerForm
    title = _("What the agency said")

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = MediaConsultation.objects.for_user(self.request.user, self.permission).filter(enquiry=self.enquiry)
        self.consultation: MediaConsultation = get_or_404(rows.select_related("agency", "enquiry"), pk=self.kwargs["key"])

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.consultation, name) for name in ("asked_on", "answered_on", "said")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which agency."""
        return super().get_context_data(intro=self.consultation.agency.name, **kwargs)

    def perform(self, **data: Any) -> MediaConsultation:
        """Store it."""
        return services.record_agency_answer(actor=self.request.user, consultation=self.consultation, **data)


class CloseEnquiry(EnquiryFormEdge):
    """How it ends."""

    form_class = CloseForm
    title = _("Close the enquiry")
    button = _("Close it")
    done_message = _("Closed.")

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.enquiry.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.enquiry.refresh_from_db(fields=["version"])
        return self.enquiry.version

    def perform(self, **data: Any) -> MediaEnquiry:
        """Close it."""
        return services.close_enquiry(actor=self.request.user, enquiry=self.enquiry, **data)
