"""Rules of the layout that a reviewer should not have to remember; each is also shown to be able to fail."""
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm
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


def our_models() -> list[type[models.Model]]:
    """Every table of our own apps."""
    return [model for model in apps.get_models() if model._meta.app_label in rules.APPS]


# Tables without rows "for a user", each with the reason.
NOT_FOR_USERS = {
    "accounts.Authenticator": "shown nowhere but while its person connects it",
    "audit.SealMark": "up to where the log is sealed next; shown nowhere",
    "audit.TrailKey": "keys of digests, which the application cannot read",
    "audit.Erasure": "counted on the page of the seal",
    "governance.LookSweep": "how far the trail was looked through; shown nowhere",
    "governance.DisposedFile": "shown with the certificate",
    "sharing.ToldApproval": "of what somebody was told already; shown nowhere",
    "offenders.SearchSweep": "how far the system has looked; shown nowhere",
    "offenders.MergedRow": "counted on the page of the merge, which shows rows to whoever may read them",
    "intelligence.ReportSubject": "shown with the report",
    "intelligence.SignificanceAnswer": "shown with the report",
    "intelligence.ReportNote": "shown with the report",
    "intelligence.BriefingRecipient": "shown with the briefing",
    "intelligence.TaskingSubject": "shown with the tasking",
    "intelligence.TaskingReview": "shown with the tasking",
    "intelligence.TaskingSlot": "shown with the tasking",
    "intelligence.TaskingReceipt": "shown with the tasking",
    "intelligence.LinkEnd": "shown with the link",
    "intelligence.PostcodePoint": "where a postcode lies; about nobody",
    "intelligence.MessageScan": "shown with the message",
    "intelligence.Canary": "a test of routes, about nobody; the page of connections counts them",
    "intelligence.FlagSettingVersion": "shown with the flag",
    "intelligence.FlagVerdict": "shown with the review",
    "sharing.RequestNote": "shown with the request",
    "sharing.RequestRelease": "shown with the request",
    "actions.Occurrence": "matched with flags; people see what flags made of it",
    "actions.ActionPause": "shown with the action",
    "actions.ActionExtension": "shown with the action",
    "accounts.SignIn": "people see their own, through user.sign_ins",
    "accounts.KeptAnswer": "given back to the client that got it, and to nobody else",
    "offenders.NominalUserGrant": "shown on the record's page of people, to whoever may grant there",
    "offenders.NominalGroupGrant": "the same",
    "offenders.SectionFingerprint": "digests to compare with; no text, and nobody is shown one",
    "offenders.SectionUserGrant": "shown with the section, to whoever may see that",
    "offenders.StatedReason": "shown on the record's page of people",
    "offenders.Word": "words of the search, compared and never shown",
    "intelligence.ReportIndex": "words of reports, compared and never shown",
    "intelligence.ReleaseIndex": "the same",
    "intelligence.ReportSearchHit": "what a search has found; shown as the reports themselves, which are asked for anew",
    "intelligence.AlertRepeat": "counted and shown with the report",
    "intelligence.ChangedIdentity": "keys of records to compare again, never shown",
    "intelligence.DuplicateCheck": "the same",
    "intelligence.LinkCheck": "keys of things to compare again, never shown",
    "intelligence.ReportMark": "shown with the report",
    "intelligence.ReportWords": "words of reports, compared and never shown",
    "intelligence.MethodWords": "words of the operational facts, compared and never shown",
    "intelligence.SignalReport": "shown with the look",
    "governance.Fact": "counted; people see the records themselves, each by its own rule",
}


def test_every_model_says_which_permission_reads_it() -> None:
    silent = {model._meta.label for model in our_models() if not isinstance(getattr(model, "read_permission", None), Perm)}

    assert silent == set(NOT_FOR_USERS)


def test_every_readable_model_says_which_rows_a_user_may_see() -> None:
    readable = [model for model in our_models() if isinstance(getattr(model, "read_permission", None), Perm)]
    unscoped = {model._meta.label for model in readable if type(model._default_manager.all()).visible_to is ScopedQuerySet.visible_to}

    assert unscoped == set()


