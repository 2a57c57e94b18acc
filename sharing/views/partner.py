"""Pages of an agency: what was shared with it, accepting how it is handled, and saying what was done."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, PageEdge, get_or_404
from sharing.forms.releases import DoneForm
from sharing.models import AgencyAction, Agreement, Release
from sharing.reports.shared import as_shared
from sharing.services.receiving import acknowledge_release, open_release, report_action


class SharedList(ListEdge):
    """What was shared with the user's agency and stands; a banner where an agreement no longer holds."""

    permission = Perm.VIEW_SHARED
    template_name = "sharing/partner/list.html"

    def rows(self) -> QuerySet:
        """Return it, newest first. No row names anybody."""
        return Release.objects.for_user(self.request.user, self.permission).select_related("force").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add forces with which no agreement holds any more."""
        agreements = Agreement.objects.for_user(self.request.user, Perm.VIEW_AGREEMENT)
        holding = agreements.in_force().values("force")
        begun = agreements.filter(period__startswith__lte=localdate()).exclude(force__in=holding)
        ended = sorted(set(begun.values_list("force__name", flat=True)))
        return super().get_context_data(ended=ended, **kwargs)


class OneShared:
    """Finds a release that stands for the user's agency; one that ended, was withdrawn or is somebody else's is not there."""

    permission = Perm.VIEW_SHARED
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Release:
        """Return it."""
        release: Release = get_or_404(
            Release.objects.for_user(self.request.user, Perm.VIEW_SHARED).select_related("force", "decision"),
            public_id=self.kwargs["public_id"],
        )
        return release

    def get_success_url(self) -> str:
        """Back to it."""
        return reverse("sharing:shared", args=[self.kwargs["public_id"]])


class SharedPage(OneShared, PageEdge):
    """One release: first how it must be handled; its content once that is accepted. Each opening is recorded."""

    template_name = "sharing/partner/shared.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Note the opening and show it."""
        user, release = self.request.user, self.find()
        open_release(actor=user, release=release)
        record_read(Verb.VIEWED, release, page=type(self).__name__)
        done = AgencyAction.objects.for_user(user, Perm.VIEW_SHARED).filter(release=release).select_related("by")
        return super().get_context_data(shared=as_shared(release), done=done, may_tell=may(user, Perm.TELL_POLICE), **kwargs)


class AcceptShared(OneShared, ActEdge):
    """Accepts how it must be handled."""

    done_message = _("Accepted. The content is open now.")

    def perform(self) -> Release:
        """Do it."""
        return acknowledge_release(actor=self.request.user, release=self.find())


class SayDone(OneShared, FormEdge):
    """Says what the agency did."""

    form_class = DoneForm
    title = _("What was done")
    done_message = _("The police were told.")

    def load(self) -> None:
        """Find it."""
        self.release = self.find()
        record_read(Verb.VIEWED, self.release, page=type(self).__name__)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.release.reference, "back_url": back, "cancel_url": back, **kwargs})

    def perform(self, **data: Any) -> AgencyAction:
        """Tell the police."""
        return report_action(actor=self.request.user, release=self.release, **data)
