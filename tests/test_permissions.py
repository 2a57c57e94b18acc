"""The table of rules as it was reviewed: a change of it must change this file too."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, OPENED_BY, ROLE_RIGHTS, Perm, Scope

FINDS = {Perm.FIND_PERSON}
WORKS = {Perm.VIEW_ACTION, Perm.WORK_ACTION, Perm.ASSIGN_ACTION, Perm.VIEW_RULES, Perm.VIEW_DELEGATIONS, Perm.EXPLAIN_ACCESS}
REPORTS = {Perm.SUBMIT_REPORT, Perm.READ_INTELLIGENCE, Perm.VIEW_TASKING}
READS_CARDS = FINDS | WORKS | REPORTS | {Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.TELL_MANAGER, Perm.VIEW_BRIEFING}
BUREAU = {Perm.VIEW_REPORT, Perm.EVALUATE_REPORT, Perm.LINK_INTELLIGENCE, Perm.REVIEW_SOURCE, Perm.RAISE_TASKING}
SHARES = {Perm.VIEW_SHARING, Perm.APPROVE_SHARING, Perm.VIEW_AGREEMENT}
ANSWERS = {Perm.VIEW_REQUEST, Perm.ANSWER_REQUEST}
READS_FILES = READS_CARDS | SHARES | {Perm.VIEW_CASE_FILE, Perm.VIEW_SENSITIVE, Perm.VIEW_CONFIDENTIAL, Perm.VIEW_MEETING}
APPLICATIONS = {Perm.TAKE_APPLICATION, Perm.VIEW_APPLICATION, Perm.WORK_APPLICATION}
PROSECUTES = {Perm.VIEW_PROSECUTION, Perm.SCHEDULE_MATERIAL}
MANAGES = READS_FILES | ANSWERS | APPLICATIONS | PROSECUTES | {
    Perm.DECIDE_SHARING, Perm.VIEW_MEDIA, Perm.VIEW_SUBJECT_REQUEST, Perm.VIEW_PRIVILEGED,
    Perm.ANSWER_NOTICE, Perm.CREATE_NOMINAL, Perm.CHANGE_RECORD, Perm.GRANT_ACCESS, Perm.VIEW_ACCESS_LOG, Perm.ADD_CONFIDENTIAL,
    Perm.ARRANGE_MEETING, Perm.VIEW_ALERT, Perm.TRIAGE_ALERT, Perm.VIEW_RETENTION, Perm.VIEW_QUALITY,
}  # fmt: skip
REVIEWED = {
    Role.OFFENDER_MANAGER: MANAGES,
    Role.SUPERVISOR: MANAGES | {
        Perm.ALLOCATE_RECORD, Perm.EXCLUDE_PERSON, Perm.BREAK_GLASS, Perm.IMPORT_NOMINALS,
        Perm.APPROVE_RISK, Perm.TRANSFER_RECORD, Perm.RECEIVE_RECORD, Perm.MERGE_RECORDS, Perm.SIGN_OFF_TRAVEL, Perm.VERIFY_FLAGS,
        Perm.RAISE_TASKING, Perm.DECIDE_APPLICATION, Perm.REVIEW_RETENTION, Perm.VIEW_FIGURES, Perm.VIEW_DISPOSAL,
    },
    Role.DISCLOSURE_AUTHORITY: READS_FILES | {Perm.DELEGATE_AUTHORITY, Perm.VIEW_MEDIA},
    Role.MAPP_CHAIR: READS_FILES | {Perm.CHAIR_MEETING},
    Role.MAPPA_COORDINATOR: READS_FILES | {Perm.ARRANGE_MEETING, Perm.VIEW_FIGURES, Perm.CLOSE_FIGURES, Perm.VIEW_QUALITY},
    Role.CONTROL_ROOM: READS_CARDS | APPLICATIONS,
    Role.OPERATIONAL: READS_FILES | APPLICATIONS | PROSECUTES,
    Role.INTELLIGENCE: READS_FILES | BUREAU | {Perm.BREAK_GLASS, Perm.VIEW_ALERT, Perm.TRIAGE_ALERT},
    Role.PRESS_OFFICER: READS_CARDS | {Perm.VIEW_MEDIA, Perm.MANAGE_MEDIA, Perm.VIEW_FREEDOM_REQUEST},
    Role.INFORMATION_GOVERNANCE: READS_FILES | PROSECUTES | {
        Perm.MANAGE_AGREEMENTS, Perm.VIEW_SUBJECT_REQUEST, Perm.ANSWER_SUBJECT_REQUEST, Perm.VIEW_FREEDOM_REQUEST,
        Perm.ANSWER_FREEDOM_REQUEST, Perm.VIEW_RETENTION, Perm.REVIEW_RETENTION, Perm.APPROVE_DISPOSAL, Perm.VIEW_FIGURES,
        Perm.VIEW_QUALITY, Perm.VIEW_DISPOSAL,
    },
    Role.AUDITOR: {
        Perm.VIEW_AUDIT, Perm.REVIEW_BREAK_GLASS, Perm.REVIEW_ACCESS, Perm.EXPLAIN_ACCESS, Perm.VIEW_FIGURES, Perm.VIEW_DISPOSAL,
    },
    Role.ADMINISTRATOR: {Perm.MANAGE_USERS, Perm.VIEW_RULES, Perm.CHANGE_RULES, Perm.EXPLAIN_ACCESS, Perm.VIEW_HEALTH},
    Role.PARTNER: {Perm.VIEW_SHARED, Perm.SEND_ALERT, Perm.ASK_POLICE, Perm.TELL_POLICE, Perm.VIEW_AGREEMENT},
}
ABOUT_NOMINALS = MANAGES | REVIEWED[Role.SUPERVISOR] | BUREAU
ABOUT_NOBODY = {Perm.VIEW_DELEGATIONS, Perm.VIEW_RULES, Perm.VIEW_AGREEMENT, Perm.EXPLAIN_ACCESS, Perm.VIEW_FIGURES, Perm.VIEW_DISPOSAL}
NAMED = {Scope.GRANTED, Scope.BREAK_GLASS}


def test_every_role_holds_exactly_the_reviewed_permissions():
    assert {role: set(rights) for role, rights in ROLE_RIGHTS.items()} == REVIEWED


def test_every_role_stands_in_the_table():
    assert set(ROLE_RIGHTS) == set(Role)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_roles_without_case_content_hold_no_permission_on_nominals(role):
    assert set(ROLE_RIGHTS[role]) & (ABOUT_NOMINALS - ABOUT_NOBODY) == set()


@pytest.mark.parametrize("role", Role)
def test_no_role_reads_confidential_sections_by_itself(role):
    assert set(ROLE_RIGHTS[role].get(Perm.VIEW_CONFIDENTIAL, ())) - NAMED == set()


@pytest.mark.parametrize("role", Role)
def test_break_glass_opens_confidential_sections_exactly_to_roles_that_may_break_it(role):
    opens = Scope.BREAK_GLASS in ROLE_RIGHTS[role].get(Perm.VIEW_CONFIDENTIAL, ())
    assert opens == (Perm.BREAK_GLASS in ROLE_RIGHTS[role]) == (role in {Role.SUPERVISOR, Role.INTELLIGENCE})


@pytest.mark.parametrize("role", Role)
def test_nobody_reads_every_case_file(role):
    assert not ROLE_RIGHTS[role].get(Perm.VIEW_CASE_FILE, frozenset()) & {
        Scope.ALL,
        Scope.FORCE,
        Scope.PARTNERED_FORCE,
        Scope.STATED_REASON,
    }


@pytest.mark.parametrize("role", Role)
def test_a_change_needs_no_less_than_reading_the_case_file(role):
    rights = ROLE_RIGHTS[role]
    for perm in (
        Perm.CHANGE_RECORD,
        Perm.ALLOCATE_RECORD,
        Perm.GRANT_ACCESS,
        Perm.EXCLUDE_PERSON,
        Perm.VIEW_ACCESS_LOG,
        Perm.ADD_CONFIDENTIAL,
        Perm.APPROVE_RISK,
        Perm.VERIFY_FLAGS,
        Perm.TRANSFER_RECORD,
        Perm.MERGE_RECORDS,
    ):
        assert rights.get(perm, frozenset()) <= rights.get(Perm.VIEW_CASE_FILE, frozenset())


def test_the_card_stays_open_when_training_lapses_and_case_files_close():
    open_without = {Perm.FIND_PERSON, Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.TELL_MANAGER, Perm.ANSWER_NOTICE}
    assert NEEDS_QUALIFICATION & open_without == set()
    assert {Perm.VIEW_CASE_FILE, Perm.VIEW_CONFIDENTIAL, Perm.CHANGE_RECORD, Perm.BREAK_GLASS} <= NEEDS_QUALIFICATION


def test_a_narrow_grant_never_opens_something_wider():
    assert OPENED_BY[Perm.VIEW_CASE_FILE] == (Perm.VIEW_CASE_FILE,)
    assert OPENED_BY[Perm.VIEW_MEETING] == OPENED_BY[Perm.CHAIR_MEETING] == (Perm.VIEW_CASE_FILE,)
    assert OPENED_BY[Perm.VIEW_SENSITIVE] == (Perm.VIEW_SENSITIVE,)


def test_the_table_in_the_documentation_is_the_one_in_the_code():
    page = (settings.BASE_DIR / "docs" / "access.md").read_text(encoding="utf-8")
    copy = page.split("<!-- matrix: begin -->\n")[1].split("<!-- matrix: end -->")[0]
    out = StringIO()
    call_command("show_access_matrix", stdout=out)
    assert copy.strip() == out.getvalue().strip()
