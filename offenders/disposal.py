"""What becomes of each table of records when a record is disposed of."""

from django.db.models import Q, QuerySet

from audit.disposing import NOBODY, Declared, Goes, Going, Stays
from offenders.models import Identifier, Name, SavedSearch, Word

RULE = Stays("dated rules and lists")


def words_of_nobody_else(going: Going) -> QuerySet:
    """Words of the names that go which are in nobody else's."""
    names = going.of("offenders.Name")
    words = {word for tokens in Name.objects.filter(pk__in=names).values_list("tokens", flat=True) for word in tokens}
    used = Name.objects.filter(tokens__overlap=sorted(words)).exclude(pk__in=names).values_list("tokens", flat=True) if words else []
    return Word.objects.filter(pk__in=words - {word for tokens in used for word in tokens})


def said_of(going: Going, field: str) -> Q:
    """The condition that a text names the person: a name with its parts in any order, a number, or the record's reference."""
    found = Q(pk=None)
    for name in Name.objects.filter(pk__in=going.of("offenders.Name")):
        found |= Q(**{f"{field}__icontains": name.surname}) & (
            Q(**{f"{field}__iexact": name.surname}) | any_of(field, name.given_names.split())
        )
    numbers = Identifier.objects.filter(pk__in=going.of("offenders.Identifier")).values_list("value", "as_given")
    return found | any_of(field, [each for pair in numbers for each in pair])


def any_of(field: str, words: list[str]) -> Q:
    """The condition that a text holds one of these words."""
    found = Q(pk=None)
    for word in filter(None, words):
        found |= Q(**{f"{field}__icontains": word})
    return found


def searches_for(going: Going) -> QuerySet:
    """What somebody typed a few hours ago to find the person."""
    return SavedSearch.objects.filter(said_of(going, "text"))


DISPOSAL: Declared = {
    "Nominal": Goes(),
    "Name": Goes(),
    "DateOfBirth": Goes(),
    "Identifier": Goes(),
    "Description": Goes(),
    "Mark": Goes(),
    "Photograph": Goes(),
    "OperationalFacts": Goes(),
    "WarningMarker": Goes(),
    "RiskPeriod": Goes(),
    "MappaPeriod": Goes(),
    "Address": Goes(),
    "Household": Goes(),
    "OnlineIdentity": Goes(),
    "Device": Goes(),
    "Vehicle": Goes(),
    "Occupation": Goes(),
    "Marking": Goes(),
    "Associate": Goes(without={"other": {"name": NOBODY}}),
    "ProtectedPerson": Goes(),
    "Conviction": Goes(),
    "RegistrationPeriod": Goes(),
    "RegistrationReview": Goes(),
    "NotificationDuty": Goes(),
    "CourtOrder": Goes(),
    "OrderVariation": Goes(),
    "Condition": Goes(),
    "Breach": Goes(),
    "BreachStep": Goes(),
    "TravelNotification": Goes(),
    "Journey": Goes(),
    "Licence": Goes(),
    "Recall": Goes(),
    "Custody": Goes(),
    "Assessment": Goes(),
    "RiskPlan": Goes(),
    "PlanAction": Goes(),
    "PlanReport": Goes(),
    "Visit": Goes(),
    "ReactiveManagement": Goes(),
    "Contact": Goes(),
    "ContactCorrection": Goes(),
    "Notice": Goes(),
    "AuthorityNotice": Goes(),
    "Referral": Goes(),
    "AgendaItem": Goes(),
    "Invitation": Goes(),
    "Minutes": Goes(),
    "AgencyInformation": Goes(),
    "RestrictedItem": Goes(),
    "MeetingAction": Goes(),
    "MinutesCopy": Goes(),
    "Document": Goes(),
    "DocumentFile": Goes(),
    "MaterialUse": Goes(),
    "Consultation": Goes(),
    "Transfer": Goes(),
    "Partnership": Goes(),
    "SensitiveItem": Goes(),
    "ConfidentialSection": Goes(),
    "SectionVersion": Goes(),
    "SectionFingerprint": Goes(),
    "SectionUserGrant": Goes(),
    "NominalUserGrant": Goes(),
    "NominalGroupGrant": Goes(),
    "Exclusion": Goes(),
    "BreakGlass": Goes(),
    "StatedReason": Goes(),
    "SilentHit": Goes(),
    "Merge": Goes(),
    "MergedRow": Goes(),
    "Word": Goes(also=words_of_nobody_else),
    "SavedSearch": Goes(also=searches_for),
    "Meeting": Stays("a day with many people on its agenda, which names none: the item of each goes"),
    "Import": Stays("counts, digests, and lines of files that are on the disk no more: no row says whose"),
    "SearchSweep": Stays("how far the system has looked"),
    "AssessmentTool": RULE,
    "ToolField": RULE,
    "InformationSource": RULE,
}
