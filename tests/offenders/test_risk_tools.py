"""The tools that the service starts with: each takes what its data say, and nothing else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from accounts.errors import DomainError
from offenders.choices.risk import FieldKind
from offenders.models import Assessment, AssessmentTool, InformationSource, ToolField
from offenders.rules.risk import check_scores, levels_of, score_field
from offenders.services.assessments import save_assessment, start_assessment
from tests.factories import make_nominal
from tests.offenders.making_risk import a_tool, good_answer, good_content, make_assessment

pytestmark = pytest.mark.django_db
CODES = {"arms", "osp-c", "osp-i", "rm2000-s", "rm2000-v", "rm2000-c", "oasys-rosh", "sara", "other"}


def test_the_tools_and_sources_are_there():
    assert set(AssessmentTool.objects.values_list("code", flat=True)) == CODES
    assert InformationSource.objects.count() > 10


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_tool_takes_each_end_of_its_ranges_and_nothing_beyond(code):
    form = a_tool(code).form
    good = {field.code: good_answer(field) for field in form}
    assert check_scores(form, good, is_final=True) == []
    for field in form:
        inside, outside = {
            FieldKind.NUMBER: ([field.lowest, field.highest], [(field.lowest or 0) - 1, (field.highest or 0) + 1, True, "1"]),
            FieldKind.CHOICE: (field.options, ["Something else"]),
            FieldKind.LEVEL: (levels_of(field), [0, (field.highest or 4) + 1, "3"]),
            FieldKind.TEXT: (["x", "x" * 200], ["x" * 201, 5]),
        }[field.kind]
        assert all(not check_scores(form, good | {field.code: value}, is_final=True) for value in inside)
        for value in outside:
            [(name, words)] = check_scores(form, good | {field.code: value}, is_final=False)
            assert name == score_field(field.code)
            assert field.kind != FieldKind.NUMBER or f"from {field.lowest} to {field.highest}" in words


def test_a_score_out_of_range_is_refused_even_in_a_draft():
    nominal = make_nominal()
    officer, tool = nominal.offender_manager, a_tool("rm2000-s")
    row = start_assessment(actor=officer, nominal=nominal, tool=tool, assessed_on=localdate(), occasion="first")
    with pytest.raises(DomainError, match="from 0 to 6") as error:
        save_assessment(actor=officer, assessment=row, version=1, **good_content(tool, scores={"points": 7}))
    assert error.value.field == "score_points"
    assert save_assessment(actor=officer, assessment=row, version=1, **good_content(tool, scores={"points": 6})).scores == {"points": 6}


def test_a_retired_tool_starts_nothing_new_and_keeps_its_old_answers():
    nominal = make_nominal()
    old = make_assessment(nominal, "superseded", "rm2000-c")
    tool = a_tool("rm2000-c")
    tool.period = DateRange(tool.period.lower, date(2020, 1, 1))
    tool.save()
    with pytest.raises(DomainError) as error:
        start_assessment(actor=nominal.offender_manager, nominal=nominal, tool=tool, assessed_on=localdate(), occasion="first")
    assert error.value.field == "tool"
    newer = AssessmentTool.objects.create(code=tool.code, name="Another form", source="Test", period=DateRange(date(2020, 1, 1), None))
    ToolField.objects.create(tool=newer, position=1, code="points", name="Points", kind="number", lowest=0, highest=99)
    assert [field.highest for field in Assessment.objects.get(pk=old.pk).tool.form] == [6, None]


def test_two_forms_of_a_tool_are_never_in_use_at_once():
    with pytest.raises(IntegrityError, match="assessment_tools_do_not_overlap"), transaction.atomic():
        AssessmentTool.objects.create(code="arms", name="Again", source="Test", period=DateRange(date(2026, 1, 1), None))


def test_a_form_in_use_is_fixed_by_the_database():
    field = a_tool("osp-c").fields.first()
    field.highest = 65
    field.save()
    make_assessment(make_nominal(), "draft", "osp-c")
    for act in (field.delete, field.save, lambda: ToolField.objects.create(tool=field.tool, position=9, code="x", name="x", kind="text")):
        with pytest.raises(IntegrityError, match="in use"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "number", "lowest": 5, "highest": 4},
        {"kind": "number", "lowest": None, "highest": 4},
        {"kind": "choice"},
        {"kind": "text", "options": ["a"]},
        {"kind": "text", "gives_level": True},
    ],
)
def test_a_field_says_what_it_takes(values):
    with pytest.raises(IntegrityError, match="tool_field_"), transaction.atomic():
        ToolField.objects.create(tool=a_tool(), position=50, code="new", name="New", **values)


def test_a_tool_without_the_highest_level_says_so():
    [field] = a_tool("osp-i").form
    [(_, words)] = check_scores([field], {"band": 4}, is_final=True)
    assert words == "Band must be one of: low, medium, high"
