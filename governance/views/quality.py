"""The board of the quality of data: what records lack, and where it is set right. It stops nobody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.timezone import localdate

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ListEdge, PageEdge
from governance.reports.quality import Narrowed, board_of, rows_of
from governance.rules.quality import BY_CODE, explained
from offenders.querysets import NominalQuerySet


def narrowed_by(request: HttpRequest) -> Narrowed:
    """Return of which unit or manager the address asks."""
    keys = {name: int(text) for name in ("unit", "manager") if (text := request.GET.get(name, "")).isdecimal() and len(text) < 19}
    return Narrowed(**keys)


class QualityBoard(PageEdge):
    """What the records of whoever looks lack, by rule, unit and manager."""

    permission = Perm.VIEW_QUALITY
    template_name = "governance/quality/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count."""
        record_read(Verb.LISTED, page=type(self).__name__)
        narrowed = narrowed_by(self.request)
        board = board_of(self.request.user, localdate(), narrowed)
        return super().get_context_data(board=board, is_narrowed=narrowed != Narrowed(), **kwargs)


class QualityRows(ListEdge):
    """The records that one rule finds, each with the page on which it is set right."""

    permission = Perm.VIEW_QUALITY
    template_name = "governance/quality/rows.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the rule."""
        if kwargs["code"] not in BY_CODE:
            raise Http404
        self.rule = BY_CODE[kwargs["code"]]
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> NominalQuerySet:
        """Return them, of one unit or manager where asked."""
        return rows_of(self.rule, self.request.user, localdate(), narrowed_by(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why it is asked."""
        return super().get_context_data(rule=self.rule, why=explained(self.rule, localdate()), **kwargs)
