"""Pages of the bureau: what the system suggests, one link, and the links of a record."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import authorise
from accounts.permissions import Perm
from audit.choices import Verb
from audit.references import known_to
from audit.services import record_read
from audit.views import Edge, ListEdge, PageEdge, get_or_404
from intelligence.choices.links import LinkKind, LinkState
from intelligence.forms.information import WhyForm
from intelligence.forms.links import (
    BUREAU,
    NEW,
    READERS,
    RECORD,
    ConfirmForm,
    ConfirmMentionForm,
    CorrectForm,
    CorrectMentionForm,
    LinkForm,
    MentionForm,
)
from intelligence.models import Entity, InformationReport, Link
from intelligence.models.links import OF_REPORTS
from intelligence.reports.link_suggesting import marks_not_linked
from intelligence.reports.links import alike, drawn, links_at, picture_around, records_among, show_links, suggested_to, with_ends
from intelligence.services.links import confirm_link, correct_link, end_link, link_new_entity, link_things, refuse_link
from offenders.models import Nominal
from offenders.views.base import LeakChecked, NominalPage


class LinkList(ListEdge):
    """What the system suggests, newest first."""

    permission = Perm.LINK_INTELLIGENCE
    template_name = "intelligence/links/list.html"

    def rows(self) -> QuerySet:
        """Return it."""
        return suggested_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Call both ends as the reader may know them."""
        context = super().get_context_data(**kwargs)
        shown = show_links(self.request.user, context["rows"], Perm.LINK_INTELLIGENCE)
        record_shown(type(self).__name__, records_among(each for row in shown for each in (row.one, row.other)))
        return {**context, "shown": shown}


def record_shown(page: str, keys: list[int]) -> None:
    """Note which records a page named."""
    record_read(Verb.LISTED, page=page, rows=Nominal._meta.label_lower, ids=keys)


class LinkEdge:
    """Finds a link that the bureau may see."""

    request: HttpRequest
    kwargs: dict[str, Any]
    states: ClassVar[tuple[LinkState, ...]] = tuple(LinkState)

    def find(self) -> Link:
        """Return it; that it was opened is recorded."""
        rows = with_ends(Link.objects.for_user(self.request.user, Perm.LINK_INTELLIGENCE).filter(state__in=self.states))
        link: Link = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, link, page=type(self).__name__)
        return link

    def get_success_url(self) -> str:
        """To the link."""
        return reverse("intelligence:link", args=[self.kwargs["public_id"]])


class LinkPage(LinkEdge, PageEdge):
    """One link: what it joins, what it rests on, who decided it."""

    permission = Perm.LINK_INTELLIGENCE
    template_name = "intelligence/links/link.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        link = self.find()
        (shown,) = show_links(self.request.user, [link], Perm.LINK_INTELLIGENCE)
        ends = [end.entity for end in link.ends.all() if end.entity]
        one = ends if link.kind == LinkKind.SAME and len(ends) == 2 else []
        return super().get_context_data(link=link, shown=shown, to_make_one=one, **kwargs)


class LinkDecision(LinkEdge, LeakChecked):
    """A form about one link."""

    permission = Perm.LINK_INTELLIGENCE
    has_grade: ClassVar[bool] = False

    def load(self) -> None:
        """Find it."""
        self.link = self.find()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Take the reports that it could rest on."""
        graded = self.has_grade and self.link.kind not in OF_REPORTS
        return {"reports": InformationReport.objects.for_user(self.request.user, Perm.VIEW_REPORT)} if graded else {}

    def records(self) -> list[Nominal]:
        """Return the records that it joins."""
        return [end.nominal for end in self.link.ends.all() if end.nominal]

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.link.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is linked, and the way back."""
        (shown,) = show_links(self.request.user, [self.link], Perm.LINK_INTELLIGENCE)
        caption, back = f"{shown.one.name} – {shown.other.name}", self.get_success_url()
        return super().get_context_data(caption=caption, back_url=back, cancel_url=back, **kwargs)

    def version(self) -> int:
        """Return the version that is stored now."""
        self.link.refresh_from_db(fields=["version"])
        return self.link.version


