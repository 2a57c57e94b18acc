"""Rules of the layout that a reviewer should not have to remember; each is also shown to be able to fail."""
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm
from governance.rules.tables import NOT_FOR_USERS, NOT_IN_CHANGE_LOG
from tests import architecture as rules

Rule = Callable[[Path], Iterator[str]]

# Each rule with the smallest file that breaks it.
BROKEN: list[tuple[Rule, str, str]] = [
    (rules.imports_point_downwards, "offenders/services.py", "from disclosure.models import Decision"),
    (rules.imports_point_downwards, "audit/views.py", "def late():\n    from accounts.services import change_user"),
    (rules.imports_point_downwards, "accounts/access.py", "import audit.services"),
    (rules.imports_point_downwards, "offenders/tasks.py", "from config.celery import app"),
    (rules.files_have_known_names, "offenders/helpers.py", ""),
    (rules.files_have_known_names, "offenders/services/utils.py", ""),
    (rules.files_have_known_names, "audit/admin.py", ""),
    (rules.commands_are_verb_and_noun, "offenders/management/commands/reindex.py", ""),
    (rules.modules_say_what_they_are_for, "offenders/rules.py", "LIMIT = 1"),
    (rules.edges_reach_rows_through_for_user, "offenders/views/card.py", "rows = Nominal.objects.filter(pk=1)"),
    (rules.edges_reach_rows_through_for_user, "offenders/forms.py", "rows = Nominal.objects.all()"),
    (rules.edges_reach_rows_through_for_user, "offenders/api/serializers.py", "row = Nominal._default_manager.get(pk=1)"),
    (rules.no_catch_all, "offenders/tasks.py", "try:\n    work()\nexcept Exception:\n    pass"),
    (rules.no_catch_all, "offenders/tasks.py", "try:\n    work()\nexcept:\n    pass"),
    (rules.nothing_sleeps, "offenders/tasks.py", "time.sleep(1)"),
    (rules.refusals_can_be_translated, "offenders/guards.py", 'raise DomainError(f"Until {day} only.", field="day")'),
    (rules.refusals_can_be_translated, "offenders/guards.py", 'said = "Not {so}."\nraise DomainError(said, so=1)'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'raise_action(title="Visit due")'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'tell(text=f"Level {level} meeting planned")'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'tell_of_actions(told=[(lead, late, "Late") for lead in leads])'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'TITLE = "Visit due"\nrows = [Action(title=TITLE)]'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'DUE: dict[int, str] = {1: "Due"}\nraise_action(title=DUE[1])'),
    (rules.nothing_but_the_trail_receives, "offenders/models.py", "from django.db.models.signals import post_save"),
    (rules.nothing_but_the_trail_receives, "accounts/apps.py", "from django.dispatch import receiver"),
    (rules.nothing_marks_markup_as_safe, "ui/renderers.py", "from django.utils.safestring import mark_safe"),
    (rules.migrations_have_names, "offenders/migrations/0002_auto_20260101_1200.py", ""),
    (rules.migrations_have_names, "offenders/migrations/0002_alter_nominal_unit_0417.py", ""),
    (rules.templates_are_plain, "templates/a.html", '<p style="color: red">'),
    (rules.templates_are_plain, "templates/a.html", "<style>p { color: red }</style>"),
    (rules.templates_are_plain, "templates/a.html", "<script>go()</script>"),
    (rules.templates_are_plain, "ui/templates/ui/a.html", '<button onclick="go()">'),
    (rules.templates_are_plain, "templates/a.html", "{{ text|safe }}"),
    (rules.templates_are_plain, "templates/a.html", "{% autoescape off %}"),
    (rules.templates_are_plain, "templates/a.html", '<img src="https://elsewhere.invalid/a.png">'),
    (rules.templates_are_plain, "templates/a.html", "<p>\n" * 121),
    (rules.services_name_their_actor, "offenders/services.py", "def close_record(nominal, *, actor): ..."),
    (rules.services_name_their_actor, "offenders/services.py", "def close_record(*, nominal, actor): ..."),
    (rules.services_name_their_actor, "offenders/services.py", "def open_record(nominal): ..."),
]
# What must stay allowed, beside what the repository itself shows.
SOUND: list[tuple[Rule, str, str]] = [
    (rules.imports_point_downwards, "accounts/services.py", "from audit.services import record_event"),
    (rules.imports_point_downwards, "offenders/models.py", "from accounts.models import Unit"),
    (rules.edges_reach_rows_through_for_user, "offenders/views/card.py", "rows = Nominal.objects.for_user(user)"),
    (rules.edges_reach_rows_through_for_user, "offenders/services.py", "row = Nominal.objects.get(pk=1)"),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'raise_action(kind="visit", title=gettext_noop("Visit due"))'),
    (rules.titles_and_texts_can_be_translated, "offenders/services.py", 'NEW = gettext_noop("New")\ntell(text=f"{NEW}: {row.title}")'),
    (rules.templates_are_plain, "templates/a.html", '<script src="/static/a.js" defer></script>'),
]


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _, _ in BROKEN), ids=lambda rule: rule.__name__)
def test_repository_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(rules.ROOT)) == []


CALLER = "from offenders import services\nfrom offenders.services import close_record\nservices.open_record()"


def write(root: Path, path: str, source: str) -> None:
    """Write one file of an invented repository, and a view that calls its service."""
    for name, text in {"offenders/views/caller.py": CALLER, path: source}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f'"""Invented."""\n{text}' if name.endswith(".py") and "rules" not in name else text, encoding="utf-8")


@pytest.mark.parametrize(("rule", "path", "source"), BROKEN)
def test_rule_finds_what_breaks_it(rule: Rule, path: str, source: str, tmp_path: Path) -> None:
    write(tmp_path, path, source)

    assert len(list(rule(tmp_path))) == 1


@pytest.mark.parametrize(("rule", "path", "source"), SOUND)
def test_rule_lets_pass_what_is_sound(rule: Rule, path: str, source: str, tmp_path: Path) -> None:
    write(tmp_path, path, source)

    assert list(rule(tmp_path)) == []


def test_image_carries_every_app() -> None:
    carried = (rules.ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert {f"!{app}" for app in rules.APPS} <= set(carried)


def our_models() -> list[type[models.Model]]:
    """Every table of our own apps."""
    return [model for model in apps.get_models() if model._meta.app_label in rules.APPS]


def test_every_model_says_which_permission_reads_it() -> None:
    silent = {model._meta.label for model in our_models() if not isinstance(getattr(model, "read_permission", None), Perm)}

    assert silent == set(NOT_FOR_USERS)


def test_every_readable_model_says_which_rows_a_user_may_see() -> None:
    readable = [model for model in our_models() if isinstance(getattr(model, "read_permission", None), Perm)]
    unscoped = {model._meta.label for model in readable if type(model._default_manager.all()).visible_to is ScopedQuerySet.visible_to}

    assert unscoped == set()


def test_every_table_that_people_change_is_in_the_change_log() -> None:
    left_out = {model._meta.label for model in our_models() if not auditlog.contains(model)}

    assert left_out == set(NOT_IN_CHANGE_LOG)
