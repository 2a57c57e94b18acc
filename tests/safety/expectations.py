"""A second opinion on who may do what, written out by hand: the access matrix compares the product with this, not with its own table.

For each permission: which roles, in which relation of the user to the record. What is not named may not.
"""

from __future__ import annotations

from accounts.choices import Role
from accounts.permissions import Perm

ALL_ROLES = frozenset(Role)
POLICE = ALL_ROLES - {Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER}
CASE_ROLES = POLICE - {Role.CONTROL_ROOM, Role.PRESS_OFFICER}
MANAGER, LEAD = Role.OFFENDER_MANAGER, Role.SUPERVISOR
TEAM = frozenset({MANAGER, LEAD})
NOBODY: frozenset[Role] = frozenset()

# How a user can stand to a record.
RELATIONS = (
    "own",  # manages it, in their own unit
    "unit",  # their unit owns it
    "force",  # another unit of their force owns it
    "partnered force",  # another force owns it, theirs is a partner
    "partnered unit",  # another force owns it, their unit is a partner
    "card granted",  # another force owns it, they hold a grant to the card
    "file granted",  # another force owns it, they hold a grant to the case file
    "card reason",  # another force owns it, they stated a reason for the card
    "file reason",  # another unit of their force owns it, they stated a reason for the case file
    "other",  # another force owns it
    "restricted",  # their unit owns it; kept to named people, and they are not named
    "excluded",  # they would manage it, but must not know of it
)
SAME_FORCE = ("own", "unit", "force", "file reason")
REACHED_TIER_1 = (*SAME_FORCE, "partnered force", "partnered unit", "card granted", "file granted", "card reason")


def rule(relations: tuple[str, ...], roles: frozenset[Role], **more: frozenset[Role]) -> dict[str, frozenset[Role]]:
    """The same roles in several relations, with exceptions by name (spaces written as underscores)."""
    return {**dict.fromkeys(relations, roles), **{name.replace("_", " "): allowed for name, allowed in more.items()}}


SUPERVISOR_ONLY = frozenset({LEAD})
KNOWN = rule((*REACHED_TIER_1, "other"), POLICE, restricted=SUPERVISOR_ONLY)
CARD = rule(REACHED_TIER_1, POLICE, restricted=SUPERVISOR_ONLY)
BY_TEAM = rule(("own", "unit"), TEAM, restricted=SUPERVISOR_ONLY)
BY_LEAD = rule(("own", "unit"), SUPERVISOR_ONLY, restricted=SUPERVISOR_ONLY)
CHAIR, COORDINATOR = Role.MAPP_CHAIR, Role.MAPPA_COORDINATOR
MEETING_ROLES = frozenset({CHAIR, COORDINATOR})
GOVERNANCE = Role.INFORMATION_GOVERNANCE
DECIDERS = frozenset({CHAIR, Role.DISCLOSURE_AUTHORITY})

