"""What becomes of each table of intelligence when a record is disposed of: what tells of somebody else too stays, without the name."""

from django.db.models import Q, QuerySet

from audit.disposing import NOBODY, Declared, Goes, Going, Stays
from intelligence.choices.links import EntityKind, LinkKind, LinkState
from intelligence.choices.travel import AlertState
from intelligence.models import (
    AlertCandidate,
    AlertRepeat,
    Entity,
    InformationReport,
    Link,
    LinkCheck,
    LinkEnd,
    RawMessage,
    ReportRoute,
    ReportSearch,
    ReportSubject,
    Tasking,
    TaskingSubject,
    TravelAlert,
)
from offenders.disposal import said_of

RULE = Stays("dated rules and lists")
STANDING = [LinkState.CONFIRMED, LinkState.ENDED]
REPORT = "A report that was disposed of"


def reports_about_nobody_else(going: Going) -> QuerySet:
    """Reports that name these records, or were found to be about them, and no other record."""
    named = Q(is_about=True) | Q(is_about__isnull=True, is_named=True)
    subjects, routes = ReportSubject.objects.filter(nominal__isnull=False), ReportRoute.objects.filter(named)
    told = LinkEnd.objects.filter(nominal__isnull=False, link__kind=LinkKind.TELLS_OF, link__state=LinkState.CONFIRMED)
    sources = ((subjects, "report"), (routes, "report"), (told, "link__evidence"))
    of_keys, of_others = Q(nominal__in=going.keys), ~Q(nominal__in=going.keys)
    about = {key for rows, report in sources for key in rows.filter(of_keys).values_list(report, flat=True)}
    others = {key for rows, report in sources for key in rows.filter(of_others, **{f"{report}__in": about}).values_list(report, flat=True)}
    return InformationReport.objects.filter(pk__in=about - others)


def taskings_of_nobody_else(going: Going) -> QuerySet:
    """Taskings about these records alone."""
    about = TaskingSubject.objects.filter(nominal__in=going.keys).values("tasking")
    others = TaskingSubject.objects.exclude(nominal__in=going.keys).values("tasking")
    return Tasking.objects.filter(pk__in=about).exclude(pk__in=others)


def crossings_of_nobody_else(going: Going) -> QuerySet:
    """Reports from the border that are on no record and of which these records are the only candidates."""
    about = AlertCandidate.objects.filter(nominal__in=going.keys).values("alert")
    others = AlertCandidate.objects.exclude(nominal__in=going.keys).values("alert")
    return TravelAlert.objects.exclude(state=AlertState.FILED).filter(pk__in=about).exclude(pk__in=others)


def with_crossings(going: Going, *, are_whole: bool) -> QuerySet:
    """Messages that brought crossings which go: those that brought nothing else, or the others."""
    alerts = going.of("intelligence.TravelAlert")
    about = Q(pk__in=TravelAlert.objects.filter(pk__in=alerts).values("message"))
    about |= Q(pk__in=AlertRepeat.objects.filter(alert__in=alerts).values("message"))
    others = Q(pk__in=TravelAlert.objects.exclude(pk__in=alerts).values("message"))
    others |= Q(pk__in=AlertRepeat.objects.exclude(alert__in=alerts).values("message"))
    return RawMessage.objects.filter(about & (~others if are_whole else others))


def messages_of_nobody_else(going: Going) -> QuerySet:
    """Messages from the border that brought nothing else."""
    return with_crossings(going, are_whole=True)


def messages_of_others_too(going: Going) -> QuerySet:
    """Messages that brought other crossings too: those stand in their own rows, as given."""
    return with_crossings(going, are_whole=False)


def links_of_nobody_else(going: Going) -> QuerySet:
    """Links of these records, unless they join one with another record and somebody has confirmed that."""
    ends = LinkEnd.objects.filter(Q(nominal__in=going.keys) | Q(report__in=going.of("intelligence.InformationReport")))
    joined = LinkEnd.objects.filter(nominal__isnull=False).exclude(nominal__in=going.keys).values("link")
    told = Q(kind=LinkKind.TELLS_OF, evidence__in=going.of("intelligence.InformationReport"))
    stays = Q(pk__in=joined, state__in=STANDING) & ~Q(kind=LinkKind.TELLS_OF)
    return Link.objects.filter(Q(pk__in=ends.values("link")) & ~stays | told)


