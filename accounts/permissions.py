"""The one table of rules: what each role may do, and to which records. Nothing else names a role's rights.

A right is a permission with scopes. A scope says which records it reaches; scopes of several roles add up.
Grants, stated reasons and break-glass are scopes too, so that every way in stands in this table.
"""
from collections.abc import Mapping
from enum import StrEnum

from accounts.choices import Role


class Perm(StrEnum):
    """Everything that can be permitted. Values double as the codenames of object grants."""

    FIND_PERSON = "find_person"
    VIEW_MARKER = "view_marker"  # tier 0
    VIEW_CARD = "view_card"  # tier 1
    VIEW_CASE_FILE = "view_case_file"  # tier 2
    VIEW_SENSITIVE = "view_sensitive"  # tier 3
    VIEW_CONFIDENTIAL = "view_confidential"  # tier 4
    VIEW_MEETING = "view_meeting"  # MAPPA referrals, meetings and minutes
    VIEW_BRIEFING = "view_briefing"  # a pack for investigators
    VIEW_ACTION = "view_action"
    VIEW_RULES = "view_rules"  # clock rules and other dated data
    TELL_MANAGER = "tell_manager"
    ANSWER_NOTICE = "answer_notice"
    CREATE_NOMINAL = "create_nominal"
    CHANGE_RECORD = "change_record"
    ALLOCATE_RECORD = "allocate_record"
    GRANT_ACCESS = "grant_access"
    EXCLUDE_PERSON = "exclude_person"
    VIEW_ACCESS_LOG = "view_access_log"
    ADD_CONFIDENTIAL = "add_confidential"
    APPROVE_RISK = "approve_risk"
    VERIFY_FLAGS = "verify_flags"  # judge whether flags on a record still serve
    ARRANGE_MEETING = "arrange_meeting"
    CHAIR_MEETING = "chair_meeting"
    TRANSFER_RECORD = "transfer_record"
    RECEIVE_RECORD = "receive_record"
    MERGE_RECORDS = "merge_records"  # two records of one person
    WORK_ACTION = "work_action"
    ASSIGN_ACTION = "assign_action"
    CHANGE_RULES = "change_rules"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"
    IMPORT_NOMINALS = "import_nominals"
    VIEW_AUDIT = "view_audit"
    MANAGE_USERS = "manage_users"
    DELEGATE_AUTHORITY = "delegate_authority"
    VIEW_DELEGATIONS = "view_delegations"
    VIEW_SHARED = "view_shared"
    VIEW_ALERT = "view_alert"  # reports from the border, by the queue that they belong to
    TRIAGE_ALERT = "triage_alert"
    SIGN_OFF_TRAVEL = "sign_off_travel"
    SUBMIT_REPORT = "submit_report"  # write an intelligence report
    VIEW_REPORT = "view_report"  # intelligence reports whole; by the bureau
    EVALUATE_REPORT = "evaluate_report"  # grade, sanitise, release, send on
    LINK_INTELLIGENCE = "link_intelligence"  # say what belongs together: people, places, numbers, reports
    REVIEW_SOURCE = "review_source"  # the relationship with somebody who gives information
    READ_INTELLIGENCE = "read_intelligence"  # released reports that one was sent
    RAISE_TASKING = "raise_tasking"  # say what is to be found out, and by whom; review and end it
    VIEW_TASKING = "view_tasking"  # one's own, by the bureau, and by whoever is tasked
    SEND_ALERT = "send_alert"  # foreign travel; by machine clients of border authorities only
    ASK_POLICE = "ask_police"  # an agency's requests for information, and what became of them
    TELL_POLICE = "tell_police"  # an agency's intelligence, events, and what it did about what was shared
    VIEW_AGREEMENT = "view_agreement"  # agreements with agencies, and whom to reach there
    MANAGE_AGREEMENTS = "manage_agreements"
    VIEW_SHARING = "view_sharing"  # decisions to share, what was sent, and what came of it
    DECIDE_SHARING = "decide_sharing"  # write a decision, send what was approved, withdraw it
    APPROVE_SHARING = "approve_sharing"  # who may approve which decision is computed besides: sharing.rules.authority
    VIEW_REQUEST = "view_request"  # requests and news of agencies
    ANSWER_REQUEST = "answer_request"
    VIEW_MEDIA = "view_media"  # enquiries of the media, strategies, statements
    MANAGE_MEDIA = "manage_media"
    TAKE_APPLICATION = "take_application"  # write down what somebody asks under a disclosure scheme
    VIEW_APPLICATION = "view_application"
    WORK_APPLICATION = "work_application"
    DECIDE_APPLICATION = "decide_application"  # allocate it, and agree to what somebody else proposed
    VIEW_SUBJECT_REQUEST = "view_subject_request"  # requests for one's own data; the unit that is asked to help sees them too
    ANSWER_SUBJECT_REQUEST = "answer_subject_request"
    VIEW_FREEDOM_REQUEST = "view_freedom_request"  # requests for information of the force, about nobody
    ANSWER_FREEDOM_REQUEST = "answer_freedom_request"
    VIEW_PROSECUTION = "view_prosecution"  # a prosecution with its unused material
    SCHEDULE_MATERIAL = "schedule_material"
    VIEW_PRIVILEGED = "view_privileged"  # prosecutors' advice
    REVIEW_ACCESS = "review_access"  # unusual looks, questions why, who could have seen what
    EXPLAIN_ACCESS = "explain_access"  # answer why one looked
    VIEW_RETENTION = "view_retention"  # until when a record is kept, by which rule, and what was decided
    REVIEW_RETENTION = "review_retention"  # decide a review, hold a record against disposal
    APPROVE_DISPOSAL = "approve_disposal"  # as the second person
    VIEW_DISPOSAL = "view_disposal"  # certificates of records that are gone
    VIEW_FIGURES = "view_figures"  # annual figures and indicators of the force, without names
    CLOSE_FIGURES = "close_figures"
    VIEW_QUALITY = "view_quality"  # what is missing, stale or contradictory in records
    VIEW_HEALTH = "view_health"  # how the system does


