"""Pages of the annual figures and the indicators: numbers, and the records behind each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import may
from accounts.errors import DomainError
from accounts.permissions import Perm
from actions.querysets import ActionQuerySet
from audit.choices import Verb
from audit.references import references_of
from audit.services import record_read
from audit.views import ListEdge, PageEdge
from governance.forms.figures import AskedForm, CellForm, FiguresForm
from governance.guards.figures import require_askable
from governance.reports.figures import (
    Question,
    closed_in,
    figures_of,
    shown,
    split,
)
from governance.reports.indicators import indicators_of, shares, split_actions
from governance.reports.ledger import present_moment
from governance.rules.figures import TOTAL, Entry, Table, last_of, name_of, year_of
from governance.rules.ledger import end_of
from offenders.querysets import NominalQuerySet
from ui.charts import Bar, bars
from ui.languages import in_reader_words

LONGEST_WRITE = timedelta(minutes=15)  # longer than any request or task may run


class Asked:
    """Reads which figures are wanted: by the form, or by the link of a page, which names the very moment."""

    permission: ClassVar[Perm] = Perm.VIEW_FIGURES
    years_back: ClassVar[int] = 1  # which year is shown until another is asked for: the last one that is over, or the one that runs
    request: HttpRequest

    @cached_property
    def present(self) -> tuple[datetime, bool]:
        """The present moment, and whether what is known by then is settled."""
        return present_moment()

    def is_settled(self, question: Question) -> bool:
        """Say whether nobody can still be writing what counts as known at the moment that is asked about."""
        moment, is_settled = self.present
        return is_settled or question.known < moment - LONGEST_WRITE

    def usual(self, year: int | None = None) -> Question:
        """Return what is shown until something else is asked, as known now."""
        today = localdate()
        year = year_of(today) - self.years_back if year is None else year
        return Question(self.request.user.organisation_id, year, min(last_of(year), today), self.present[0])

    def linked(self, form_class: type[AskedForm] = AskedForm) -> tuple[Question | None, dict[str, Any]]:
        """Return what a link asks for, and the rest of its words; None where it asks for nothing that there is."""
        form = form_class(self.request.GET)
        if not form.is_valid():
            return None, {}
        data = form.cleaned_data
        question = Question(self.request.user.organisation_id, data.pop("year"), data.pop("on"), data.pop("moment"))
        try:
            self.check(question)
        except DomainError:
            return None, {}
        return question, data

    def check(self, question: Question) -> None:
        """Refuse what nobody can know."""
        require_askable(year=question.year, as_at=question.as_at, known=question.known, today=localdate(), now=self.present[0])


def words_of(question: Question) -> str:
    """Return a question as links write it."""
    moment = question.known.strftime("%Y-%m-%dT%H:%M:%S.%f%z")
    return urlencode({"year": question.year, "on": question.as_at.isoformat(), "moment": moment})


class AskedPage(Asked, PageEdge):
    """A page of tables of a year, as at a day, as known at a moment, with the form that asks for others."""

    def tables(self, question: Question) -> list[Table]:
        """Return the tables."""
        raise NotImplementedError

    def drawing(self, tables: list[Table]) -> list[Bar]:
        """Return a drawing of them."""
        raise NotImplementedError

    def counted(self, question: Question) -> dict[str, Any]:
        """Count, and keep only what is shown: a form with a mistake holds on to its caller, and to all that its caller holds."""
        tables = self.tables(question)
        return {"tables": shown(tables), "bars": self.drawing(tables)}

    def ask(self) -> tuple[FiguresForm, Question]:
        """Return the form and what it asks for; with a mistake in it, what is usual."""
        this_year = year_of(localdate())
        if linked := self.linked()[0]:
            return FiguresForm(this_year=this_year, initial={"year": linked.year, "as_at": linked.as_at}), linked
        if not self.request.GET:
            usual = self.usual()
            return FiguresForm(this_year=this_year, initial={"year": usual.year}), usual
        form = FiguresForm(self.request.GET, this_year=this_year)
        if not form.is_valid():
            return form, self.usual()
        usual, data = self.usual(form.cleaned_data["year"]), form.cleaned_data
        known = min(end_of(data["known_on"]), usual.known) if data["known_on"] and data["known_on"] <= localdate() else usual.known
        question = Question(usual.force, usual.year, data["as_at"] or usual.as_at, known)
        try:
            self.check(question)
            if data["known_on"] and data["known_on"] > localdate():
                raise DomainError("Nobody knows what will be recorded: choose today or an earlier day.", field="known_on")
        except DomainError as error:
            form.add_error(error.field, in_reader_words(self.request, error))
            return form, usual
        return form, question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count."""
        form, question = self.ask()
        record_read(Verb.LISTED, page=type(self).__name__, year=question.year, as_at=question.as_at.isoformat())
        return super().get_context_data(
            form=form,
            question=question,
            year_name=name_of(question.year),
            runs=question.as_at < last_of(question.year),
            asked=words_of(question),
            is_settled=self.is_settled(question),
            **self.counted(question),
            **kwargs,
        )


