"""Pages of what agencies tell: events for the unit, intelligence for the bureau."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.forms.information import VersionForm
from sharing.forms.news import ConsentForm, NewsRecordForm, OutcomeForm
from sharing.models import PartnerNews
from sharing.rules.news import State
from sharing.services import news as services

PEOPLE = ("agency", "unit", "taken_by", "closed_by", "nominal", "release", "report")


class NewsList(ListEdge):
    """Events of the queue, newest first: all that wait, or those that were dealt with."""

    permission = Perm.VIEW_REQUEST
    template_name = "sharing/news/list.html"
    page_route: ClassVar[str] = "sharing:news"
    list_route: ClassVar[str] = "sharing:news-list"
    title: ClassVar[str] = _("News of agencies")

    def rows(self) -> QuerySet:
        """Return them."""
        rows = PartnerNews.objects.for_user(self.request.user, self.permission).select_related(*PEOPLE).order_by("-pk")
        return rows.filter(state=State.CLOSED) if self.is_closed else rows.waiting()

    @property
    def is_closed(self) -> bool:
        """Whether those that were dealt with are asked for."""
        return self.request.GET.get("show") == "closed"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which are shown, and where each opens."""
        where = {"page_route": self.page_route, "list_route": self.list_route, "title": self.title}
        return super().get_context_data(is_closed=self.is_closed, **where, **kwargs)


class IntelligenceList(NewsList):
    """Intelligence that agencies gave, for the bureau."""

    permission = Perm.VIEW_REPORT
    page_route = "sharing:intelligence"
    list_route = "sharing:intelligence-list"
    title = _("Intelligence of agencies")


class OneNews:
    """Finds news that the user reads with the permission of the page."""

    permission: ClassVar[Perm] = Perm.ANSWER_REQUEST
    page_route: ClassVar[str] = "sharing:news"
    list_route: ClassVar[str] = "sharing:news-list"
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> PartnerNews:
        """Return it; any other is not there. That it was opened is recorded, with the record that was found."""
        rows = PartnerNews.objects.for_user(self.request.user, self.permission).select_related(*PEOPLE)
        news: PartnerNews = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, news, page=type(self).__name__)
        return news

    def get_success_url(self) -> str:
        """Back to the news."""
        return reverse(self.page_route, args=[self.kwargs["public_id"]])


class NewsPage(OneNews, PageEdge):
    """One event, word for word, and what was done about it."""

    permission = Perm.VIEW_REQUEST
    template_name = "sharing/news/news.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may do next."""
        news = self.find()
        return super().get_context_data(
            news=news, is_open=news.state != State.CLOSED, is_able=may(self.request.user, Perm.ANSWER_REQUEST, news),
            list_url=reverse(self.list_route), **kwargs,
        )  # fmt: skip


class OfBureau:
    """News that the bureau reads."""

    permission = Perm.VIEW_REPORT
    page_route = "sharing:intelligence"
    list_route = "sharing:intelligence-list"


class IntelligencePage(OfBureau, NewsPage):
    """Intelligence that an agency gave, and the report that it became."""

    template_name = "sharing/news/intelligence.html"


class NewsAct(OneNews, ActEdge):
    """A button on news, for the version that the user saw."""

    def version(self) -> int:
        """Return that version; 0 stands for none."""
        form = VersionForm(self.request.POST)
        return form.cleaned_data["version"] if form.is_valid() else 0


class TakeNews(NewsAct):
    """Takes an event for the user's unit."""

    done_message = _("Yours now. Say which record it is about.")

    def perform(self) -> None:
        """Take it."""
        services.take_news(actor=self.request.user, news=self.find(), version=self.version())


class TurnIntoReport(OfBureau, NewsAct):
    """Makes a draft of an intelligence report of it."""

    done_message = _("A draft of a report was made. Finish and send it; somebody else evaluates it.")

    def perform(self) -> None:
        """Make it."""
        self.report = services.turn_into_report(actor=self.request.user, news=self.find(), version=self.version())

    def get_success_url(self) -> str:
        """On to the draft where there is one."""
        if hasattr(self, "report"):
            return reverse("intelligence:report-write", args=[self.report.public_id])
        return super().get_success_url()


class NewsFormEdge(OneNews, FormEdge):
    """A form about news."""

    def load(self) -> None:
        """Find it."""
        self.news = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.news.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.news.refresh_from_db(fields=["version"])
        return self.news.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse(self.page_route, args=[self.news.public_id])
        return super().get_context_data(**{"caption": self.news.reference, "back_url": back, "cancel_url": back, **kwargs})


class LinkNews(NewsFormEdge):
    """Saying which record an event is about."""

    form_class = NewsRecordForm
    title = _("Find the record")
    button = _("Save and tell the offender manager")
    done_message = _("Saved. The offender manager was told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose records they are."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> PartnerNews:
        """Store it."""
        return services.link_news(actor=self.request.user, news=self.news, **data)


class CloseNews(NewsFormEdge):
    """Saying what was done about an event."""

    form_class = OutcomeForm
    title = _("Say what was done")
    button = _("Save and close")
    done_message = _("Closed.")

    def perform(self, **data: Any) -> PartnerNews:
        """Close it."""
        return services.close_news(actor=self.request.user, news=self.news, perm=self.permission, **data)


class CloseIntelligence(OfBureau, CloseNews):
    """Saying why no report comes of intelligence."""

    title = _("Close it without a report")


class RecordConsent(OfBureau, NewsFormEdge):
    """Keeping whether the agency lets its intelligence go on."""

    form_class = ConsentForm
    title = _("Consent of the agency")
    done_message = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is kept; nothing is chosen before somebody asked."""
        kept = {name: getattr(self.news, name) for name in ("asked_on", "answered_on", "consent_words")}
        return super().get_initial() | kept | ({"consent": self.news.consent} if self.news.asked_on else {})

    def perform(self, **data: Any) -> PartnerNews:
        """Keep it."""
        return services.record_consent(actor=self.request.user, news=self.news, **data)