# Which tier of a record a permission opens; of others it opens what its own table says.
TIERS = {
    Perm.VIEW_MARKER: 0,
    Perm.VIEW_CARD: 1,
    Perm.VIEW_CASE_FILE: 2,
    Perm.VIEW_MEETING: 2,
    Perm.VIEW_SHARING: 2,
    Perm.VIEW_SENSITIVE: 3,
    Perm.VIEW_CONFIDENTIAL: 4,
}


class Scope(StrEnum):
    """Which records a permission reaches."""

    OWN = "own"  # the user is the managing officer
    UNIT = "unit"  # the user's unit owns the record
    UNIT_RESTRICTED = "unit, restricted too"  # the same, and records restricted to named people
    PARTNERED_UNIT = "partnered unit"  # the user's unit is a partner of the record
    FORCE = "force"  # the user's force owns the record
    PARTNERED_FORCE = "partnered force"  # the user's force is a partner of the record
    ALL = "all"  # every record that is not restricted to named people
    STATED_REASON = "stated reason, any force"  # a reason stated less than 8 hours ago
    FORCE_STATED_REASON = "stated reason, own or partnered force"  # the same, inside the force
    GRANTED = "granted"  # a live grant to the user or one of the user's groups
    DELEGATED = "delegated"  # the user was lent authority for the record's force or unit
    BREAK_GLASS = "break-glass"  # an emergency opening less than 1 hour ago


class Access(StrEnum):
    """Rules of pages that need no permission."""

    PUBLIC = "public"  # before signing in
    SIGNED_IN = "signed in"
    TOKEN = "token"  # noqa: S105 - a rule's name: machine clients of agencies, whatever their scopes


Rights = Mapping[Perm, frozenset[Scope]]

