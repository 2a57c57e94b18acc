"""Pages of notices: telling the manager, reading and answering, and following what one reported."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from offenders.cards import read_card
from offenders.forms.notices import AnswerForm, TellManagerForm
from offenders.models import Notice
from offenders.services.notices import answer_notice, tell_manager
from offenders.views.changes import RecordForm


class TellManager(RecordForm):
    """Tell the offender manager that the person came to notice: from the card in one go."""

    permission = Perm.TELL_MANAGER
    form_class = TellManagerForm
    template_name = "offenders/notice_new.html"
    title = _("Came to notice")
    button = _("Tell the offender manager")
    done_message = _("The offender manager was told. The answer will show under “What I reported”.")
    back = "offenders:card"

    def perform(self, **data: Any) -> Notice:
        """Tell."""
        return tell_manager(actor=self.request.user, nominal=self.nominal, **data)


class NoticeList(ListEdge):
    """What the user reported, and what came of it."""

    permission = Perm.TELL_MANAGER
    template_name = "offenders/notice_list.html"

    def rows(self) -> QuerySet[Notice]:
        """Return the user's own reports."""
        return Notice.objects.for_user(self.request.user, Perm.TELL_MANAGER).select_related("nominal", "answered_by")


class NoticePage(FormEdge):
    """One notice: whoever works on the record answers it, whoever reported it reads the answer."""

    permission = Perm.TELL_MANAGER
    form_class = AnswerForm
    template_name = "offenders/notice.html"
    title = _("Came to notice")
    button = _("Send the answer")
    done_message = _("The answer has been sent.")

    def load(self) -> None:
        """Find the notice among those to answer and one's own."""
        user = self.request.user
        rows = Notice.objects.for_user(user) | Notice.objects.for_user(user, Perm.TELL_MANAGER)
        people = ("nominal__unit", "nominal__force", "nominal__offender_manager", "reported_by", "answered_by")
        self.notice = get_or_404(rows.select_related(*people), public_id=self.kwargs["public_id"])
        self.may_answer = may(user, Perm.ANSWER_NOTICE, self.notice)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show, and record that it was read."""
        response = super().get(request, *args, **kwargs)
        record_read(Verb.VIEWED, self.notice, page="NoticePage")
        return response

    def perform(self, answer: str) -> Notice:
        """Answer."""
        return answer_notice(actor=self.request.user, notice=self.notice, answer=answer)

    def get_success_url(self) -> str:
        """Return the notice with its answer."""
        return reverse("offenders:notice", args=[self.notice.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the notice; the person's name only for whoever may answer."""
        card = read_card(self.notice.nominal, localdate()) if self.may_answer else None
        return super().get_context_data(notice=self.notice, nominal=self.notice.nominal, may_answer=self.may_answer, card=card, **kwargs)
