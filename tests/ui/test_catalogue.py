"""The Welsh catalogue: whole for letters and main pages, true to its placeholders; and no template that slips past it."""

from __future__ import annotations

import re

import polib
import pytest

from tests.ui.words import ROOT, plain_words, templates, words_to_translate

WELSH = ROOT / "locale/cy/LC_MESSAGES/django.po"
PAPERS = ("subject_access/paper", "freedom/letter", "freedom/_figures", "outcomes/answer_paper", "outcomes/undertaking_paper")
LETTERS = ("ui/pdf", *(f"disclosure/{name}" for name in (*PAPERS, "outcomes/script_paper")))
EVERYWHERE = ("base", "403", "404", "429", "500", "ui/form_page")
SIGNING_IN = tuple(
    f"accounts/{name}"
    for name in (
        "sign_in", "locked_out", "second_factor", "second_factor_set_up", "recovery_codes", "password", "account", "more",
    )
)  # fmt: skip
OF_PEOPLE = (
    "home_manager", "home_supervisor", "home_nothing", "find", "card", "nominal", "nominal_base", "identity", "conditions",
    "case_file/page", "case_file/_part", "case_file/_entry",
)  # fmt: skip
# The rest of the main pages (docs/screens.md), each with what it includes.
OF_WORK = (
    *(f"offenders/{name}" for name in ("nominal_form", "visits/_changes", "visits/record", "visits/list")),
    *(f"offenders/{name}" for name in ("team/_load", "team/_measure", "team/board", "meetings/_actions", "meetings/minutes")),
    *(f"sharing/decisions/{name}" for name in ("_advice", "_authority", "_day", "_facts", "_said", "_state", "_verdicts")),
    *(f"sharing/{name}" for name in ("decisions/decision", "decisions/list", "_contents")),
    *(f"sharing/partner/{name}" for name in ("_shared", "shared", "list")),
    *(f"intelligence/information/{name}" for name in ("_notes", "_release", "_subjects", "_written", "report")),
    "intelligence/links/_thing",
    *(f"intelligence/travel/{name}" for name in ("_due", "_journey", "_pages", "_state", "alert", "queue")),
    *(f"governance/looks/{name}" for name in ("_sources", "could_see")),
)  # fmt: skip
WHOLE_FOLDERS = ("templates/ui/", "templates/guide/", "templates/actions/", "templates/offenders/_", "ui/templates/")
# Where Python words stand that the pages above show.
MODULES = (
    "actions/rules.py", "config/context.py", "config/refusals.py", "config/errors.py", "guide/rules/cases.py", "ui/",
    "accounts/views/sign_in.py", "accounts/views/account.py", "offenders/cards.py", "offenders/views/tabs.py", "offenders/forms/find.py",
    "offenders/choices/__init__.py", "disclosure/documents/", "disclosure/choices/outcomes.py", "disclosure/choices/subject_access.py",
    "disclosure/reports/figures.py", "disclosure/rules/subject_access_corrections.py",
    "offenders/choices/visits.py", "offenders/choices/meetings.py", "offenders/forms/visits.py", "offenders/forms/team.py",
    "offenders/forms/minutes.py", "offenders/guards/visits.py", "offenders/guards/minutes.py", "offenders/models/minutes.py",
    "offenders/reports/visits.py", "offenders/reports/workload.py", "offenders/reports/meetings.py", "offenders/rules/meetings.py",
    "offenders/services/workload.py", "offenders/services/minutes.py", "offenders/views/visits.py", "offenders/views/team.py",
    "offenders/views/minutes.py", "sharing/choices/decisions.py", "sharing/forms/decisions.py", "sharing/guards/decisions.py",
    "sharing/models/decisions.py", "sharing/reports/authority.py", "sharing/reports/decisions.py", "sharing/reports/items.py",
    "sharing/rules/authority.py", "sharing/rules/questions.py", "sharing/services/approving.py", "sharing/services/decisions.py",
    "sharing/services/receiving.py", "sharing/views/decisions.py", "sharing/views/partner.py", "intelligence/choices/information.py",
    "intelligence/choices/travel.py", "intelligence/forms/travel.py", "intelligence/guards/information.py",
    "intelligence/guards/travel.py", "intelligence/reports/alerts.py", "intelligence/rules/information.py",
    "intelligence/services/information_evaluating.py", "intelligence/services/triage.py", "intelligence/views/alerts.py",
    "intelligence/views/information_bureau.py", "intelligence/views/travel.py", "governance/choices/could_see.py",
    "governance/reports/could_see.py", "governance/views/could_see.py",
)  # fmt: skip
NAMES = {"Vigil"}  # the product's name, in every language the same
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