ANY = frozenset({Scope.ALL})
MARKER = frozenset({Scope.ALL, Scope.GRANTED, Scope.OWN, Scope.UNIT_RESTRICTED})
CARD = frozenset({Scope.FORCE, Scope.PARTNERED_FORCE, Scope.STATED_REASON, Scope.GRANTED})
CASE_FILE_BY_REASON = frozenset({Scope.FORCE_STATED_REASON, Scope.GRANTED})
NAMED = frozenset({Scope.GRANTED})
TEAM = frozenset({Scope.OWN, Scope.UNIT})
LEAD = frozenset({Scope.OWN, Scope.UNIT_RESTRICTED})
PARTNERED = frozenset({Scope.PARTNERED_UNIT})
LENT = frozenset({Scope.DELEGATED})
IN_FORCE = frozenset({Scope.FORCE})
OWN = frozenset({Scope.OWN})
QUEUE = frozenset({Scope.UNIT})  # what came to the unit
WATCHED = frozenset({Scope.OWN, Scope.UNIT})  # actions: one's own, and those that one's unit answers for

POLICE: dict[Perm, frozenset[Scope]] = {
    Perm.FIND_PERSON: ANY,
    Perm.VIEW_MARKER: frozenset({Scope.ALL, Scope.GRANTED}),
    Perm.VIEW_CARD: CARD,
    Perm.TELL_MANAGER: CARD,
    Perm.VIEW_DELEGATIONS: OWN,
    Perm.VIEW_BRIEFING: NAMED,
    Perm.SUBMIT_REPORT: OWN,
    Perm.READ_INTELLIGENCE: NAMED,
    Perm.VIEW_TASKING: NAMED,
    Perm.VIEW_ACTION: OWN,
    Perm.WORK_ACTION: OWN,
    Perm.ASSIGN_ACTION: OWN,
    Perm.VIEW_RULES: ANY,
    Perm.EXPLAIN_ACCESS: OWN,
}
CASE_READER: dict[Perm, frozenset[Scope]] = POLICE | {
    Perm.VIEW_CASE_FILE: CASE_FILE_BY_REASON,
    Perm.VIEW_MEETING: CASE_FILE_BY_REASON,
    Perm.VIEW_SENSITIVE: NAMED,
    Perm.VIEW_CONFIDENTIAL: NAMED,
    Perm.VIEW_SHARING: CASE_FILE_BY_REASON | LENT,
    Perm.APPROVE_SHARING: LENT,
    Perm.VIEW_AGREEMENT: IN_FORCE,
}

TAKES_APPLICATIONS: dict[Perm, frozenset[Scope]] = {
    Perm.TAKE_APPLICATION: OWN,
    Perm.VIEW_APPLICATION: OWN,
    Perm.WORK_APPLICATION: OWN,
}

