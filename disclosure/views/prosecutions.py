"""Pages of prosecutions: the list, one with its material, and each act about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, ListEdge, PageEdge, get_or_404
from disclosure.choices.prosecutions import ScheduleKind
from disclosure.forms import prosecutions as pages
from disclosure.models import Assessment, ImmunityApplication, LineOfEnquiry, MaterialLink, Prosecution, Schedule, ScheduleCopy, UnusedItem
from disclosure.reports import prosecutions as reports
from disclosure.reports.clocks import clocks_of
from disclosure.rules.prosecutions import missing
from disclosure.services import prosecution_items as items
from disclosure.services import prosecution_lines as lines
from disclosure.services import prosecution_rulings as rulings
from disclosure.services import prosecution_schedules as schedules
from disclosure.services import prosecutions as services
from offenders.views.base import LeakChecked
from ui.pdf import pdf_response

TEAM = ("unit", "officer", "disclosure_officer", "deputy")
SAID = ("defendant", "offence", "urn", "charged_on", "court", "version", *TEAM)


class ProsecutionList(ListEdge):
    """The prosecutions in which the user is named, and those of the unit or the force; newest first."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/list.html"

    def rows(self) -> QuerySet:
        """Return them."""
        return reports.with_people(Prosecution.objects.for_user(self.request.user)).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add by when the next thing is due, and whether the user opens prosecutions."""
        context = super().get_context_data(may_open=may(self.request.user, Perm.SCHEDULE_MATERIAL), **kwargs)
        due = reports.due_of(context["rows"])
        return context | {"prosecutions": [(row, due.get(row.pk)) for row in context["rows"]]}


class OneProsecution:
    """Finds a prosecution on which the user holds the permission of the page; any other is not there."""

    permission: ClassVar[Perm] = Perm.SCHEDULE_MATERIAL
    whole: ClassVar[bool] = False  # only for whoever sees sensitive material of it
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Prosecution:
        """Return it, and record that it was seen: the record's access log, which others read, does not tell of pages about rulings."""
        rows = Prosecution.objects.for_user(self.request.user, self.permission)
        rows = rows.whole_for(self.request.user) if self.whole else rows
        found: Prosecution = get_or_404(reports.with_people(rows), public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, found, page="ProsecutionPage" if self.whole else type(self).__name__)
        return found

    def items(self, prosecution: Prosecution) -> QuerySet:
        """Return its items that the user may see."""
        return UnusedItem.objects.for_user(self.request.user, self.permission).filter(prosecution=prosecution).order_by("number")

    def get_success_url(self) -> str:
        """Back to the prosecution."""
        return reverse("disclosure:prosecution", args=[self.kwargs["public_id"]])


class ProsecutionPage(OneProsecution, PageEdge):
    """One prosecution: the charge, the team, items, lines of enquiry, schedules; rulings to whoever sees sensitive material."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/prosecution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may see and do. Without sensitive material the page is the same as where none may be seen."""
        user, case = self.request.user, self.find()
        is_whole, rows = reports.sees_whole(user, case), reports.items_of(user, case)
        facts = [reports.facts_of(item, case.round) for item in rows]
        asked = ImmunityApplication.objects.for_user(user).filter(prosecution=case).prefetch_related("items")
        return super().get_context_data(
            case=case,
            clocks=clocks_of(user, case),
            may_work=case.is_open and may(user, Perm.SCHEDULE_MATERIAL, case),
            is_whole=is_whole,
            is_discloser=user.pk in {case.disclosure_officer_id, case.deputy_id},
            rows=list(zip(rows, facts, strict=True)),
            missing=missing(facts) if is_whole and case.is_charged and case.is_open else [],
            progress=reports.progress(rows, case) if is_whole else (),
            lines=reports.lines_of(user, case),
            reviews=case.reviews.select_related("by"),
            schedules=Schedule.objects.for_user(user).filter(prosecution=case).select_related("issued_by"),
            asked=asked,
            **kwargs,
        )


class CaseForm(OneProsecution, FormEdge):
    """A form about one prosecution."""

    def load(self) -> None:
        """Find it."""
        self.case = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.case.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.case.refresh_from_db(fields=["version"])
        return self.case.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.case.reference, "back_url": back, "cancel_url": back, **kwargs})