EXPECTED: dict[Perm, dict[str, frozenset[Role]]] = {
    Perm.VIEW_MARKER: KNOWN,
    Perm.VIEW_CARD: CARD,
    Perm.TELL_MANAGER: CARD,
    Perm.VIEW_CASE_FILE: rule(
        ("own", "unit", "partnered unit"), TEAM, file_granted=CASE_ROLES, file_reason=CASE_ROLES, restricted=SUPERVISOR_ONLY
    ),
    Perm.ANSWER_NOTICE: BY_TEAM,
    Perm.CHANGE_RECORD: BY_TEAM,
    Perm.ALLOCATE_RECORD: BY_LEAD,
    Perm.EXCLUDE_PERSON: BY_LEAD,
    Perm.GRANT_ACCESS: rule(("own",), TEAM, unit=SUPERVISOR_ONLY, restricted=SUPERVISOR_ONLY),
    Perm.VIEW_ACCESS_LOG: BY_TEAM,
    Perm.ADD_CONFIDENTIAL: BY_TEAM,
    Perm.VIEW_SENSITIVE: rule(("own",), TEAM, unit=SUPERVISOR_ONLY, restricted=SUPERVISOR_ONLY),
    Perm.VIEW_MEETING: rule(
        ("own", "unit"),
        TEAM | MEETING_ROLES,
        force=MEETING_ROLES,
        partnered_unit=TEAM,
        file_granted=CASE_ROLES,
        file_reason=CASE_ROLES,
        restricted=SUPERVISOR_ONLY,
    ),
    Perm.ARRANGE_MEETING: rule(
        ("own", "unit"),
        TEAM | {COORDINATOR},
        force=frozenset({COORDINATOR}),
        file_reason=frozenset({COORDINATOR}),
        restricted=SUPERVISOR_ONLY,
    ),
    Perm.CHAIR_MEETING: rule((*SAME_FORCE, "file granted"), frozenset({CHAIR})),
    Perm.VIEW_BRIEFING: BY_TEAM,
    Perm.APPROVE_RISK: BY_LEAD,
    Perm.VERIFY_FLAGS: BY_LEAD,
    Perm.TRANSFER_RECORD: BY_LEAD,
    Perm.MERGE_RECORDS: BY_LEAD,
    Perm.SIGN_OFF_TRAVEL: BY_LEAD,
    Perm.LINK_INTELLIGENCE: rule((*REACHED_TIER_1, "other"), frozenset({Role.INTELLIGENCE})),
    Perm.VIEW_SHARING: rule(
        ("own", "unit"),
        TEAM | DECIDERS | {GOVERNANCE},
        force=DECIDERS | {GOVERNANCE},
        partnered_unit=TEAM,
        file_granted=CASE_ROLES,
        file_reason=CASE_ROLES,
        restricted=SUPERVISOR_ONLY,
    ),
    Perm.DECIDE_SHARING: BY_TEAM,
    Perm.APPROVE_SHARING: rule(
        ("own", "unit"), DECIDERS | {LEAD}, force=DECIDERS, file_reason=DECIDERS, file_granted=DECIDERS, restricted=SUPERVISOR_ONLY
    ),
    Perm.BREAK_GLASS: rule(SAME_FORCE, frozenset({LEAD, Role.INTELLIGENCE}), restricted=SUPERVISOR_ONLY),
    Perm.VIEW_PRIVILEGED: BY_TEAM,
    Perm.VIEW_RETENTION: rule(
        ("own", "unit"), TEAM | {GOVERNANCE}, force=frozenset({GOVERNANCE}), file_reason=frozenset({GOVERNANCE}), restricted=SUPERVISOR_ONLY
    ),
    Perm.REVIEW_RETENTION: rule(
        ("own", "unit"),
        frozenset({LEAD, GOVERNANCE}),
        force=frozenset({GOVERNANCE}),
        file_reason=frozenset({GOVERNANCE}),
        restricted=SUPERVISOR_ONLY,
    ),
    Perm.APPROVE_DISPOSAL: rule(SAME_FORCE, frozenset({GOVERNANCE})),
    Perm.VIEW_QUALITY: rule(
        ("own", "unit"),
        TEAM | {GOVERNANCE, COORDINATOR},
        force=frozenset({GOVERNANCE, COORDINATOR}),
        file_reason=frozenset({GOVERNANCE, COORDINATOR}),
        restricted=SUPERVISOR_ONLY,
    ),
}

