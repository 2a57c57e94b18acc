"""Pages of what was sent: the certificate, copies and scripts, withdrawing, breaches of data, and what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge, FormEdge, PageEdge, get_or_404
from sharing.choices.decisions import Channel
from sharing.forms.releases import BreachForm, CloseBreachForm, ConfirmedForm, CopiesForm, OutcomeForm, TellingForm, WithdrawForm
from sharing.models import DataBreach, PaperCopy, Release, Telling
from sharing.reports.chosen import contents_for
from sharing.reports.releases import calibration, whole
from sharing.services import aftermath, handing_over
from sharing.services.releases import withdraw_release
from ui.pdf import pdf_response


class OneRelease:
    """Finds a release on which the user holds the permission of the page."""

    permission: ClassVar[Perm] = Perm.DECIDE_SHARING
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Release:
        """Return it; any other is not there. That it was opened is recorded."""
        rows = whole(Release.objects.for_user(self.request.user, self.permission))
        release: Release = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, release, page=type(self).__name__)
        return release

    def get_success_url(self) -> str:
        """Back to the release."""
        return reverse("sharing:release", args=[self.kwargs["public_id"]])


class ReleasePage(OneRelease, PageEdge):
    """What left, when, to whom, why, under which power; who read it, what they did, what came of it."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/releases/release.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may read and do."""
        user, release = self.request.user, self.find()
        return super().get_context_data(
            release=release,
            contents=contents_for(user, release),
            telling=Telling.objects.for_user(user).filter(release=release).select_related("by").first(),
            may_decide=may(user, Perm.DECIDE_SHARING, release),
            may_close=may(user, Perm.MANAGE_AGREEMENTS, release),
            is_paper=release.channel == Channel.PAPER,
            is_spoken=release.channel == Channel.SPOKEN,
            **kwargs,
        )


class ReleaseFormEdge(OneRelease, FormEdge):
    """A form about one release."""

    template_name = "ui/form_page.html"

    def load(self) -> None:
        """Find it."""
        self.release = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.release.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = self.get_success_url()
        return super().get_context_data(**{"caption": self.release.reference, "back_url": back, "cancel_url": back, **kwargs})


class Withdraw(ReleaseFormEdge):
    """Takes back what was shared."""

    form_class = WithdrawForm
    template_name = "sharing/releases/withdraw.html"
    title = _("Withdraw it")
    button = _("Withdraw it now")
    done_message = _("Withdrawn. The recipient sees nothing of it any more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who has read what, and that it cannot be undone."""
        return super().get_context_data(**{"release": self.release, "danger": True, **kwargs})

    def version(self) -> int:
        """Return the version that is stored now."""
        self.release.refresh_from_db(fields=["version"])
        return self.release.version

    def perform(self, **data: Any) -> Release:
        """Do it."""
        return withdraw_release(actor=self.request.user, release=self.release, **data)


class IssueCopies(ReleaseFormEdge):
    """Makes numbered copies on paper."""

    form_class = CopiesForm
    title = _("Make numbered copies")
    button = _("Make them")
    done_message = _("Made. Print each from the page below.")

    def perform(self, **data: Any) -> list[PaperCopy]:
        """Make them."""
        return handing_over.issue_copies(actor=self.request.user, release=self.release, **data)


class PrintCopy(Edge):
    """The file of a numbered copy."""

    permission = Perm.DECIDE_SHARING
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over and record that."""
        rows = PaperCopy.objects.for_user(request.user, self.permission).select_related("release__decision", "by")
        copy: PaperCopy = get_or_404(rows, public_id=kwargs["public_id"])
        if copy.release.withdrawn_at is not None:
            raise Http404
        printed, file = handing_over.print_copy(actor=request.user, copy=copy)
        return pdf_response(file, f"{printed.release.reference}-copy-{printed.number}")


class Script(OneRelease, PageEdge):
    """The words to say, and how what was said must be kept."""

    template_name = "sharing/releases/script.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them, for something that is spoken and stands."""
        release = self.find()
        if release.channel != Channel.SPOKEN or release.withdrawn_at is not None:
            raise Http404
        return super().get_context_data(release=release, contents=contents_for(self.request.user, release), **kwargs)


class RecordTelling(ReleaseFormEdge):
    """Records that it was said."""

    form_class = TellingForm
    title = _("Record what was said")
    done_message = _("Recorded.")

    def perform(self, **data: Any) -> Telling:
        """Store it."""
        return handing_over.record_telling(actor=self.request.user, release=self.release, **data)


class ConfirmByHand(ReleaseFormEdge):
    """Records that the recipient of a paper confirmed the handling."""

    form_class = ConfirmedForm
    title = _("The recipient confirmed the handling")
    done_message = _("Recorded.")

    def perform(self, **data: Any) -> Release:
        """Store it."""
        return handing_over.acknowledge_by_hand(actor=self.request.user, release=self.release, **data)


class ReportBreach(ReleaseFormEdge):
    """Says that what was shared is where it should not be."""

    form_class = BreachForm
    title = _("It went to the wrong place")
    button = _("Report the breach")
    done_message = _("Reported. It is withdrawn, and data protection has been asked to look at it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows."""
        intro = _("Reporting it withdraws what was shared at once, and gives data protection a clock of 24 hours.")
        return super().get_context_data(**{"intro": intro, "danger": True, **kwargs})

    def perform(self, **data: Any) -> DataBreach:
        """Store it."""
        return aftermath.report_breach(actor=self.request.user, release=self.release, **data)


class CloseBreach(FormEdge):
    """Data protection's outcome, and what was learned."""

    permission = Perm.MANAGE_AGREEMENTS
    form_class = CloseBreachForm
    template_name = "sharing/releases/close_breach.html"
    title = _("Close the breach of data")
    button = _("Close it")
    done_message = _("Closed.")

    def load(self) -> None:
        """Find it."""
        rows = DataBreach.objects.for_user(self.request.user, self.permission).select_related("release__decision", "by")
        self.breach: DataBreach = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, self.breach, page=type(self).__name__)

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.breach.version}

    def version(self) -> int:
        """Return the version that is stored now."""
        self.breach.refresh_from_db(fields=["version"])
        return self.breach.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was reported, and the way back."""
        back = self.get_success_url()
        return super().get_context_data(
            **{"breach": self.breach, "caption": self.breach.release.reference, "back_url": back, "cancel_url": back, **kwargs}
        )

    def perform(self, **data: Any) -> DataBreach:
        """Close it."""
        return aftermath.close_breach(actor=self.request.user, breach=self.breach, **data)

    def get_success_url(self) -> str:
        """Back to the release."""
        return reverse("sharing:release", args=[self.breach.release.public_id])


class RecordOutcome(ReleaseFormEdge):
    """Records what came of sharing."""

    form_class = OutcomeForm
    title = _("What came of it")
    done_message = _("Recorded.")

    def get_initial(self) -> dict[str, Any]:
        """Nothing is chosen beforehand."""
        return {}

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return aftermath.record_outcome(actor=self.request.user, release=self.release, **data)


class CalibrationPage(PageEdge):
    """How well the unit's decisions foresaw what came, in counts."""

    permission = Perm.ALLOCATE_RECORD
    template_name = "sharing/releases/calibration.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts."""
        record_read(Verb.LISTED, page=type(self).__name__)
        return super().get_context_data(rows=calibration(self.request.user), **kwargs)