def covered(path: str) -> bool:
    """Whether a file is one of those that are there in Welsh wholly."""
    people = (f"offenders/{name}" for name in OF_PEOPLE)
    pages = {f"templates/{name}.html" for name in (*LETTERS, *EVERYWHERE, *SIGNING_IN, *people, *OF_WORK)}
    imports = path.startswith("templates/offenders/_import")  # for administrators, not a main page
    return path in pages or (path.startswith((*WHOLE_FOLDERS, *MODULES)) and not imports)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    """The catalogue as it is committed."""
    return polib.pofile(str(WELSH))


def test_letters_and_main_pages_are_there_in_welsh(catalogue: polib.POFile) -> None:
    known = {entry.msgid for entry in catalogue.translated_entries()}
    ours = [path for path in templates() if covered(str(path.relative_to(ROOT)))]
    asked = {path: words_to_translate(path.read_text(encoding="utf-8")) for path in ours}

    assert len(asked) > 60
    assert {str(path): sorted(words - known) for path, words in asked.items() if words - known} == {}


def test_words_of_python_that_main_pages_show_are_there_in_welsh(catalogue: polib.POFile) -> None:
    wanting = [entry.msgid for entry in catalogue if not entry.translated() and any(covered(file) for file, _ in entry.occurrences)]

    assert wanting == []


def test_the_catalogue_knows_all_that_templates_ask_for(catalogue: polib.POFile) -> None:
    """After a change of words `make words` gathers them anew."""
    known = {entry.msgid for entry in catalogue}
    asked = set().union(*(words_to_translate(path.read_text(encoding="utf-8")) for path in templates()))

    assert sorted(asked - known) == []


def test_nothing_is_doubtful_and_placeholders_are_the_same(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    for entry in catalogue.translated_entries():
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid
            assert re.findall(r"</?\w+", said) == re.findall(r"</?\w+", entry.msgid), entry.msgid


def test_every_plural_has_the_forms_of_welsh(catalogue: polib.POFile) -> None:
    assert catalogue.metadata["Plural-Forms"].startswith("nplurals=4;")
    plurals = [entry for entry in catalogue.translated_entries() if entry.msgid_plural]

    assert len(plurals) > 5
    assert {len(entry.msgstr_plural) for entry in plurals} == {4}


def test_no_template_has_words_that_cannot_be_translated() -> None:
    found = {str(path.relative_to(ROOT)): plain_words(path.read_text(encoding="utf-8")) for path in templates()}

    assert {path: words for path, words in found.items() if set(words) - NAMES} == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Nobody yet.</p>",
        '<img alt="A photograph">',
        '{% include "ui/_empty.html" with text="Nothing here." %}',
        "<p>{{ name }} was told</p>",
        "{% if is_open %}Open{% endif %}",
    ],
)
def test_plain_words_are_found(source: str) -> None:
    assert len(plain_words(source)) == 1


def test_words_for_the_catalogue_are_found() -> None:
    source = (
        '{% translate "Nobody yet." %}{{ name|default:_("Not recorded") }}'
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}"
    )

    assert words_to_translate(source) == {"Nobody yet.", "Not recorded", "%(n)s case"}