class FiguresPage(AskedPage):
    """The annual figures."""

    template_name = "governance/figures/figures.html"

    def tables(self, question: Question) -> list[Table]:
        """Return the annual figures."""
        return figures_of(question)

    def drawing(self, tables: list[Table]) -> list[Bar]:
        """Draw the people in the community."""
        community = tables[0]
        return bars([(gettext(name), community.number(row, TOTAL)) for row, name in community.shape.rows])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the closed years."""
        user = self.request.user
        return super().get_context_data(closed=closed_in(user.organisation), may_close=may(user, Perm.CLOSE_FIGURES), **kwargs)


class IndicatorsPage(AskedPage):
    """The quarterly indicators."""

    template_name = "governance/figures/indicators.html"
    years_back = 0

    def tables(self, question: Question) -> list[Table]:
        """Return the indicators."""
        return indicators_of(question)

    def drawing(self, tables: list[Table]) -> list[Bar]:
        """Draw how many were in time."""
        return bars([(gettext(name), share) for name, share in shares(tables)], most=100, words=gettext("%(number)s in 100"))


class NumberRows(Asked, ListEdge):
    """What one number counts."""

    question: Question
    table: Table
    cell: tuple[str, str]

    def tables(self, question: Question) -> list[Table]:
        """Return the tables in which the number stands."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the number; without a link the total of the first table of what is usual."""
        if may(request.user, self.permission):
            question, cell = self.linked(CellForm) if request.GET else (self.usual(), {"row": TOTAL, "column": TOTAL})
            if question is None or not self.find(question, cell):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def find(self, question: Question, cell: dict[str, str]) -> bool:
        """Find the table and the cell."""
        tables = {table.shape.code: table for table in self.tables(question)}
        code = cell.get("table", next(iter(tables)))
        if code not in tables:
            return False
        self.question, self.table, self.cell = question, tables[code], (cell["row"], cell["column"])
        rows, columns = dict(self.table.all_rows), dict(self.table.all_columns)
        if cell["row"] not in rows or cell["column"] not in columns:
            return False
        self.row_name, self.column_name = gettext(rows[cell["row"]]), gettext(columns[cell["column"]])
        return True

    @property
    def entries(self) -> list[Entry]:
        """What it counts."""
        return self.table.entries(*self.cell)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which number it is, and how many it counts that are not named."""
        context = super().get_context_data(**kwargs)
        named = {"title": gettext(self.table.shape.title), "row_name": self.row_name, "column_name": self.column_name}
        asked = {"question": self.question, "year_name": name_of(self.question.year), "asked": words_of(self.question)}
        return {**context, **named, **asked, "number": len(self.entries), "others": self.others}


class FiguresRows(NumberRows):
    """The records that a number of the annual figures counts, as far as the user may know them in this respect."""

    template_name = "governance/figures/rows.html"

    def tables(self, question: Question) -> list[Table]:
        """Return the annual figures."""
        return figures_of(question)

    def rows(self) -> NominalQuerySet:
        """Return those that the user may know."""
        found, self.others = split(self.request.user, self.table.shape.perm, self.entries)
        return found.select_related("unit", "offender_manager")


class IndicatorRows(NumberRows):
    """The actions that a number of the indicators counts, as far as the user may see them."""

    template_name = "governance/figures/indicator_rows.html"
    years_back = 0

    def tables(self, question: Question) -> list[Table]:
        """Return the indicators."""
        return indicators_of(question)

    def rows(self) -> ActionQuerySet:
        """Return those that the user may see."""
        found, self.others = split_actions(self.request.user, self.entries)
        return found.select_related("owner", "owner_unit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reference of each record."""
        context = super().get_context_data(**kwargs)
        references = references_of(row.nominal for row in context["rows"])
        return context | {"listed": [(row, references.get(row.nominal or 0, "")) for row in context["rows"]]}