def entities_left_alone(going: Going) -> QuerySet:
    """People and things that are known through links which go, and through no other."""
    links = going.of("intelligence.Link")
    about = LinkEnd.objects.filter(link__in=links, entity__isnull=False).values("entity")
    others = LinkEnd.objects.exclude(link__in=links).filter(entity__isnull=False).values("entity")
    return Entity.objects.filter(pk__in=about).exclude(pk__in=others).exclude(merged__in=Entity.objects.filter(pk__in=others))


def put_nobody_there(ends: QuerySet) -> None:
    """Let a link that another record needs end at somebody without a name."""
    for end in ends.select_related("link"):
        nobody = Entity.objects.create(
            force_id=end.link.force_id, kind=EntityKind.PERSON, name=NOBODY, created_by_id=end.link.decided_by_id
        )
        LinkEnd.objects.filter(pk=end.pk).update(nominal=None, entity=nobody)


def comparisons_left(going: Going) -> QuerySet:
    """What is to be compared again and is no more there."""
    letters = {"n": going.keys, "r": going.of("intelligence.InformationReport"), "e": going.of("intelligence.Entity")}
    return LinkCheck.objects.filter(key__in=[f"{letter}{key}" for letter, keys in letters.items() for key in keys])


def searches_for(going: Going) -> QuerySet:
    """Searches of reports that name the person, kept or not."""
    return ReportSearch.objects.filter(said_of(going, "text") | said_of(going, "name"))


DISPOSAL: Declared = {
    "InformationReport": Goes(also=reports_about_nobody_else, without={"tasking": {}}),
    "ReportSubject": Goes(without={"nominal": {"called": NOBODY}}),
    "ReportRoute": Goes(),
    "SignificanceAnswer": Goes(),
    "ReportNote": Goes(),
    "InformationGiver": Goes(),
    "SourceReview": Goes(),
    "InformationRelease": Goes(),
    "Dissemination": Goes(),
    "ReportIndex": Goes(),
    "ReleaseIndex": Goes(),
    "ReportMark": Goes(),
    "ReportWords": Goes(),
    "MethodWords": Goes(),
    "ReportSearch": Goes(also=searches_for),
    "ReportSearchHit": Goes(),
    "CovertReferral": Goes(),
    "Tasking": Goes(also=taskings_of_nobody_else),
    "TaskingSubject": Goes(),
    "TaskingReview": Goes(),
    "TaskingSlot": Goes(),
    "TaskingReceipt": Goes(),
    "Briefing": Goes(),
    "BriefingRecipient": Goes(),
    "BriefingReport": Goes(),
    "SignalLook": Goes(),
    "SignalReport": Goes(),
    "SystemCheck": Goes(),
    "FlagSetting": Goes(),
    "FlagSettingVersion": Goes(),
    "NoFlagReason": Goes(),
    "FlagReview": Goes(),
    "FlagVerdict": Goes(),
    "FlagDelivery": Goes(),
    "TravelAlert": Goes(also=crossings_of_nobody_else),
    "TravelRecord": Goes(),
    "AlertCandidate": Goes(),
    "AlertRepeat": Goes(),
    "RawMessage": Goes(
        also=messages_of_nobody_else, wiped=messages_of_others_too, wiped_to={"content": b"", "file_name": "", "sender_details": {}}
    ),
    "Arrival": Goes(),
    "MessageScan": Goes(),
    "Link": Goes(also=links_of_nobody_else, without={"evidence": {"basis": REPORT}}),
    "LinkEnd": Goes(without={"nominal": put_nobody_there}),
    "Entity": Goes(also=entities_left_alone),
    "EntityMerge": Goes(),
    "DuplicatePair": Goes(),
    "DuplicateCheck": Goes(),
    "ChangedIdentity": Goes(),
    "LinkCheck": Goes(also=comparisons_left, is_last=True),
    "Canary": Stays("tests of routes, about nobody"),
    "AlertSource": RULE,
    "MatchingThreshold": RULE,
    "CheckSource": RULE,
    "EventType": RULE,
    "UsualFlag": RULE,
    "PostcodePoint": RULE,
    "ContactLimit": RULE,
    "Suggestion": RULE,
    "MeansRule": RULE,
}