# Tables that people change and that the change log leaves out, each with the reason.
NOT_IN_CHANGE_LOG = {
    "accounts.Authenticator": "set up and reset are events; nobody reads a seed",
    "audit.Seal": "it seals the trail; the database refuses changes",
    "audit.SealMark": "up to where the log is sealed next",
    "audit.TrailKey": "made once, deleted with a disposal, which is an event",
    "audit.Erasure": "added once, sealed itself; the database refuses changes",
    "audit.AuditCheck": "begin and end are events of the trail; the rest is progress",
    "governance.UnusualLook": "found once, with an event; each judgement is a row that never changes",
    "governance.LookJudgement": "added once; the database refuses changes",
    "governance.LookQuestion": "each step is a row that never changes, with an event",
    "governance.QuestionStep": "added once; the database refuses changes",
    "governance.SightPaper": "added once, with an event; the database refuses changes",
    "governance.LookSweep": "how far the trail was looked through",
    "governance.Retention": "reckoned anew each night from what is in the change log",
    "governance.DisposedFile": "part of the certificate; removed once, the database refuses other changes",
    "governance.JobRun": "when a job ran last; about nobody",
    "disclosure.Party": "behind row security; each change is an event that names nobody, its words stand nowhere else",
    "disclosure.SafeContact": "behind row security; answers are added, each with an event",
    "disclosure.Interview": "behind row security; added once, with an event",
    "sharing.AgencyAction": "added once, with an event of the trail",
    "sharing.ToldApproval": "added once, with the notification",
    "sharing.AgencyChange": "added once, with the act that made it",
    "sharing.RequestNote": "added once, with an event of the trail",
    "sharing.RequestRelease": "added once, with the answer",
    "sharing.WebhookDelivery": "keys on their way; the webhook and what is sent again are events of the trail",
    "sharing.Reading": "added once by whoever reads, with an event of the trail",
    "offenders.MergedRow": "it is the log of what a merge moved; added once",
    "intelligence.InformationReport": "each move is an event; once sent its words never change, and they stand nowhere else",
    "intelligence.ReportSubject": "part of the report, fixed once it is sent",
    "intelligence.SignificanceAnswer": "part of the report, fixed once it is sent",
    "intelligence.ReportNote": "added once",
    "intelligence.InformationGiver": "behind row security, fixed once the report is sent; its words stand nowhere else",
    "intelligence.SourceReview": "behind row security; opening and deciding are events that name nobody",
    "intelligence.InformationRelease": "added once; the database refuses changes",
    "intelligence.BriefingReport": "part of the briefing, added once",
    "intelligence.ReportIndex": "follows from the report",
    "intelligence.ReleaseIndex": "follows from the release",
    "intelligence.ReportSearch": "its words are in the trail with each search; keeping and deleting are events",
    "intelligence.ReportSearchHit": "follows from the search; what was told is an event",
    "intelligence.TaskingSubject": "part of the tasking, fixed once it is live",
    "intelligence.TaskingReview": "added once",
    "intelligence.TaskingReceipt": "added once",
    "intelligence.PostcodePoint": "loaded from a national directory; about nobody",
    "intelligence.Arrival": "added once for each time that a message came, never changed",
    "intelligence.MessageScan": "what the scanner said last; the message's own states are events of the trail",
    "actions.Notification": "written once; read and mailed once",
    "actions.Occurrence": "written once, with an event of the act it tells of; matched once",
    "intelligence.Canary": "a test of routes, about nobody",
    "intelligence.FlagDelivery": "follows from the flag and the occurrence; told once, acted on once with an event",
    "intelligence.FlagSettingVersion": "it is the log of a flag's changes; added once",
    "accounts.SignIn": "each beginning and end is an event of the trail; the rest is the time last seen",
    "accounts.KeptAnswer": "written once with its act, which is in the trail; deleted after a day",
    "audit.Event": "it is the trail",
    "offenders.StatedReason": "added once, with an event, and never changed",
    "offenders.BreakGlass": "opening and review are events of the trail",
    "offenders.Import": "begin and end are events of the trail; the rest is progress",
    "intelligence.CovertReferral": "confidential from the first keystroke: each move is an event, its words stand nowhere else",
    "offenders.SectionFingerprint": "follows from the section; digests only",
    "offenders.SectionVersion": "it is the log of a section's changes, behind row security; added once",
    "offenders.SilentHit": "noted once, never changed; the trail tells of it too",
    "offenders.SearchSweep": "how far the system has looked",
    "offenders.SavedSearch": "each search is an event of the trail; the row is deleted within hours",
    "offenders.Word": "follows from the names, which are in the change log",
    "intelligence.RawMessage": "stored once, byte for byte; each move is an event",
    "intelligence.TravelAlert": "stored once; each move is an event, its facts never change",
    "intelligence.AlertRepeat": "added once",
    "intelligence.AlertCandidate": "follows from the report and the records; a person ruled out is an event",
    "intelligence.ChangedIdentity": "keys of records to compare again",
    "intelligence.DuplicateCheck": "the same",
    "intelligence.LinkCheck": "the same",
    "intelligence.ReportMark": "follows from the words of the report, which never change",
    "intelligence.ReportWords": "the same",
    "intelligence.MethodWords": "follows from the operational facts, which are in the change log",
    "intelligence.SignalReport": "part of the look; added once",
    "governance.Fact": "it is a log of rows, written by triggers; the database refuses changes",
    "governance.ClosedYear": "added once, with an event; the database refuses changes",
}


def test_every_table_that_people_change_is_in_the_change_log() -> None:
    left_out = {model._meta.label for model in our_models() if not auditlog.contains(model)}

    assert left_out == set(NOT_IN_CHANGE_LOG)


def test_page_on_data_tells_of_every_table() -> None:
    page = (rules.ROOT / "docs" / "data.md").read_text(encoding="utf-8")

    assert {model.__name__ for model in our_models() if f"`{model.__name__}`" not in page} == set()
