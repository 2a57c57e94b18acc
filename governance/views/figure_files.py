"""The annual figures and the indicators as files: with commas, as workbooks, on paper."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import override

from audit.choices import Verb
from audit.services import record_read
from audit.views import Edge
from disclosure.reports.practice import least_on
from governance.documents.figures import figures_paper
from governance.reports.figures import Question, figures_of, lines_of, shown
from governance.reports.indicators import indicators_of
from governance.rules.figures import Table, name_of
from governance.views.figures import Asked
from ui.languages import KEPT_IN
from ui.pdf import pdf_response
from ui.sheets import make_workbook, workbook_response
from ui.templatetags.ui import uk_date, uk_datetime

Head = list[tuple[str, str]]
LEAST = 5  # where the force has set no other: docs/decisions/0029


class FiguresFile(Asked, Edge):
    """The figures as a file: for the force, or for publication without small numbers."""

    name: ClassVar[str] = "figures"
    draw: ClassVar[Callable[[Question], list[Table]]] = staticmethod(figures_of)

    def asked(self) -> Question:
        """Return what is asked for; a link that asks for nothing there is must not bring other numbers."""
        linked = self.linked()[0]
        if linked is None and self.request.GET.keys() - {"for"}:
            raise Http404
        return linked or self.usual()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over in English, whoever asks, and record that."""
        question, is_public = self.asked(), request.GET.get("for") == "publication"
        least = (least_on(localdate()) or LEAST) if is_public else None
        record_read(Verb.EXPORTED, page=type(self).__name__, year=question.year, publication=is_public)
        name = f"{self.name}-{question.year}-{question.as_at}{'-publication' if is_public else ''}"
        with override(KEPT_IN):
            tables = shown(self.draw(question), least)
            return self.written(name, question, head_of(request.user.organisation.name, question, least), tables)

    def written(self, name: str, question: Question, head: Head, tables: list[dict[str, Any]]) -> HttpResponse:
        """Write lines with commas between."""
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Content-Type-Options": "nosniff"}
        response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
        csv.writer(response).writerows(lines_of(tables, head))
        return response


class AsWorkbook(FiguresFile):
    """Writes a workbook."""

    def written(self, name: str, question: Question, head: Head, tables: list[dict[str, Any]]) -> HttpResponse:
        """Write the same lines as a sheet."""
        return workbook_response(make_workbook(f"{self.name} {question.year}", lines_of(tables, head)), name)


class AsPaper(FiguresFile):
    """Writes a paper."""

    def written(self, name: str, question: Question, head: Head, tables: list[dict[str, Any]]) -> HttpResponse:
        """Draw it; what is published is marked as such."""
        is_public = self.request.GET.get("for") == "publication"
        return pdf_response(figures_paper(self.name, question, head, tables, self.request.user, is_public=is_public), name)


class FiguresWorkbook(AsWorkbook):
    """The annual figures as a workbook."""


class FiguresPaper(AsPaper):
    """The annual figures on paper."""


class IndicatorsFile(FiguresFile):
    """The indicators as a file for spreadsheets."""

    name = "indicators"
    years_back = 0
    draw = staticmethod(indicators_of)


class IndicatorsWorkbook(IndicatorsFile, AsWorkbook):
    """The indicators as a workbook."""


class IndicatorsPaper(IndicatorsFile, AsPaper):
    """The indicators on paper."""


def head_of(force: str, question: Question, least: int | None) -> Head:
    """Return what stands above the tables of a file."""
    head = [
        ("Force", force),
        ("Year", name_of(question.year)),
        ("As at", uk_date(question.as_at)),
        ("As known", uk_datetime(question.known)),
    ]
    return [*head, ("Hidden", f"Numbers below {least}, and those that would tell them")] if least else head