ROLE_RIGHTS: dict[Role, Rights] = {
    Role.OFFENDER_MANAGER: CASE_READER
    | {
        Perm.VIEW_MARKER: frozenset({Scope.ALL, Scope.GRANTED, Scope.OWN}),
        Perm.VIEW_CARD: CARD | {Scope.OWN},
        Perm.TELL_MANAGER: CARD | {Scope.OWN},
        Perm.VIEW_CASE_FILE: CASE_FILE_BY_REASON | TEAM | PARTNERED,
        Perm.ANSWER_NOTICE: TEAM,
        Perm.CREATE_NOMINAL: ANY,
        Perm.CHANGE_RECORD: TEAM,
        Perm.GRANT_ACCESS: OWN,
        Perm.VIEW_ACCESS_LOG: TEAM,
        Perm.ADD_CONFIDENTIAL: TEAM,
        Perm.VIEW_MEETING: CASE_FILE_BY_REASON | TEAM | PARTNERED,
        Perm.VIEW_SENSITIVE: NAMED | OWN,
        Perm.VIEW_BRIEFING: NAMED | TEAM,
        Perm.ARRANGE_MEETING: TEAM,
        Perm.VIEW_ACTION: WATCHED,
        Perm.WORK_ACTION: WATCHED,
        Perm.VIEW_ALERT: QUEUE,
        Perm.TRIAGE_ALERT: QUEUE,
        Perm.VIEW_SHARING: CASE_FILE_BY_REASON | TEAM | PARTNERED | LENT,
        Perm.DECIDE_SHARING: TEAM,
        Perm.VIEW_REQUEST: QUEUE,
        Perm.ANSWER_REQUEST: QUEUE,
        Perm.VIEW_MEDIA: QUEUE,
        **TAKES_APPLICATIONS,
        Perm.VIEW_SUBJECT_REQUEST: QUEUE,
        Perm.VIEW_PROSECUTION: WATCHED,
        Perm.SCHEDULE_MATERIAL: OWN,
        Perm.VIEW_PRIVILEGED: TEAM,
        Perm.VIEW_RETENTION: TEAM,
        Perm.VIEW_QUALITY: TEAM,
    },
    Role.SUPERVISOR: CASE_READER
    | {
        Perm.VIEW_MARKER: MARKER,
        Perm.VIEW_CARD: CARD | LEAD,
        Perm.TELL_MANAGER: CARD | LEAD,
        Perm.VIEW_CASE_FILE: CASE_FILE_BY_REASON | LEAD | PARTNERED,
        Perm.ANSWER_NOTICE: LEAD,
        Perm.CREATE_NOMINAL: ANY,
        Perm.CHANGE_RECORD: LEAD,
        Perm.ALLOCATE_RECORD: LEAD,
        Perm.GRANT_ACCESS: LEAD,
        Perm.EXCLUDE_PERSON: LEAD,
        Perm.VIEW_ACCESS_LOG: LEAD,
        Perm.ADD_CONFIDENTIAL: LEAD,
        Perm.VIEW_MEETING: CASE_FILE_BY_REASON | LEAD | PARTNERED,
        Perm.VIEW_SENSITIVE: NAMED | LEAD,
        Perm.VIEW_CONFIDENTIAL: NAMED | {Scope.BREAK_GLASS},
        Perm.VIEW_BRIEFING: NAMED | LEAD,
        Perm.APPROVE_RISK: LEAD,
        Perm.VERIFY_FLAGS: LEAD,
        Perm.ARRANGE_MEETING: LEAD,
        Perm.TRANSFER_RECORD: LEAD,
        Perm.RECEIVE_RECORD: frozenset({Scope.UNIT}),
        Perm.MERGE_RECORDS: LEAD,
        Perm.VIEW_ACTION: WATCHED,
        Perm.WORK_ACTION: WATCHED,
        Perm.ASSIGN_ACTION: WATCHED,
        Perm.BREAK_GLASS: frozenset({Scope.FORCE, Scope.UNIT_RESTRICTED}),
        Perm.IMPORT_NOMINALS: ANY,
        Perm.VIEW_ALERT: QUEUE,
        Perm.TRIAGE_ALERT: QUEUE,
        Perm.SIGN_OFF_TRAVEL: LEAD,
        Perm.RAISE_TASKING: OWN,
        Perm.VIEW_TASKING: NAMED | OWN,
        Perm.VIEW_SHARING: CASE_FILE_BY_REASON | LEAD | PARTNERED | LENT,
        Perm.DECIDE_SHARING: LEAD,
        Perm.APPROVE_SHARING: LEAD | LENT,
        Perm.VIEW_REQUEST: QUEUE,
        Perm.ANSWER_REQUEST: QUEUE,
        Perm.VIEW_MEDIA: QUEUE,
        Perm.TAKE_APPLICATION: OWN,
        Perm.VIEW_APPLICATION: WATCHED,
        Perm.WORK_APPLICATION: WATCHED,
        Perm.DECIDE_APPLICATION: QUEUE,
        Perm.VIEW_SUBJECT_REQUEST: QUEUE,
        Perm.VIEW_PROSECUTION: WATCHED,
        Perm.SCHEDULE_MATERIAL: WATCHED,
        Perm.VIEW_PRIVILEGED: LEAD,
        Perm.VIEW_RETENTION: LEAD,
        Perm.REVIEW_RETENTION: LEAD,
        Perm.VIEW_DISPOSAL: LEAD,
        Perm.VIEW_FIGURES: IN_FORCE,
        Perm.VIEW_QUALITY: LEAD,
    },
    Role.DISCLOSURE_AUTHORITY: CASE_READER
    | {
        Perm.DELEGATE_AUTHORITY: ANY,
        Perm.VIEW_SHARING: CASE_FILE_BY_REASON | IN_FORCE,
        Perm.APPROVE_SHARING: IN_FORCE | NAMED,
        Perm.VIEW_MEDIA: IN_FORCE,
    },
    Role.MAPP_CHAIR: CASE_READER
    | {
        Perm.VIEW_MEETING: CASE_FILE_BY_REASON | IN_FORCE,
        Perm.CHAIR_MEETING: IN_FORCE | NAMED,
        Perm.VIEW_SHARING: CASE_FILE_BY_REASON | IN_FORCE | LENT,
        Perm.APPROVE_SHARING: IN_FORCE | NAMED | LENT,
    },
    Role.MAPPA_COORDINATOR: CASE_READER
    | {
        Perm.VIEW_MEETING: CASE_FILE_BY_REASON | IN_FORCE,
        Perm.ARRANGE_MEETING: IN_FORCE,
        Perm.VIEW_FIGURES: IN_FORCE,
        Perm.CLOSE_FIGURES: IN_FORCE,
        Perm.VIEW_QUALITY: IN_FORCE,
    },
    Role.CONTROL_ROOM: POLICE | TAKES_APPLICATIONS,
    Role.OPERATIONAL: CASE_READER | TAKES_APPLICATIONS | {Perm.VIEW_PROSECUTION: OWN, Perm.SCHEDULE_MATERIAL: OWN},
    Role.INTELLIGENCE: CASE_READER
    | {
        Perm.VIEW_CONFIDENTIAL: NAMED | {Scope.BREAK_GLASS},
        Perm.BREAK_GLASS: IN_FORCE,
        Perm.VIEW_ALERT: IN_FORCE,
        Perm.TRIAGE_ALERT: IN_FORCE,
        Perm.VIEW_REPORT: IN_FORCE,
        Perm.EVALUATE_REPORT: IN_FORCE,
        Perm.LINK_INTELLIGENCE: ANY,
        Perm.REVIEW_SOURCE: IN_FORCE,
        Perm.RAISE_TASKING: IN_FORCE,
        Perm.VIEW_TASKING: NAMED | IN_FORCE,
    },
    Role.PRESS_OFFICER: POLICE
    | {Perm.VIEW_MEDIA: IN_FORCE, Perm.MANAGE_MEDIA: IN_FORCE, Perm.VIEW_FREEDOM_REQUEST: IN_FORCE},
    Role.INFORMATION_GOVERNANCE: CASE_READER
    | {
        Perm.VIEW_SHARING: CASE_FILE_BY_REASON | IN_FORCE | LENT,
        Perm.MANAGE_AGREEMENTS: IN_FORCE,
        Perm.VIEW_SUBJECT_REQUEST: IN_FORCE,
        Perm.ANSWER_SUBJECT_REQUEST: IN_FORCE,
        Perm.VIEW_FREEDOM_REQUEST: IN_FORCE,
        Perm.ANSWER_FREEDOM_REQUEST: IN_FORCE,
        Perm.VIEW_PROSECUTION: IN_FORCE,
        Perm.SCHEDULE_MATERIAL: IN_FORCE,
        Perm.VIEW_RETENTION: IN_FORCE,
        Perm.REVIEW_RETENTION: IN_FORCE,
        Perm.APPROVE_DISPOSAL: IN_FORCE,
        Perm.VIEW_DISPOSAL: IN_FORCE,
        Perm.VIEW_FIGURES: IN_FORCE,
        Perm.VIEW_QUALITY: IN_FORCE,
    },
    Role.AUDITOR: {
        Perm.VIEW_AUDIT: IN_FORCE,
        Perm.REVIEW_BREAK_GLASS: IN_FORCE,
        Perm.REVIEW_ACCESS: IN_FORCE,
        Perm.VIEW_DISPOSAL: IN_FORCE,
        Perm.EXPLAIN_ACCESS: OWN,
        Perm.VIEW_FIGURES: IN_FORCE,
    },
    Role.ADMINISTRATOR: {
        Perm.MANAGE_USERS: IN_FORCE,
        Perm.VIEW_RULES: ANY,
        Perm.CHANGE_RULES: ANY,
        Perm.EXPLAIN_ACCESS: OWN,
        Perm.VIEW_HEALTH: ANY,
    },
    Role.PARTNER: {
        Perm.VIEW_SHARED: ANY,
        Perm.SEND_ALERT: ANY,
        Perm.ASK_POLICE: OWN,
        Perm.TELL_POLICE: ANY,
        Perm.VIEW_AGREEMENT: OWN,
    },
}