# Who may open pages that concern no single record.
PAGES: dict[Perm, frozenset[Role]] = {
    Perm.FIND_PERSON: POLICE,
    Perm.VIEW_CARD: POLICE,
    Perm.VIEW_CASE_FILE: CASE_ROLES,
    Perm.VIEW_CONFIDENTIAL: CASE_ROLES,
    Perm.TELL_MANAGER: POLICE,
    Perm.ANSWER_NOTICE: TEAM,
    Perm.CREATE_NOMINAL: TEAM,
    Perm.CHANGE_RECORD: TEAM,
    Perm.IMPORT_NOMINALS: SUPERVISOR_ONLY,
    Perm.VIEW_AUDIT: frozenset({Role.AUDITOR}),
    Perm.REVIEW_BREAK_GLASS: frozenset({Role.AUDITOR}),
    Perm.MANAGE_USERS: frozenset({Role.ADMINISTRATOR}),
    Perm.DELEGATE_AUTHORITY: frozenset({Role.DISCLOSURE_AUTHORITY}),
    Perm.VIEW_DELEGATIONS: POLICE,
    Perm.VIEW_SHARED: frozenset({Role.PARTNER}),
    Perm.SEND_ALERT: frozenset({Role.PARTNER}),
    Perm.ASK_POLICE: frozenset({Role.PARTNER}),
    Perm.TELL_POLICE: frozenset({Role.PARTNER}),
    Perm.VIEW_AGREEMENT: CASE_ROLES | {Role.PARTNER},
    Perm.MANAGE_AGREEMENTS: frozenset({GOVERNANCE}),
    Perm.VIEW_SHARING: CASE_ROLES,
    Perm.DECIDE_SHARING: TEAM,
    Perm.APPROVE_SHARING: CASE_ROLES,
    Perm.VIEW_REQUEST: TEAM,
    Perm.ANSWER_REQUEST: TEAM,
    Perm.VIEW_MEDIA: TEAM | {Role.DISCLOSURE_AUTHORITY, Role.PRESS_OFFICER},
    Perm.MANAGE_MEDIA: frozenset({Role.PRESS_OFFICER}),
    Perm.TAKE_APPLICATION: TEAM | {Role.CONTROL_ROOM, Role.OPERATIONAL},
    Perm.VIEW_APPLICATION: TEAM | {Role.CONTROL_ROOM, Role.OPERATIONAL},
    Perm.WORK_APPLICATION: TEAM | {Role.CONTROL_ROOM, Role.OPERATIONAL},
    Perm.DECIDE_APPLICATION: SUPERVISOR_ONLY,
    Perm.VIEW_SUBJECT_REQUEST: TEAM | {GOVERNANCE},
    Perm.ANSWER_SUBJECT_REQUEST: frozenset({GOVERNANCE}),
    Perm.VIEW_FREEDOM_REQUEST: frozenset({GOVERNANCE, Role.PRESS_OFFICER}),
    Perm.ANSWER_FREEDOM_REQUEST: frozenset({GOVERNANCE}),
    Perm.VIEW_PROSECUTION: TEAM | {Role.OPERATIONAL, GOVERNANCE},
    Perm.SCHEDULE_MATERIAL: TEAM | {Role.OPERATIONAL, GOVERNANCE},
    Perm.VIEW_PRIVILEGED: TEAM,
    Perm.VIEW_SENSITIVE: CASE_ROLES,
    Perm.VIEW_MEETING: CASE_ROLES,
    Perm.ARRANGE_MEETING: TEAM | {COORDINATOR},
    Perm.CHAIR_MEETING: frozenset({CHAIR}),
    Perm.VIEW_BRIEFING: POLICE,
    Perm.APPROVE_RISK: SUPERVISOR_ONLY,
    Perm.VERIFY_FLAGS: SUPERVISOR_ONLY,
    Perm.ALLOCATE_RECORD: SUPERVISOR_ONLY,
    Perm.TRANSFER_RECORD: SUPERVISOR_ONLY,
    Perm.RECEIVE_RECORD: SUPERVISOR_ONLY,
    Perm.MERGE_RECORDS: SUPERVISOR_ONLY,
    Perm.VIEW_ACTION: POLICE,
    Perm.WORK_ACTION: POLICE,
    Perm.ASSIGN_ACTION: POLICE,
    Perm.VIEW_ALERT: TEAM | {Role.INTELLIGENCE},
    Perm.TRIAGE_ALERT: TEAM | {Role.INTELLIGENCE},
    Perm.SIGN_OFF_TRAVEL: SUPERVISOR_ONLY,
    Perm.SUBMIT_REPORT: POLICE,
    Perm.READ_INTELLIGENCE: POLICE,
    Perm.VIEW_REPORT: frozenset({Role.INTELLIGENCE}),
    Perm.EVALUATE_REPORT: frozenset({Role.INTELLIGENCE}),
    Perm.LINK_INTELLIGENCE: frozenset({Role.INTELLIGENCE}),
    Perm.REVIEW_SOURCE: frozenset({Role.INTELLIGENCE}),
    Perm.RAISE_TASKING: frozenset({LEAD, Role.INTELLIGENCE}),
    Perm.VIEW_TASKING: POLICE,
    Perm.VIEW_RULES: POLICE | {Role.ADMINISTRATOR},
    Perm.CHANGE_RULES: frozenset({Role.ADMINISTRATOR}),
    Perm.REVIEW_ACCESS: frozenset({Role.AUDITOR}),
    Perm.EXPLAIN_ACCESS: ALL_ROLES - {Role.PARTNER},
    Perm.VIEW_RETENTION: TEAM | {GOVERNANCE},
    Perm.REVIEW_RETENTION: frozenset({LEAD, GOVERNANCE}),
    Perm.APPROVE_DISPOSAL: frozenset({GOVERNANCE}),
    Perm.VIEW_DISPOSAL: frozenset({LEAD, GOVERNANCE, Role.AUDITOR}),
    Perm.VIEW_FIGURES: frozenset({LEAD, COORDINATOR, GOVERNANCE, Role.AUDITOR}),
    Perm.CLOSE_FIGURES: frozenset({COORDINATOR}),
    Perm.VIEW_QUALITY: TEAM | {GOVERNANCE, COORDINATOR},
    Perm.VIEW_HEALTH: frozenset({Role.ADMINISTRATOR}),
}