class ConfirmLink(LinkDecision):
    """Confirming what was suggested."""

    has_grade = True
    title = _("Confirm the link")
    button = _("Confirm it")
    done_message = _("The link is confirmed.")

    @property
    def form_class(self) -> type[forms.Form]:
        """What a report tells of has its grade already."""
        return ConfirmMentionForm if self.link.kind in OF_REPORTS else ConfirmForm

    def perform(self, **data: Any) -> Link:
        """Confirm it."""
        return confirm_link(actor=self.request.user, link=self.link, **data)


class CorrectLink(LinkDecision):
    """Changing the grade, source or readers of a link that holds."""

    states = (LinkState.CONFIRMED,)
    has_grade = True
    title = _("Correct the link")
    button = _("Save")
    done_message = _("The link is corrected.")

    @property
    def form_class(self) -> type[forms.Form]:
        """What a report tells of has its grade already."""
        return CorrectMentionForm if self.link.kind in OF_REPORTS else CorrectForm

    def get_initial(self) -> dict[str, Any]:
        """Show what holds now."""
        kept = ("basis", "grade_source", "assessment", "handling", "conditions", "since", "until", "note", "version")
        said = {name: getattr(self.link, name) for name in kept}
        readers = READERS if self.link.is_shared else BUREAU
        return said | {"evidence": self.link.evidence.reference if self.link.evidence else "", "readers": readers}

    def perform(self, **data: Any) -> Link:
        """Store it."""
        return correct_link(actor=self.request.user, link=self.link, **data)


class RefuseLink(LinkDecision):
    """Saying that what was suggested does not belong together."""

    form_class = WhyForm
    title = _("These do not belong together")
    button = _("Refuse it")
    done_message = _("Refused. It is suggested again only for another reason.")

    def perform(self, **data: Any) -> Link:
        """Refuse it."""
        return refuse_link(actor=self.request.user, link=self.link, **data)


class EndLink(LinkDecision):
    """Saying that a link does not hold."""

    form_class = WhyForm
    states = (LinkState.CONFIRMED,)
    title = _("This link does not hold")
    button = _("End it")
    done_message = _("The link is ended.")

    def perform(self, **data: Any) -> Link:
        """End it."""
        return end_link(actor=self.request.user, link=self.link, **data)