# Case-file access lapses with training or vetting; the operational card does not, because somebody may be at a door.
NEEDS_QUALIFICATION = frozenset(
    {
        Perm.VIEW_CASE_FILE,
        Perm.VIEW_SENSITIVE,
        Perm.VIEW_CONFIDENTIAL,
        Perm.VIEW_MEETING,
        Perm.VIEW_BRIEFING,
        Perm.CREATE_NOMINAL,
        Perm.CHANGE_RECORD,
        Perm.ALLOCATE_RECORD,
        Perm.GRANT_ACCESS,
        Perm.EXCLUDE_PERSON,
        Perm.VIEW_ACCESS_LOG,
        Perm.ADD_CONFIDENTIAL,
        Perm.APPROVE_RISK,
        Perm.VERIFY_FLAGS,
        Perm.ARRANGE_MEETING,
        Perm.CHAIR_MEETING,
        Perm.TRANSFER_RECORD,
        Perm.RECEIVE_RECORD,
        Perm.MERGE_RECORDS,
        Perm.BREAK_GLASS,
        Perm.IMPORT_NOMINALS,
        Perm.VIEW_ALERT,
        Perm.TRIAGE_ALERT,
        Perm.SIGN_OFF_TRAVEL,
        Perm.VIEW_REPORT,
        Perm.EVALUATE_REPORT,
        Perm.LINK_INTELLIGENCE,
        Perm.REVIEW_SOURCE,
        Perm.READ_INTELLIGENCE,
        Perm.RAISE_TASKING,
        Perm.VIEW_TASKING,
        Perm.VIEW_SHARING,
        Perm.DECIDE_SHARING,
        Perm.APPROVE_SHARING,
        Perm.VIEW_REQUEST,
        Perm.ANSWER_REQUEST,
        Perm.VIEW_APPLICATION,
        Perm.WORK_APPLICATION,
        Perm.DECIDE_APPLICATION,
        Perm.VIEW_SUBJECT_REQUEST,
        Perm.ANSWER_SUBJECT_REQUEST,
        Perm.VIEW_PROSECUTION,
        Perm.SCHEDULE_MATERIAL,
        Perm.VIEW_PRIVILEGED,
        Perm.VIEW_RETENTION,
        Perm.REVIEW_RETENTION,
        Perm.APPROVE_DISPOSAL,
        Perm.VIEW_QUALITY,
    }
)

# Which grants and stated reasons open a permission: a wider one opens the narrower too.
OPENED_BY: dict[Perm, tuple[Perm, ...]] = {
    Perm.VIEW_MARKER: (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE),
    Perm.VIEW_CARD: (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE),
    Perm.TELL_MANAGER: (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE),
    Perm.VIEW_CASE_FILE: (Perm.VIEW_CASE_FILE,),
    Perm.VIEW_SENSITIVE: (Perm.VIEW_SENSITIVE,),
    Perm.VIEW_MEETING: (Perm.VIEW_CASE_FILE,),
    Perm.CHAIR_MEETING: (Perm.VIEW_CASE_FILE,),
    Perm.VIEW_SHARING: (Perm.VIEW_CASE_FILE,),
    Perm.APPROVE_SHARING: (Perm.VIEW_CASE_FILE,),
}


def holders_of(perm: Perm) -> list[Role]:
    """Return the roles that hold a permission."""
    return [role for role in Role if perm in ROLE_RIGHTS[role]]
