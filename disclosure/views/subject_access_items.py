"""Pages of what is held about whoever asks: collecting it, deciding passage by passage, the second person's reading."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, PageEdge, get_or_404
from disclosure.forms.subject_access import LeaveOutForm, PassagesForm, ReturnForm
from disclosure.guards.subject_access import AT_WORK
from disclosure.models import BundleItem, SubjectRequest
from disclosure.reports import subject_access as reports
from disclosure.rules.subject_access import pages_of
from disclosure.services import subject_access_collecting as collecting
from disclosure.services import subject_access_deciding as deciding
from disclosure.views.subject_access import OneSubjectRequest, SubjectFormEdge
from intelligence.forms.information import VersionForm


class OfCollecting(OneSubjectRequest):
    """A page that leads back to the sources."""

    permission = Perm.VIEW_SUBJECT_REQUEST

    def get_success_url(self) -> str:
        """Back to the sources."""
        return reverse("disclosure:subject-collecting", args=[self.kwargs["public_id"]])


class Collecting(OfCollecting, PageEdge):
    """Each source: by whom it was collected, or that somebody who may read it must still."""

    template_name = "disclosure/subject_access/collecting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may collect, and where to state a reason."""
        user, asked = self.request.user, self.find()
        lines = reports.sources_of(user, asked)
        record = reports.record_of(user, asked)
        return super().get_context_data(
            asked=asked,
            record=record,
            lines=lines,
            left=[line for line in lines if not line.collected],
            may_collect=asked.state in AT_WORK and any(line.may_collect for line in lines),
            needs_reason=record is not None and not may(user, Perm.VIEW_CASE_FILE, record),
            may_answer=asked.state in AT_WORK and may(user, Perm.ANSWER_SUBJECT_REQUEST, asked),
            **kwargs,
        )


class Collect(OfCollecting, ActEdge):
    """Has a worker collect."""

    done_message = _("Collecting has begun. You can leave this page and come back.")

    def perform(self) -> SubjectRequest:
        """Do it."""
        return collecting.start_collecting(actor=self.request.user, request=self.find())


class LeaveOut(OfCollecting, SubjectFormEdge):
    """Goes on without sources that nobody has collected."""

    permission = Perm.ANSWER_SUBJECT_REQUEST
    form_class = LeaveOutForm
    title = _("Go on without what is not collected")
    button = _("Go on without it")
    done_message = _("Stored. Now decide passage by passage.")

    def perform(self, **data: Any) -> SubjectRequest:
        """Store it."""
        return collecting.leave_out_sources(actor=self.request.user, request=self.asked, **data)