class AddLink(LeakChecked):
    """A new link. Something with a like name is offered before a second of it is added."""

    permission = Perm.LINK_INTELLIGENCE
    form_class: ClassVar[type[forms.Form]] = LinkForm
    title = _("Add a link")
    button = _("Add it")
    done_message = _("The link is added.")
    one: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Take the records and reports of which the user may know."""
        user = self.request.user
        known = {"known": known_to(user)}
        return known | ({"reports": InformationReport.objects.for_user(user, Perm.VIEW_REPORT)} if self.form_class is LinkForm else {})

    def records(self) -> list[Nominal]:
        """Return the record that the link is about."""
        return [self.one] if isinstance(self.one, Nominal) else []

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """Ask once whether it is one of those that are here."""
        data = form.cleaned_data
        found = [] if data["what"] == RECORD else alike(self.request.user, data["what"], data["name"], data["postcode"])
        if found:
            form.offer(found)  # type: ignore[attr-defined]
            chosen = self.request.POST.get("existing", "")
            if chosen not in {NEW, *(str(each.public_id) for each in found)}:
                form.add_error("existing", _("Say whether it is one of these"))
                return self.show(form, status=409)
        return super().hold_back(form)

    def perform(self, what: str, name: str, postcode: str, grid: str, record: Nominal | None = None, **data: Any) -> Link:
        """Link it with the record, with the one that was chosen, or with a new one."""
        actor, data = self.request.user, {"kind": LinkKind.TELLS_OF} | data
        chosen = self.request.POST.get("existing", NEW)
        if record is None and chosen != NEW:
            record = get_or_404(Entity.objects.for_user(actor).standing(), public_id=chosen)
        if record is not None:
            return link_things(actor=actor, one=self.one, other=record, **data)
        entity = {"kind": what, "name": name, "postcode": postcode, "grid": grid}
        return link_new_entity(actor=actor, one=self.one, entity=entity, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(back_url=back, cancel_url=back, **kwargs)


class LinkOfReport(AddLink):
    """What a report tells of; what stands in its words and is not linked yet is offered."""

    form_class = MentionForm
    title = _("What the report tells of")

    def load(self) -> None:
        """Find the report."""
        rows = InformationReport.objects.for_user(self.request.user, Perm.VIEW_REPORT)
        self.one = get_or_404(rows, public_id=self.kwargs["public_id"])
        self.marks = marks_not_linked(self.request.user, self.one)
        record_read(Verb.VIEWED, self.one, page=type(self).__name__)

    def get_initial(self) -> dict[str, Any]:
        """Fill in the mark that was asked for, by its place among those of the report: no number stands in an address."""
        asked = self.request.GET.get("mark", "")
        if not (asked.isdigit() and len(asked) < 4 and int(asked) < len(self.marks)):
            return {}
        mark = self.marks[int(asked)]
        return {"what": mark.kind, "name": mark.name, "postcode": mark.postcode}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the report."""
        return super().get_context_data(caption=self.one.reference, **kwargs)

    def get_success_url(self) -> str:
        """Back to the report."""
        return reverse("intelligence:report", args=[self.one.public_id])


class RecordKnown(Edge):
    """Finds a record of which the user may know: hidden and missing are the same to everybody, before any question of rights."""

    permission: ClassVar[Perm] = Perm.LINK_INTELLIGENCE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it."""
        if request.user.is_authenticated:
            self.record: Nominal = get_or_404(known_to(request.user).select_related("force"), reference=kwargs["reference"])
            authorise(request.user, self.permission, self.record)
        return super().dispatch(request, *args, **kwargs)


class LinkOfRecord(RecordKnown, AddLink):
    """A new link from a record."""

    def load(self) -> None:
        """Record that it was opened."""
        self.one = self.record
        record_read(Verb.VIEWED, self.record, page=type(self).__name__)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the record."""
        return super().get_context_data(caption=self.one.reference, **kwargs)

    def get_success_url(self) -> str:
        """Back to its links."""
        return reverse("intelligence:links-of-record", args=[self.one.reference])


class LinksOfRecord(RecordKnown, PageEdge):
    """What the bureau has linked with a record, as a picture and a table; with what is suggested, refused and ended."""

    permission = Perm.LINK_INTELLIGENCE
    template_name = "intelligence/links/of_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        user, record = self.request.user, self.record
        record_read(Verb.VIEWED, record, page=type(self).__name__)
        picture = picture_around(user, record, Perm.LINK_INTELLIGENCE)
        record_shown(type(self).__name__, picture.records())
        others = links_at(user, record, Perm.LINK_INTELLIGENCE).exclude(state=LinkState.CONFIRMED)
        shown = show_links(user, others, Perm.LINK_INTELLIGENCE)
        return super().get_context_data(record=record, picture=picture, network=drawn(picture), others=shown, **kwargs)


class NominalLinks(NominalPage):
    """What belongs to this person, as far as the bureau shares it and the case file tells it: two steps, each with source and grade."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/links/of_nominal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture."""
        picture = picture_around(self.request.user, self.nominal, Perm.VIEW_CASE_FILE)
        record_shown(type(self).__name__, picture.records())
        return super().get_context_data(picture=picture, network=drawn(picture), **kwargs)
