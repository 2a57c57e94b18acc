"""Pages of briefings."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, ListEdge, PageEdge, get_or_404
from intelligence.documents.briefings import briefing_paper
from intelligence.forms.briefings import BriefingForm, RecipientsForm
from intelligence.models import Briefing
from intelligence.reports.briefings import releases_about, reports_in
from intelligence.services.briefings import add_recipients, confirm_reading, end_briefing, make_briefing
from offenders.forms.custody import WhyForm
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm
from ui.pdf import pdf_response


class NominalBriefings(NominalPage):
    """Packs that were made about this person, and who received them."""

    permission = Perm.VIEW_BRIEFING
    template_name = "intelligence/briefings/of_nominal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the packs."""
        rows = Briefing.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related("made_by")
        return super().get_context_data(briefings=rows.prefetch_related("recipients__user"), today=localdate(), **kwargs)


class BriefingRecordForm(RecordForm):
    """A form that leads back to the packs of this record."""

    back = "intelligence:nominal-briefings"


class MakeBriefing(BriefingRecordForm):
    """Make a pack."""

    form_class = BriefingForm
    title = _("Brief investigators")
    button = _("Make the briefing")
    done_message = _("The briefing has been made. Its readers have been told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose colleagues may receive it, and which intelligence there is."""
        return {"actor": self.request.user, "releases": releases_about(self.request.user, self.nominal)}

    def perform(self, **data: Any) -> Briefing:
        """Make it."""
        return make_briefing(actor=self.request.user, nominal=self.nominal, **data)


class OneBriefingForm(BriefingRecordForm):
    """A form about one pack of this record."""

    def load(self) -> None:
        """Find it."""
        rows = Briefing.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.briefing = get_or_404(rows.select_related("nominal"), public_id=self.kwargs["public_id"])


class GiveBriefing(OneBriefingForm):
    """Give a pack to more people."""

    form_class = RecipientsForm
    title = _("Give the briefing to more people")
    button = _("Give it")
    done_message = _("Given. Its new readers have been told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose colleagues may receive it."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> Briefing:
        """Give it."""
        return add_recipients(actor=self.request.user, briefing=self.briefing, **data)


class EndBriefing(OneBriefingForm):
    """Close a pack."""

    form_class = WhyForm
    title = _("End the briefing")
    button = _("End it")
    done_message = _("From now its readers cannot open it.")

    def perform(self, **data: Any) -> Briefing:
        """End it."""
        return end_briefing(actor=self.request.user, briefing=self.briefing, **data)


class BriefingList(ListEdge):
    """Packs that were made for the reader."""

    permission = Perm.VIEW_BRIEFING
    template_name = "intelligence/briefings/list.html"

    def rows(self) -> QuerySet:
        """Packs in which the user is named."""
        rows = Briefing.objects.for_user(self.request.user).filter(recipients__user=self.request.user)
        return rows.select_related("nominal", "made_by").order_by("-pk")


class BriefingOfReader:
    """Finds a pack that the user may read."""

    permission = Perm.VIEW_BRIEFING

    def find(self, request: HttpRequest, public_id: Any) -> Briefing:
        """Return the pack; hidden and missing are both 404."""
        rows = Briefing.objects.for_user(request.user).select_related("nominal", "made_by")
        return get_or_404(rows, public_id=public_id)


class BriefingPage(BriefingOfReader, PageEdge):
    """A pack on the screen; opening it is the receipt."""

    template_name = "intelligence/briefings/briefing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pack and note that it was read."""
        briefing = self.find(self.request, kwargs["public_id"])
        record_read(Verb.VIEWED, briefing, page=type(self).__name__)
        confirm_reading(actor=self.request.user, briefing=briefing)
        may_open = may(self.request.user, Perm.VIEW_BRIEFING, briefing.nominal)
        reports = reports_in(self.request.user, briefing)
        return super().get_context_data(briefing=briefing, reports=reports, may_open=may_open, **kwargs)


class BriefingPaper(BriefingOfReader, Edge):
    """A pack on paper."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponseBase:
        """Print it and record that."""
        briefing = self.find(request, public_id)
        record_read(Verb.PRINTED, briefing, page=type(self).__name__)
        paper = briefing_paper(briefing, reports_in(request.user, briefing), request.user, now())
        return pdf_response(paper, f"briefing-{briefing.nominal.reference}-{briefing.pk}")