class Workbench(SubjectFormEdge):
    """One source at a time: record and copy side by side, and what stays of each passage."""

    form_class = PassagesForm
    template_name = "disclosure/subject_access/workbench.html"
    title = _("What stays and what is removed")
    button = _("Save this page")
    done_message = _("Saved.")

    def load(self) -> None:
        """Find the request and the page of things; each thing that is shown is recorded."""
        super().load()
        of_source = list(
            reports.items_for(self.request.user, self.asked).filter(source=self.kwargs["source"]).select_related("decided_by", "read_by")
        )
        if not of_source:
            raise Http404
        pages = pages_of(of_source)
        wanted = self.request.GET.get("page", "")
        self.number = min(max(int(wanted) if wanted.isdigit() and len(wanted) < 6 else 1, 1), len(pages))
        self.pages, self.items = len(pages), pages[self.number - 1]
        record_read(Verb.VIEWED, self.asked, page="Passages", items=[item.pk for item in self.items])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say which things there are."""
        return {"items": self.items, "grounds": reports.grounds_on(localdate())}

    def get_initial(self) -> dict[str, Any]:
        """The form knows what was decided."""
        return {}

    def version(self) -> int | None:
        """Each thing has its own."""
        return None

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Show the page; where somebody else was first, the next try knows of what stands now."""
        if self.is_stale:
            form.data = form.data.copy()
            seen = BundleItem.objects.for_user(self.request.user)
            fresh = seen.filter(pk__in=[item.pk for item in self.items]).values_list("pk", "version")
            form.data.update({f"version_{pk}": str(version) for pk, version in fresh})
        return super().show(form, status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put each passage beside its copy and its question, thing by thing."""
        form = kwargs["form"]
        returned = reports.returned_with(self.items)
        rows = [
            (
                item,
                returned.get(item.pk, ""),
                [(number, passage, form[f"what_{item.pk}_{number}"]) for number, passage in enumerate(item.passages, 1)],
            )
            for item in self.items
        ]
        lines = reports.headings_of(reports.items_for(self.request.user, self.asked))
        names = [line.source for line in lines]
        place = names.index(self.kwargs["source"])
        hidden = [form[f"version_{item.pk}"] for item in self.items]
        here = {
            "heading": lines[place].heading,
            "source": names[place],
            "tally": lines[place].tally,
            "number": self.number,
            "pages": self.pages,
        }
        after = {"next_source": names[place + 1] if place + 1 < len(names) else "", "is_at_work": self.asked.state in AT_WORK}
        url = reverse("disclosure:subject-workbench", args=[self.kwargs["public_id"], self.kwargs["source"]])
        turns = {
            "previous_url": f"{url}?page={self.number - 1}" if self.number > 1 else "",
            "next_url": f"{url}?page={self.number + 1}" if self.number < self.pages else "",
        }
        return super().get_context_data(**{"rows": rows, "hidden": hidden, **here, **after, **turns, **kwargs})

    def get_success_url(self) -> str:
        """Stay at the page, or before it is known back to the request."""
        url = reverse("disclosure:subject-workbench", args=[self.kwargs["public_id"], self.kwargs["source"]])
        return f"{url}?page={self.number}"

    def perform(self, **data: Any) -> int:
        """Store it."""
        return deciding.decide_items(actor=self.request.user, request=self.asked, **data)


class KeepPlain(OneSubjectRequest, ActEdge):
    """Keeps every passage of a source on which no rule suggests a look."""

    done_message = _("Kept: every passage on which no rule suggests a look and nobody had decided.")

    def perform(self) -> int:
        """Do it."""
        return deciding.keep_everything_plain(actor=self.request.user, request=self.find(), source=self.kwargs["source"])

    def get_success_url(self) -> str:
        """Back to the source."""
        return reverse("disclosure:subject-workbench", args=[self.kwargs["public_id"], self.kwargs["source"]])


class OfSecond(OneSubjectRequest):
    """A page of the second person: somebody who may be one, of what they may read."""

    permission = Perm.VIEW_SUBJECT_REQUEST

    def find(self) -> SubjectRequest:
        """Return the request to whoever may be its second reader."""
        found = super().find()
        if not reports.is_second_reader(self.request.user, found):
            raise Http404
        return found

    def find_item(self, asked: SubjectRequest) -> BundleItem:
        """Return a thing that they may read."""
        item: BundleItem = get_or_404(reports.items_for(self.request.user, asked), public_id=self.kwargs["item"])
        return item

    def get_success_url(self) -> str:
        """Back to what waits."""
        return reverse("disclosure:subject-second", args=[self.kwargs["public_id"]])


class SecondReading(OfSecond, PageEdge):
    """What waits for the second person."""

    template_name = "disclosure/subject_access/second.html"
    page_size = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it; each thing that is shown is recorded."""
        user, asked = self.request.user, self.find()
        waiting = reports.waiting_for_second(reports.items_for(user, asked))
        items = list(waiting.select_related("decided_by")[: self.page_size])
        record_read(Verb.VIEWED, asked, page="Passages", items=[item.pk for item in items])
        names = dict(reports.grounds_on(localdate()).values_list("code", "name"))
        rows = [(item, [(passage, names.get(passage["code"], passage["code"])) for passage in item.passages]) for item in items]
        return super().get_context_data(asked=asked, rows=rows, count=waiting.count(), is_at_work=asked.state in AT_WORK, **kwargs)


class ReadItem(OfSecond, ActEdge):
    """Agrees to what was decided of a thing."""

    done_message = _("You have read it and agree.")

    def perform(self) -> BundleItem:
        """Do it with the version that the user saw."""
        asked, form = self.find(), VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return deciding.read_item(actor=self.request.user, request=asked, item=self.find_item(asked), version=version)


class ReturnItem(OfSecond, SubjectFormEdge):
    """Returns a thing with words."""

    form_class = ReturnForm
    title = _("Return it")
    button = _("Return it")
    done_message = _("Returned: it is decided anew.")

    def load(self) -> None:
        """Find both."""
        super().load()
        self.item = self.find_item(self.asked)

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.item.version}

    def version(self) -> int | None:
        """Return the version that is stored now."""
        self.item.refresh_from_db(fields=["version"])
        return self.item.version

    def perform(self, **data: Any) -> BundleItem:
        """Store it."""
        return deciding.return_item(actor=self.request.user, request=self.asked, item=self.item, **data)