class OpenProsecution(FormEdge):
    """A new prosecution."""

    permission = Perm.SCHEDULE_MATERIAL
    form_class = pages.ProsecutionForm
    title = "Open a prosecution"
    button = "Open it"
    done_message = "Opened."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("disclosure:prosecution-list")
        return super().get_context_data(**{"back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> Prosecution:
        """Open it."""
        return services.open_prosecution(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """On to the prosecution."""
        return reverse("disclosure:prosecution", args=[self.result.public_id])


class ChangeProsecution(CaseForm):
    """What is said of a prosecution, and who works on it."""

    form_class = pages.ChangeProsecutionForm
    title = "Change the prosecution"
    done_message = "Saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        reference = self.case.nominal.reference if self.case.nominal else ""
        return {name: getattr(self.case, name) for name in SAID} | {"nominal": reference}

    def perform(self, **data: Any) -> Prosecution:
        """Store it."""
        return services.change_prosecution(actor=self.request.user, prosecution=self.case, **data)


class ReviewMaterial(CaseForm):
    """A review of all material, or what reopens it."""

    whole = True
    form_class = pages.ReviewForm
    title = "Review the material"
    done_message = "Saved."

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return services.review_material(actor=self.request.user, prosecution=self.case, **data)


class FinishProsecution(CaseForm):
    """How it ended."""

    whole = True
    form_class = pages.FinishForm
    title = "Finish the prosecution"
    button = "Finish it"
    done_message = "Finished."

    def perform(self, **data: Any) -> Prosecution:
        """Finish it."""
        return services.finish_prosecution(actor=self.request.user, prosecution=self.case, **data)


class Described(LeakChecked):
    """A form with a description for the defence, compared with what is kept apart on the record of the defendant."""

    case: Prosecution

    def records(self) -> list[Any]:
        """Return the record, where there is one."""
        return [self.case.nominal] if self.case.nominal else []


class AddItem(Described, CaseForm):
    """A new item of unused material."""

    title = "Add an item of unused material"
    button = "Add it"
    done_message = "It is on the list."

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        """Whoever sees no sensitive material is not asked about it, and adds open items."""
        return pages.ItemForm if reports.sees_whole(self.request.user, self.case) else pages.OpenItemForm

    def perform(self, **data: Any) -> UnusedItem:
        """Add it."""
        return items.add_item(actor=self.request.user, prosecution=self.case, **{"is_sensitive": False, **data})


class OneItem(OneProsecution):
    """Finds an item that the user may see in a prosecution."""

    def find_item(self, prosecution: Prosecution) -> UnusedItem:
        """Return it; any other is not there."""
        rows = self.items(prosecution).with_latest()  # type: ignore[attr-defined]
        found: UnusedItem = get_or_404(rows.select_related("prosecution__nominal"), public_id=self.kwargs["item_id"])
        record_read(Verb.VIEWED, found, page=type(self).__name__)
        return found


class ItemPage(OneItem, PageEdge):
    """One item: what it is, each look at it, what it is linked to."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its looks and links as far as the user may see them."""
        user, case = self.request.user, self.find()
        item, is_whole = self.find_item(case), reports.sees_whole(user, case)
        names = reports.ground_names()
        looks = list(Assessment.objects.for_user(user).filter(item=item).select_related("by", "examined_by"))
        for look in looks:
            look.ground_words = names.get(look.ground, look.ground)
        return super().get_context_data(
            case=case, item=item, looks=looks, links=reports.links_of(user, item), is_whole=is_whole,
            may_work=case.is_open and may(user, Perm.SCHEDULE_MATERIAL, case), **kwargs,
        )  # fmt: skip


class ItemForm(OneItem, CaseForm):
    """A form about one item."""

    def load(self) -> None:
        """Find both."""
        super().load()
        self.item = self.find_item(self.case)

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.item.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.item.refresh_from_db(fields=["version"])
        return self.item.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which item."""
        return super().get_context_data(**{"intro": self.item.description, **kwargs})

    def get_success_url(self) -> str:
        """Back to the item."""
        return reverse("disclosure:prosecution-item", args=[self.kwargs["public_id"], self.kwargs["item_id"]])


class ChangeItem(Described, ItemForm):
    """Other words for an item."""

    form_class = pages.ChangeItemForm
    title = "Describe the item anew"
    done_message = "Saved."

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.item, name) for name in ("description", "what", "kept_at", "version")}

    def perform(self, **data: Any) -> UnusedItem:
        """Store them."""
        return items.change_item(actor=self.request.user, item=self.item, **data)


class AssessItem(ItemForm):
    """A look at an item."""

    whole = True
    form_class = pages.AssessForm
    title = "Look at the item"
    done_message = "Saved. Earlier looks are kept."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> Assessment:
        """Store it."""
        return items.assess_item(actor=self.request.user, item=self.item, **data)


class DiscloseItem(ItemForm):
    """That an item was disclosed."""

    form_class = pages.DiscloseForm
    title = "Enter that it was disclosed"
    done_message = "Saved."

    def perform(self, **data: Any) -> UnusedItem:
        """Store it."""
        return items.disclose_item(actor=self.request.user, item=self.item, **data)


class LinkItem(ItemForm):
    """Which thing that Vigil holds the item is."""

    form_class = pages.LinkForm
    title = "Link the item to what is held"
    button = "Link it"
    done_message = "Linked. Who sees it has not changed."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what the user may open."""
        return {"things": reports.things_of(self.request.user, self.case)}

    def perform(self, thing: str) -> MaterialLink:
        """Link it."""
        kind, _, key = thing.partition(":")
        return items.link_item(actor=self.request.user, item=self.item, kind=kind, key=key)


class UnlinkItem(OneItem, ActEdge):
    """Takes a link off."""

    done_message = "The link is removed."

    def perform(self) -> None:
        """Do it."""
        item = self.find_item(self.find())
        rows = MaterialLink.objects.for_user(self.request.user, self.permission).filter(item=item)
        items.unlink_item(actor=self.request.user, item=item, link=get_or_404(rows, pk=self.kwargs["key"]))

    def get_success_url(self) -> str:
        """Back to the item."""
        return reverse("disclosure:prosecution-item", args=[self.kwargs["public_id"], self.kwargs["item_id"]])


class AddLine(CaseForm):
    """A new line of enquiry."""

    form_class = pages.LineForm
    title = "Add a line of enquiry"
    button = "Add it"
    done_message = "Added."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers and which items there are."""
        return {"actor": self.request.user, "items": self.items(self.case)}

    def perform(self, **data: Any) -> LineOfEnquiry:
        """Add it."""
        return lines.add_line(actor=self.request.user, prosecution=self.case, **data)


class ChangeLine(AddLine):
    """Where a line of enquiry stands."""

    form_class = pages.ChangeLineForm
    title = "Line of enquiry"
    button = "Save"
    done_message = "Saved."

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = LineOfEnquiry.objects.for_user(self.request.user, self.permission).filter(prosecution=self.case)
        self.line: LineOfEnquiry = get_or_404(rows.select_related("prosecution"), public_id=self.kwargs["line_id"])

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        names = ("direction", "what", "why", "owner", "due_on", "state", "result", "version")
        chosen = {item.pk for item in self.line.items.all()}
        return {name: getattr(self.line, name) for name in names} | {"items": [item for item in self.items(self.case) if item.pk in chosen]}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.line.refresh_from_db(fields=["version"])
        return self.line.version

    def perform(self, **data: Any) -> LineOfEnquiry:
        """Store it."""
        return lines.change_line(actor=self.request.user, line=self.line, **data)


class IssueSchedule(CaseForm):
    """Issues the next version of a schedule."""

    whole = True
    form_class = pages.IssueForm
    template_name = "disclosure/prosecutions/issue.html"
    title = "Issue a schedule"
    button = "Issue it"
    done_message = "Issued. It never changes; what changes is another version."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is certified, and what is missing."""
        certificates = [(kind.label, reports.certificate_of(kind)) for kind in ScheduleKind]
        lacking = missing(reports.all_facts(self.request.user, self.case))
        return super().get_context_data(**{"certificates": certificates, "missing": lacking, **kwargs})

    def perform(self, **data: Any) -> Schedule:
        """Issue it."""
        return schedules.issue_schedule(actor=self.request.user, prosecution=self.case, **data)

    def get_success_url(self) -> str:
        """On to the schedule, or back where there is none yet."""
        if not hasattr(self, "result"):
            return super().get_success_url()
        return reverse("disclosure:prosecution-schedule", args=[self.kwargs["public_id"], self.result.public_id])


class OneSchedule(OneProsecution):
    """Finds a schedule that the user may see."""

    def find_schedule(self, prosecution: Prosecution) -> Schedule:
        """Return it; any other is not there."""
        rows = Schedule.objects.for_user(self.request.user, self.permission).filter(prosecution=prosecution)
        found: Schedule = get_or_404(rows.select_related("prosecution", "issued_by"), public_id=self.kwargs["schedule_id"])
        record_read(Verb.VIEWED, found, page=type(self).__name__)
        return found


class SchedulePage(OneSchedule, PageEdge):
    """A schedule as it was issued, and its copies."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/schedule.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it and who has copies."""
        case = self.find()
        schedule = self.find_schedule(case)
        copies = ScheduleCopy.objects.for_user(self.request.user).filter(schedule=schedule).select_related("by")
        may_work = may(self.request.user, Perm.SCHEDULE_MATERIAL, schedule)
        return super().get_context_data(case=case, schedule=schedule, copies=copies, may_work=may_work, **kwargs)


class GiveCopy(OneSchedule, CaseForm):
    """A numbered copy for somebody."""

    form_class = pages.CopyForm
    title = "Make a copy"
    button = "Make it"
    done_message = "Made. Print it from the page below."

    def load(self) -> None:
        """Find both."""
        super().load()
        self.schedule = self.find_schedule(self.case)

    def perform(self, **data: Any) -> ScheduleCopy:
        """Make it."""
        return schedules.give_copy(actor=self.request.user, schedule=self.schedule, **data)

    def get_success_url(self) -> str:
        """Back to the schedule."""
        return reverse("disclosure:prosecution-schedule", args=[self.kwargs["public_id"], self.kwargs["schedule_id"]])


class PrintCopy(OneSchedule, Edge):
    """The file of a numbered copy."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        schedule = self.find_schedule(self.find())
        rows = ScheduleCopy.objects.for_user(request.user, self.permission).filter(schedule=schedule)
        copy: ScheduleCopy = get_or_404(rows.select_related("schedule__prosecution", "by"), public_id=kwargs["copy_id"])
        printed, file = schedules.print_copy(actor=request.user, copy=copy)
        name = f"{schedule.prosecution.reference}-{schedule.kind}-version-{schedule.number}-copy-{printed.number}"
        return pdf_response(file, name)


class AskCourt(CaseForm):
    """What the prosecutor asked the court."""

    whole = True
    form_class = pages.CourtForm
    title = "Application to the court"
    done_message = "Saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the sensitive items."""
        return {"items": self.items(self.case).filter(is_sensitive=True)}

    def perform(self, **data: Any) -> ImmunityApplication:
        """Store it."""
        return rulings.ask_court(actor=self.request.user, prosecution=self.case, **data)


class EnterRuling(CaseForm):
    """What the court ruled."""

    whole = True
    form_class = pages.RulingForm
    title = "Ruling of the court"
    done_message = "Saved."

    def load(self) -> None:
        """Find both."""
        super().load()
        rows = ImmunityApplication.objects.for_user(self.request.user, self.permission).filter(prosecution=self.case)
        self.application: ImmunityApplication = get_or_404(rows.select_related("prosecution"), public_id=self.kwargs["application_id"])

    def get_initial(self) -> dict[str, Any]:
        """Show the court, and remember which version the user saw."""
        return {"version": self.application.version, "court": self.application.court}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.application.refresh_from_db(fields=["version"])
        return self.application.version

    def perform(self, **data: Any) -> ImmunityApplication:
        """Store it."""
        return rulings.enter_ruling(actor=self.request.user, application=self.application, **data)
