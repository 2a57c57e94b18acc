"""What each table of intelligence is to the person that a record is about."""

from django.db.models import FilteredRelation, Q, QuerySet

from audit.personal import ON_RECORD, Apart, Declared, Held, NotTheirs
from intelligence.rules.information import State

WITHDRAWAL = ("withdrawn_at", "withdrawn_why")
WRITTEN = Apart("prevention", "Intelligence as it was given and worked on tells of sources.")
TACTICS = Apart("prevention", "What the police look for, ask and are told of.")
GIVERS = Apart("others", "Somebody who gave information.")
TOLD = Apart("prevention", "Who is told of which event.")
OTHERS = Apart("others", "Other people on record.")
RULE = NotTheirs("dated rules and lists")
DOOR = NotTheirs("messages from the border as they came: a crossing is read on the record to which it was filed", "travellers")
SEARCH = NotTheirs("words and keys for comparing, and what staff looked for", f"{ON_RECORD}, and others whom reports name")


def of_people_named(rows: QuerySet) -> QuerySet:
    """Texts of reports that stand, with `about`: the routes to people whom a report names, or turned out to be about."""
    routes = "report__routes"
    named = Q(**{f"{routes}__is_about": True}) | Q(**{f"{routes}__is_about__isnull": True, f"{routes}__is_named": True})
    return rows.exclude(report__state=State.WITHDRAWN).annotate(about=FilteredRelation(routes, condition=named))


def standing(rows: QuerySet) -> QuerySet:
    """Rows that nobody withdrew: what was withdrawn stood on the wrong record."""
    return rows.filter(withdrawn_at__isnull=True)


PERSONAL_DATA: Declared = {
    "TravelRecord": Held("Foreign travel that was seen", without=WITHDRAWAL, select=standing),
    "SystemCheck": Held(
        "Checks of other systems", without=("adapter", "failure", "failures", "last_failure_at", "claimed_at", *WITHDRAWAL), select=standing
    ),
    "InformationRelease": Held(
        "Released intelligence",
        nominal="about__nominal",
        without=("grade_source", "assessment", "handling", "conditions", "older_grade", "reason"),
        select=of_people_named,
    ),
    "InformationReport": WRITTEN,
    "ReportSubject": WRITTEN,
    "SignificanceAnswer": WRITTEN,
    "ReportNote": WRITTEN,
    "ReportRoute": WRITTEN,
    "Dissemination": WRITTEN,
    "InformationGiver": GIVERS,
    "SourceReview": GIVERS,
    "CovertReferral": Apart("prevention", "Covert techniques, asked for or used."),
    "Tasking": TACTICS,
    "TaskingSubject": TACTICS,
    "TaskingReview": TACTICS,
    "TaskingSlot": TACTICS,
    "TaskingReceipt": TACTICS,
    "Briefing": TACTICS,
    "BriefingRecipient": TACTICS,
    "BriefingReport": TACTICS,
    "SignalLook": TACTICS,
    "SignalReport": TACTICS,
    "FlagSetting": TOLD,
    "FlagSettingVersion": TOLD,
    "NoFlagReason": TOLD,
    "FlagReview": TOLD,
    "FlagVerdict": TOLD,
    "FlagDelivery": TOLD,
    "Entity": OTHERS,
    "Link": OTHERS,
    "LinkEnd": OTHERS,
    "EntityMerge": OTHERS,
    "DuplicatePair": OTHERS,
    "AlertCandidate": OTHERS,
    "TravelAlert": DOOR,
    "RawMessage": DOOR,
    "AlertRepeat": DOOR,
    "Arrival": DOOR,
    "MessageScan": DOOR,
    "AlertSource": RULE,
    "MatchingThreshold": RULE,
    "CheckSource": RULE,
    "EventType": RULE,
    "UsualFlag": RULE,
    "PostcodePoint": RULE,
    "ContactLimit": RULE,
    "Suggestion": RULE,
    "MeansRule": RULE,
    "Canary": NotTheirs("tests of routes, about nobody"),
    "ChangedIdentity": SEARCH,
    "DuplicateCheck": SEARCH,
    "ReportIndex": SEARCH,
    "ReleaseIndex": SEARCH,
    "ReportSearch": SEARCH,
    "ReportSearchHit": SEARCH,
    "LinkCheck": SEARCH,
    "ReportMark": SEARCH,
    "ReportWords": SEARCH,
    "MethodWords": SEARCH,
}
