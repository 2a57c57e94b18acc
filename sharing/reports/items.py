"""What of a record could be shared, as the person may see it who chooses: source by source, thing by thing.

Privileged documents and covert activity are read by no source, so that nobody can choose them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop, override

from accounts.access import row_security
from accounts.errors import DomainError
from accounts.models import User
from intelligence.reports.briefings import releases_about
from offenders.cards import FOR_LIFE
from offenders.choices import IdentifierKind, NameKind, RiskLevel, SectionKind
from offenders.choices.confidential import Consent
from offenders.choices.risk import SignOff
from offenders.choices.visits import VisitState
from offenders.guards.documents import require_exportable
from offenders.models import (
    Address,
    Assessment,
    Associate,
    Condition,
    ConfidentialSection,
    Contact,
    CourtOrder,
    DateOfBirth,
    Description,
    Document,
    Identifier,
    MappaPeriod,
    Mark,
    Name,
    Nominal,
    NotificationDuty,
    Occupation,
    OnlineIdentity,
    OperationalFacts,
    PlanAction,
    RegistrationPeriod,
    RiskPeriod,
    RiskPlan,
    SensitiveItem,
    TravelNotification,
    Vehicle,
    Visit,
    WarningMarker,
)
from offenders.rules import format_identifier
from offenders.templatetags.nominals import last_day
from sharing.choices.agreements import DataClass
from sharing.models import PartnerNews
from sharing.rules.news import CONTROLLED
from sharing.rules.passages import GATED
from ui.languages import KEPT_IN
from ui.templatetags.ui import uk_date, uk_datetime, words_in_sentence

NEWEST = 50  # of what a record has many of
ASSOCIATE = "Another person on record, who is not named here"
IN_USE = (IdentifierKind.PHONE, IdentifierKind.VEHICLE)


@dataclass(frozen=True)
class Item:
    """One thing that could be shared. `blocked` says why it must not go yet, and who must be asked."""

    key: str
    label: str
    text: str
    blocked: DomainError | None = None


Read = Callable[[User, Nominal], Iterable[Item]]


@dataclass(frozen=True)
class Source:
    """Where things that could be shared come from."""

    code: str
    heading: str
    data_class: DataClass
    read: Read


def rows_of(model: Any, user: User, nominal: Nominal) -> QuerySet:
    """Return the rows of a record that a user may see."""
    rows: QuerySet = model.objects.for_user(user).filter(nominal=nominal)
    return rows


def live(model: Any, user: User, nominal: Nominal) -> QuerySet:
    """Return the rows whose period holds today."""
    return rows_of(model, user, nominal).filter(period__contains=localdate()).order_by("pk")


def span(row: Any) -> str:
    """Return a period in words."""
    lower, last = row.period.lower, last_day(row.period)
    return " ".join(filter(None, [f"from {uk_date(lower)}" if lower else "", f"until {uk_date(last)}" if last else ""]))


def said(*pairs: tuple[str, object]) -> str:
    """Return what is known, a line each."""
    return "\n".join(f"{name}: {value}" if name else str(value) for name, value in pairs if value)


def names(user: User, nominal: Nominal) -> Iterable[Item]:
    """The name of the record and others in use."""
    rows = sorted(rows_of(Name, user, nominal), key=lambda row: (row.kind != NameKind.PRIMARY, row.pk))
    return (Item(f"name:{row.pk}", str(row.get_kind_display()), row.full_name) for row in rows)


def births(user: User, nominal: Nominal) -> Iterable[Item]:
    """Dates of birth."""
    rows = rows_of(DateOfBirth, user, nominal).order_by("-is_primary", "pk")
    return (Item(f"birth:{row.pk}", "Born", uk_date((row.year, row.month, row.day))) for row in rows)


def numbers(user: User, nominal: Nominal) -> Iterable[Item]:
    """Numbers by which systems know the person."""
    return numbered(rows_of(Identifier, user, nominal).exclude(kind__in=IN_USE))


def in_use(user: User, nominal: Nominal) -> Iterable[Item]:
    """Telephones, and registration marks of vehicles."""
    return numbered(rows_of(Identifier, user, nominal).filter(kind__in=IN_USE))


def numbered(rows: QuerySet) -> Iterable[Item]:
    """Return numbers as people write them."""
    rows = rows.order_by("kind", "pk")
    return (Item(f"number:{row.pk}", str(row.get_kind_display()), format_identifier(row.kind, row.value)) for row in rows)


def appearance(user: User, nominal: Nominal) -> Iterable[Item]:
    """Looks."""
    for row in rows_of(Description, user, nominal):
        height = f"{row.height_cm}cm" if row.height_cm else ""
        looks = (("Sex", row.get_sex_display()), ("Ethnicity", row.ethnicity), ("Height", height), ("Build", row.build))
        yield Item("looks:description", "Appearance", said(*looks, ("Hair", row.hair), ("Eyes", row.eyes)))


def marks(user: User, nominal: Nominal) -> Iterable[Item]:
    """Tattoos and scars."""
    rows = rows_of(Mark, user, nominal).order_by("pk")
    return (Item(f"mark:{row.pk}", str(row.get_kind_display()), f"On {row.place}: {row.description}") for row in rows)


def risk(user: User, nominal: Nominal) -> Iterable[Item]:
    """The level of risk today."""
    for row in live(RiskPeriod, user, nominal):
        yield Item(f"risk:{row.pk}", "Risk", f"{RiskLevel(row.level).label}, {span(row)}")


def mappa(user: User, nominal: Nominal) -> Iterable[Item]:
    """Category and level today."""
    for row in live(MappaPeriod, user, nominal).filter(category__isnull=False):
        yield Item(f"mappa:{row.pk}", "MAPPA", f"Category {row.category}, level {row.level}, {span(row)}")


def warnings(user: User, nominal: Nominal) -> Iterable[Item]:
    """Warnings for whoever meets the person."""
    rows = rows_of(WarningMarker, user, nominal).filter(ended_on__isnull=True).order_by("pk")
    return (Item(f"warning:{row.pk}", "Warning", said(("", row.get_kind_display()), ("", row.note))) for row in rows)


def fact(name: str, label: str) -> Read:
    """Return the reader of one field of the card."""

    def read(user: User, nominal: Nominal) -> Iterable[Item]:
        values = rows_of(OperationalFacts, user, nominal).values_list(name, flat=True)
        return (Item(f"fact:{name}", label, value) for value in values)

    return read


def conditions(user: User, nominal: Nominal) -> Iterable[Item]:
    """Conditions and prohibitions in force."""
    today = localdate()
    rows = rows_of(Condition, user, nominal).filter(Q(starts_on__isnull=True) | Q(starts_on__lte=today))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).order_by("pk")
    return (Item(f"condition:{row.pk}", str(row.get_kind_display()), row.text) for row in rows)


def licence(user: User, nominal: Nominal) -> Iterable[Item]:
    """How long the licence lasts."""
    for until in rows_of(OperationalFacts, user, nominal).values_list("on_licence_until", flat=True):
        words = "On licence for life" if until == FOR_LIFE else f"On licence until {uk_date(until)}"
        yield Item("licence:until", "Licence", words if until else "")


def orders(user: User, nominal: Nominal) -> Iterable[Item]:
    """Orders of courts that are in force."""
    rows = rows_of(CourtOrder, user, nominal).filter(discharged_on__isnull=True).order_by("pk")
    for row in rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=localdate())):
        until = uk_date(row.ends_on) if row.ends_on else "further order"
        yield Item(f"order:{row.public_id}", str(row.get_kind_display()), f"{row.court}, from {uk_date(row.starts_on)} until {until}")


def registration(user: User, nominal: Nominal) -> Iterable[Item]:
    """How long the person must notify."""
    rows = rows_of(RegistrationPeriod, user, nominal).filter(withdrawn_at__isnull=True, period__contains=localdate()).order_by("pk")
    return (Item(f"registration:{row.public_id}", "Must notify", f"{row.basis}, {span(row)}") for row in rows)


def duties(user: User, nominal: Nominal) -> Iterable[Item]:
    """Notifications that are due."""
    rows = rows_of(NotificationDuty, user, nominal).filter(state="due").order_by("pk")
    return (Item(f"duty:{row.public_id}", str(row.get_kind_display()), said(("", row.about), ("Due", uk_date(row.due_on)))) for row in rows)


def addresses(user: User, nominal: Nominal) -> Iterable[Item]:
    """Where the person lives and stays now."""
    return (Item(f"address:{row.public_id}", str(row.get_kind_display()), row.words) for row in live(Address, user, nominal))


def vehicles(user: User, nominal: Nominal) -> Iterable[Item]:
    """Vehicles in use."""
    for row in live(Vehicle, user, nominal).select_related("identifier"):
        looks = " ".join(filter(None, (row.colour, row.make, row.model_name)))
        yield Item(f"vehicle:{row.public_id}", "Vehicle", said(("", row.mark), ("", looks), ("Kept at", row.kept_at)))


def online(user: User, nominal: Nominal) -> Iterable[Item]:
    """Names in use online."""
    rows = live(OnlineIdentity, user, nominal)
    return (Item(f"online:{row.public_id}", str(row.get_kind_display()), said(("", row.handle), ("", row.service))) for row in rows)


def occupations(user: User, nominal: Nominal) -> Iterable[Item]:
    """Work and other regular activities."""
    for row in live(Occupation, user, nominal):
        what = said(("", row.organisation), ("As", row.role), ("Contact with", row.get_contact_with_display()))
        yield Item(f"occupation:{row.public_id}", str(row.get_kind_display()), what)


def associates(user: User, nominal: Nominal) -> Iterable[Item]:
    """Who is close to the person. Another record is never named."""
    rows = live(Associate, user, nominal)
    return (Item(f"associate:{row.public_id}", str(row.get_kind_display()), row.name or ASSOCIATE) for row in rows)


def plan(user: User, nominal: Nominal) -> Iterable[Item]:
    """The parts of the approved plan."""
    for row in rows_of(RiskPlan, user, nominal).filter(state=SignOff.APPROVED):
        for label, text in row.parts:
            yield Item(f"plan:{row.public_id}-{label.lower().replace(' ', '_')}", label, text)


def plan_actions(user: User, nominal: Nominal) -> Iterable[Item]:
    """What is to be done under the plan, and by whom: an officer stands for the police."""
    for row in rows_of(PlanAction, user, nominal).filter(ended_at__isnull=True).select_related("unit").order_by("pk"):
        who = row.partner or (row.unit.name if row.unit else "Police")
        what = said(("", row.what), ("By", who), ("", row.rhythm), ("First due", uk_date(row.due_on)))
        yield Item(f"plan-action:{row.public_id}", "Action of the plan", what)


def assessments(user: User, nominal: Nominal) -> Iterable[Item]:
    """Why the risk was assessed as it is."""
    rows = rows_of(Assessment, user, nominal).filter(state=SignOff.APPROVED).select_related("tool")
    for row in rows.order_by("-assessed_on", "-pk")[:NEWEST]:
        yield Item(f"assessment:{row.public_id}", f"{row.tool.name}, {uk_date(row.assessed_on)}", row.rationale)


def visits(user: User, nominal: Nominal) -> Iterable[Item]:
    """What visits found."""
    for row in rows_of(Visit, user, nominal).filter(state=VisitState.DONE).order_by("-happened_at")[:NEWEST]:
        found = (("At home", row.home), ("Said", row.said), ("Devices", row.devices), ("New", row.new_facts), ("Concerns", row.concerns))
        yield Item(f"visit:{row.public_id}", f"Visit of {uk_datetime(row.happened_at)}", said(("Seen", row.seen), *found))


def contacts(user: User, nominal: Nominal) -> Iterable[Item]:
    """What was said in conversations, with what was put right since."""
    for row in rows_of(Contact, user, nominal).prefetch_related("corrections").order_by("-at", "-pk")[:NEWEST]:
        later = [(f"Added {uk_date(each.made_at)}", each.text) for each in row.corrections.all()]
        yield Item(f"contact:{row.public_id}", f"Conversation of {uk_datetime(row.at)}", said(("", row.about), ("", row.said), *later))


def travel(user: User, nominal: Nominal) -> Iterable[Item]:
    """Foreign travel that was notified and is not over."""
    rows = rows_of(TravelNotification, user, nominal).filter(cancelled_on__isnull=True).prefetch_related("journeys")
    for row in rows.order_by("-leaves_on", "-pk")[:NEWEST]:
        away = f"{uk_date(row.leaves_on)} to {uk_date(row.returns_on) if row.returns_on else 'a day not known'}"
        places = ", ".join(", ".join(filter(None, (each.place, each.country))) for each in row.journeys.all())
        yield Item(f"travel:{row.public_id}", "Foreign travel", said(("", away), ("To", places), ("Leaves from", row.port_out)))


def documents(user: User, nominal: Nominal) -> Iterable[Item]:
    """Which documents there are. What is legally privileged is not read at all."""
    rows = rows_of(Document, user, nominal).filter(is_privileged=False, withdrawn_at__isnull=True)
    for row in rows.order_by("-number")[:NEWEST]:
        require_exportable(row)
        dated = uk_date(row.dated_on) if row.dated_on else ""
        yield Item(f"document:{row.public_id}", str(row.get_kind_display()), said(("", row.title), ("Of", dated)))


def intelligence(user: User, nominal: Nominal) -> Iterable[Item]:
    """Released texts of reports, with the conditions under which they were released; what an agency controls goes only with its consent."""
    rows = list(releases_about(user, nominal)[:NEWEST])
    kept = set(PartnerNews.objects.kept_back().filter(report__in=[row.report_id for row in rows]).values_list("report", flat=True))
    for row in rows:
        handling = f"{row.get_handling_display()}. {row.conditions}".strip()
        text = said(("", row.sanitised), ("Conditions", handling))
        blocked = DomainError(CONTROLLED) if row.report_id in kept else None
        yield Item(f"intelligence:{row.report.public_id}", f"Report {row.report.reference}", text, blocked)


def sensitive(user: User, nominal: Nominal) -> Iterable[Item]:
    """Sensitive material that is held now; what somebody else gave goes only with their consent. Call it inside row_security."""
    for row in rows_of(SensitiveItem, user, nominal).filter(ended_on__isnull=True).order_by("pk"):
        waits = row.is_of_third_party and row.consent != Consent.GIVEN
        consent = words_in_sentence(Consent(row.consent).label)
        blocked = DomainError("Ask {who}: consent is “{consent}”.", who=row.originator or row.source, consent=consent) if waits else None
        text = said(("", row.text), ("Conditions", row.conditions))
        yield Item(f"sensitive:{row.public_id}", str(row.get_kind_display()), text, blocked)


def confidential(user: User, nominal: Nominal) -> Iterable[Item]:
    """Confidential sections that the chooser may read; covert activity is read by no source. Call it inside row_security."""
    rows = rows_of(ConfidentialSection, user, nominal).filter(closed_at__isnull=True).exclude(kind=SectionKind.COVERT)
    for row in rows.order_by("pk"):
        yield Item(f"confidential:{row.public_id}", str(row.get_kind_display()), said(("", row.body), ("Handling", row.handling)))


SOURCES = (
    Source("name", gettext_noop("Names"), DataClass.IDENTITY, names),
    Source("number", gettext_noop("Numbers"), DataClass.IDENTITY, numbers),
    Source("birth", gettext_noop("Dates of birth"), DataClass.IDENTITY, births),
    Source("looks", gettext_noop("Appearance"), DataClass.IDENTITY, appearance),
    Source("mark", gettext_noop("Marks"), DataClass.IDENTITY, marks),
    Source("risk", gettext_noop("Risk"), DataClass.RISK, risk),
    Source("mappa", gettext_noop("MAPPA"), DataClass.RISK, mappa),
    Source("warning", gettext_noop("Warnings"), DataClass.RISK, warnings),
    Source("on_encounter", gettext_noop("On meeting the person"), DataClass.RISK, fact("on_encounter", "What to do")),
    Source(
        "modus_operandi", gettext_noop("How this person offends"), DataClass.OFFENDING, fact("modus_operandi", "How this person offends")
    ),
    Source("risk_factors", gettext_noop("What raises the risk"), DataClass.OFFENDING, fact("risk_factors", "What raises the risk")),
    Source("people_at_risk", gettext_noop("People at risk"), DataClass.ASSOCIATES, fact("people_at_risk", "People at risk")),
    Source("licence", gettext_noop("Licence"), DataClass.CONDITIONS, licence),
    Source("condition", gettext_noop("Conditions"), DataClass.CONDITIONS, conditions),
    Source("order", gettext_noop("Orders"), DataClass.CONDITIONS, orders),
    Source("registration", gettext_noop("Registration"), DataClass.CONDITIONS, registration),
    Source("duty", gettext_noop("Notifications due"), DataClass.CONDITIONS, duties),
    Source("address", gettext_noop("Addresses"), DataClass.WHEREABOUTS, addresses),
    Source("vehicle", gettext_noop("Vehicles"), DataClass.WHEREABOUTS, vehicles),
    Source("in-use", gettext_noop("Telephones and registration marks"), DataClass.WHEREABOUTS, in_use),
    Source("online", gettext_noop("Online names"), DataClass.WHEREABOUTS, online),
    Source("occupation", gettext_noop("Work and activities"), DataClass.WHEREABOUTS, occupations),
    Source("associate", gettext_noop("Associates"), DataClass.ASSOCIATES, associates),
    Source("plan", gettext_noop("Risk management plan"), DataClass.PLAN, plan),
    Source("plan-action", gettext_noop("Actions of the plan"), DataClass.PLAN, plan_actions),
    Source("assessment", gettext_noop("Risk assessments"), DataClass.RISK, assessments),
    Source("visit", gettext_noop("Visits"), DataClass.EVENTS, visits),
    Source("contact", gettext_noop("Conversations"), DataClass.EVENTS, contacts),
    Source("travel", gettext_noop("Foreign travel"), DataClass.EVENTS, travel),
    Source("document", gettext_noop("Documents"), DataClass.DOCUMENTS, documents),
    Source("intelligence", gettext_noop("Released intelligence"), DataClass.INTELLIGENCE, intelligence),
    Source("sensitive", gettext_noop("Sensitive material"), DataClass.SENSITIVE, sensitive),
    Source("confidential", gettext_noop("Confidential sections"), DataClass.CONFIDENTIAL, confidential),
)
OPEN = tuple(source for source in SOURCES if source.data_class not in GATED)
BEHIND_GATES = {source.code: source for source in SOURCES if source.data_class in GATED}


def read_sources(user: User, nominal: Nominal, sources: Sequence[Source] = OPEN) -> list[tuple[Source, list[Item]]]:
    """Return the things of these sources that say something, as this user may see them now.

    They are in English whoever reads: what is chosen is kept so, and compared later with how the record stands.
    """
    with row_security(user), override(KEPT_IN):
        read = [(source, [item for item in source.read(user, nominal) if item.text.strip()]) for source in sources]
    return [(source, items) for source, items in read if items]


def read_items(user: User, nominal: Nominal, sources: Sequence[Source] = OPEN) -> dict[str, tuple[Source, Item]]:
    """Return the same by key."""
    return {item.key: (source, item) for source, items in read_sources(user, nominal, sources) for item in items}


def privileged_among(keys: Iterable[str]) -> set[str]:
    """Return which of these keys are of documents that are privileged now, though they were not when somebody chose them."""
    wanted = [key.removeprefix("document:") for key in keys if key.startswith("document:")]
    rows = Document.objects.filter(public_id__in=wanted, is_privileged=True).values_list("public_id", flat=True) if wanted else ()
    return {f"document:{public_id}" for public_id in rows}


def sources_of(classes: Iterable[str]) -> list[Source]:
    """Return the sources of these classes of information."""
    wanted = set(classes)
    return [source for source in SOURCES if source.data_class in wanted]
