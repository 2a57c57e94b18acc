"""Who could have seen a record on a past day, by which rule, and who did: put together from what is stored about the past.

Exceptions carry their own times: partnerships, stated reasons, exclusions, emergency openings, lent authority, and grants that stand.
Grants that were ended, and who kept or was let read confidential sections, come from the trail. Where the record stood, and the units,
roles, training and vetting of people, are what stands now, taken back through the change log. The rights of roles are those of the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Unit, User
from actions.rules import end_of, start_of
from audit.choices import Verb
from audit.models import Event
from governance.choices.could_see import CASE_FILE_TIER, LEVELS, RULES, Shown
from governance.rules.could_see import ROLES, Change, Lent, Named, Partner, Past, Person, Record, Story, Way, ways_on
from offenders.models import (
    BreakGlass,
    ConfidentialSection,
    Exclusion,
    Nominal,
    NominalGroupGrant,
    NominalUserGrant,
    Partnership,
    StatedReason,
)
from offenders.models.nominal import NominalPart
from ui.languages import StrOrPromise
from ui.templatetags.ui import uk_time

SECTION = ConfidentialSection._meta.label_lower
TIERS = {perm: tier for perm, _, tier in LEVELS}
LOOKS = (Verb.VIEWED, Verb.PRINTED, Verb.EXPORTED)
LISTS = (Verb.LISTED, Verb.SEARCHED)
SHARED = _("What was shared with the agency, for as long as it stood")
PAPERS = _("Papers about the person, each by its own rule")
PASSED_ON = "Section passed on"  # as offenders/services/section_care.py records it


@dataclass(frozen=True)
class Look:
    """Something that somebody did with the record on the day."""

    event: int
    at: datetime
    words: str
    is_at_paper: bool = False  # at something about the person that has readers of its own: what was shared, an action, a prosecution


@dataclass
class Seer:
    """Somebody who could have seen the record, or who did."""

    user: User
    unit: str
    roles: list[str]
    ways: list[Way]
    looks: list[Look]

    @property
    def tier(self) -> int:
        """The most guarded tier that they could see; -1 where no way was found."""
        return max((TIERS[way.perm] for way in self.ways), default=-1)

    @property
    def lines(self) -> list[str]:
        """What they could see and by which rules, one line for each thing."""
        if self.looks and not self.ways and not self.is_unexplained:
            return [str(PAPERS if self.user.organisation.is_force else SHARED)]
        return [
            f"{words}: {', '.join(way_words(way) for way in self.ways if way.perm == perm)}"
            for perm, words, _ in LEVELS
            if any(way.perm == perm for way in self.ways)
        ]

    @property
    def is_unexplained(self) -> bool:
        """Whether they did something with the record itself and no way was found by which they could."""
        return not self.ways and not all(look.is_at_paper for look in self.looks)


@dataclass
class Sight:
    """Who could have seen a record on a day."""

    nominal: Nominal
    day: date
    made_at: datetime
    seers: list[Seer]
    merged: list[str]

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as plain values: what a paper is made from and its digest covers."""
        return {
            "reference": self.nominal.reference,
            "day": self.day.isoformat(),
            "made_at": self.made_at.isoformat(),
            "people": [
                [
                    seer.user.username, seer.user.display_name, seer.unit, seer.roles, seer.lines,
                    [[look.event, look.at.isoformat(), look.words] for look in seer.looks],
                ]
                for seer in self.seers
            ],
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """SHA-256 of what it says."""
        return sha256(dumps(self.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()

    def shown(self, which: str) -> list[Seer]:
        """Return the people whom the page tells of."""
        if which == Shown.ALL:
            return self.seers
        least = CASE_FILE_TIER if which == Shown.FILE else len(LEVELS)
        return [seer for seer in self.seers if seer.looks or seer.tier >= least]

    def groups(self) -> list[tuple[list[str], list[Seer]]]:
        """Return those who did nothing with it, together with whoever could see the same by the same rules, the most guarded first."""
        found: dict[tuple[str, ...], list[Seer]] = {}
        for seer in self.seers:
            if not seer.looks:
                found.setdefault(tuple(seer.lines), []).append(seer)
        return [(list(lines), seers) for lines, seers in found.items()]

    def counts(self) -> list[tuple[StrOrPromise, int]]:
        """Return how many people could see each thing."""
        held = Counter(perm for seer in self.seers for perm in {way.perm for way in seer.ways})
        return [(words, held[perm]) for perm, words, _ in LEVELS]


def way_words(way: Way) -> str:
    """Say by which rule, and since and until when where that was not the whole day."""
    times = [gettext("from %(time)s") % {"time": uk_time(way.since)}] if way.since else []
    times += [gettext("until %(time)s") % {"time": uk_time(way.until)}] if way.until else []
    return " ".join([str(RULES[way.scope]), *times])


def sight_on(nominal: Nominal, day: date) -> Sight:
    """Reconstruct a day; today counts up to this moment."""
    made_at = now()
    start, end = start_of(day), min(end_of(day) - timedelta(microseconds=1), made_at)
    keys = nominal.every_key
    users = {user.pk: user for user in User.objects.select_related("organisation").order_by("pk")}
    people, record = stories_of(users, start), story_of(nominal, start)
    past = past_of(nominal, end)
    looks = looks_of(keys, start, end)
    units = dict(Unit.objects.values_list("pk", "name"))
    seers = []
    for key, user in users.items():
        is_officer = user.organisation.is_force and not user.is_service
        found = ways_on(people[key], record, past, start, end) if is_officer else []
        if found or key in looks:
            then = people[key].at(end)
            roles = sorted(str(ROLES[role].label) for role in then.roles if role in ROLES)
            seers.append(Seer(user, units.get(then.unit, ""), roles, found, looks.get(key, [])))
    seers.sort(key=lambda seer: (not seer.is_unexplained, -seer.tier, seer.user.last_name, seer.user.pk))
    merged = list(nominal.merged_records.order_by("pk").values_list("reference", flat=True))
    return Sight(nominal, day, made_at, seers, merged)


def stories_of(users: dict[int, User], start: datetime) -> dict[int, Story]:
    """Return people as they are now, with what changed since a moment."""
    roles: dict[int, set[str]] = {}
    for key, role in User.groups.through.objects.values_list("user_id", "group__name"):
        roles.setdefault(key, set()).add(role)
    changes: dict[int, list[Change]] = {}
    for key, at, changed in entries_of(User, start):
        if change := change_of_person(at, changed):
            changes.setdefault(key, []).append(change)
    return {key: Story(person_of(user, frozenset(roles.get(key, ()))), changes.get(key, ())) for key, user in users.items()}


def person_of(user: User, roles: frozenset[str]) -> Person:
    """Return somebody as they are now."""
    qualified = {"trained_until": user.trained_until, "vetted_until": user.vetted_until}
    return Person(user.pk, user.organisation_id, user.unit_id, roles, user.is_active, **qualified, since=user.date_joined)


def story_of(nominal: Nominal, start: datetime) -> Story:
    """Return how a record is held now, with what changed since a moment."""
    held = {"force": nominal.force_id, "unit": nominal.unit_id, "manager": nominal.offender_manager_id}
    state = {"is_restricted": nominal.is_restricted, "is_merged": nominal.merged_into_id is not None}
    entries = entries_of(Nominal, start, nominal.pk)
    changes = [change for _, at, changed in entries if (change := change_of(at, changed, OF_RECORD))]
    return Story(Record(**held, **state, since=nominal.created_at), changes)


def entries_of(model: type[User | Nominal], start: datetime, key: int | None = None) -> Iterable[tuple[int, datetime, dict[str, Any]]]:
    """Yield what the change log holds of changed rows since a moment, newest first."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), action=LogEntry.Action.UPDATE, timestamp__gt=start
    )
    entries = entries.filter(object_id=key) if key else entries
    yield from entries.order_by("-timestamp", "-pk").values_list("object_id", "timestamp", "changes")


def key_in(text: str) -> int | None:
    """Read a key as the change log writes it."""
    return None if text == "None" else int(text)


def day_in(text: str) -> date | None:
    """Read a day as the change log writes it."""
    return None if text == "None" else date.fromisoformat(text[:10])


# Fields of the change log: the field of the value of the past, and how to read what stood there.
OF_PERSON: dict[str, tuple[str, Any]] = {
    "organisation": ("force", key_in), "unit": ("unit", key_in), "is_active": ("is_active", lambda text: text == "True"),
    "trained_until": ("trained_until", day_in), "vetted_until": ("vetted_until", day_in),
}  # fmt: skip
OF_RECORD: dict[str, tuple[str, Any]] = {
    "force": ("force", key_in), "unit": ("unit", key_in), "offender_manager": ("manager", key_in),
    "is_restricted": ("is_restricted", lambda text: text == "True"), "merged_into": ("is_merged", lambda text: text != "None"),
}  # fmt: skip


def change_of(at: datetime, changed: dict[str, Any], fields: dict[str, tuple[str, Any]]) -> Change | None:
    """Return what stood there before, or None where nothing that counts changed."""
    before = {name: read(changed[field][0]) for field, (name, read) in fields.items() if field in changed}
    return Change(at, before) if before else None


def change_of_person(at: datetime, changed: dict[str, Any]) -> Change | None:
    """The same for somebody, with roles that came or went."""
    if "groups" not in changed:
        return change_of(at, changed, OF_PERSON)
    names = frozenset(changed["groups"]["objects"])
    return Change(at, roles_added=names) if changed["groups"]["operation"] == "add" else Change(at, roles_removed=names)


def past_of(nominal: Nominal, end: datetime) -> Past:
    """Return every exception about a record up to a moment, with its own times."""
    past = Past()
    past.partners = [
        Partner(row.since, row.ended_at, force=row.force_id, unit=row.unit_id) for row in Partnership.objects.filter(nominal=nominal)
    ]
    past.reasons = [
        Named(row.stated_at, row.expires_at, user=row.user_id, opens=row.permission)
        for row in StatedReason.objects.filter(nominal=nominal, stated_at__lte=end)
    ]
    past.openings = [Named(row.opened_at, row.expires_at, user=row.user_id) for row in BreakGlass.objects.filter(nominal=nominal)]
    past.exclusions = [Named(row.made_at, row.ended_at, user=row.user_id) for row in Exclusion.objects.filter(nominal=nominal)]
    past.grants = standing_grants(nominal)
    read_trail(nominal, past)
    past.lent = [
        Lent(
            row.made_at, row.withdrawn_at, user=row.delegate_id, force=row.delegator.organisation_id, unit=row.unit_id,
            first=row.period.lower, after=row.period.upper,
        )
        for row in Delegation.objects.filter(made_at__lte=end).select_related("delegator")
    ]  # fmt: skip
    return past


def standing_grants(nominal: Nominal) -> list[Named]:
    """Return the grants whose rows stand: to people, and to everybody with a role."""
    people = NominalUserGrant.objects.filter(content_object=nominal).select_related("permission")
    groups = NominalGroupGrant.objects.filter(content_object=nominal).select_related("permission", "group")
    return [Named(row.granted_at, row.expires_at, user=row.user_id, opens=row.permission.codename) for row in people] + [
        Named(row.granted_at, row.expires_at, role=row.group.name, opens=row.permission.codename) for row in groups
    ]


def read_trail(nominal: Nominal, past: Past) -> None:
    """Add what only the trail still tells: grants, each until it ran out or was ended, and who kept or could read sections."""
    verbs = (Verb.GRANTED, Verb.REVOKED, Verb.CREATED, Verb.CHANGED)
    events = Event.objects.filter(nominal=nominal.pk, verb__in=verbs, subject_type__in=(Nominal._meta.label_lower, SECTION)).order_by("pk")
    grants: dict[tuple[Any, ...], tuple[datetime, datetime]] = {}  # by person, section and permission: since and until when
    keepers: dict[int, tuple[int | None, datetime]] = {}  # by section: who keeps it, since when
    for at, verb, kind, subject, actor, detail in events.values_list("at", "verb", "subject_type", "subject_id", "actor_id", "detail"):
        key = (detail.get("user"), subject if kind == SECTION else None, detail.get("permission", ""))
        if verb == Verb.GRANTED and "user" in detail:
            add_grant(past, key, *grants.pop(key, (None, None)))
            grants[key] = (at, datetime.fromisoformat(detail["expires_at"]))
        elif verb == Verb.REVOKED and key in grants:
            since, until = grants.pop(key)
            add_grant(past, key, since, min(until, at))
        elif kind == SECTION and verb == Verb.CREATED:
            keepers[subject] = (actor, at)
        elif kind == SECTION and detail.get("act") == PASSED_ON and subject in keepers:
            keeper, since = keepers[subject]
            past.sections.append(Named(since, at, user=keeper))
            keepers[subject] = (detail.get("user"), at)
    for key, (since, until) in grants.items():
        add_grant(past, key, since, until)
    past.sections += [Named(since, None, user=keeper) for keeper, since in keepers.values()]


def add_grant(past: Past, key: tuple[Any, ...], since: datetime | None, until: datetime | None) -> None:
    """Add one grant that the trail tells of, where there is one."""
    user, section, opens = key
    if since is not None:
        (past.grants if section is None else past.sections).append(Named(since, until, user=user, opens=opens))


def looks_of(keys: list[int], start: datetime, end: datetime) -> dict[int, list[Look]]:
    """Return what people did with a record between two moments: opened it, or had it in a list or a search."""
    day = Event.objects.filter(at__gte=start, at__lte=end, actor__isnull=False)
    opened = day.filter(nominal__in=keys, verb__in=LOOKS)
    in_lists = Q(pk__in=())
    for key in keys:
        in_lists |= Q(detail__contains={"rows": Nominal._meta.label_lower, "ids": [key]})
    listed = day.filter(in_lists, verb__in=LISTS)
    found: dict[int, list[Look]] = {}
    for event in sorted([*opened, *listed], key=lambda event: event.pk):
        words = f"{event.get_verb_display()}: {event.page}" if event.page else str(event.get_verb_display())
        found.setdefault(event.actor_id or 0, []).append(Look(event.pk, localtime(event.at), words, is_at_paper(event)))
    return found


def is_at_paper(event: Event) -> bool:
    """Whether an act was at something that names the person and is no part of the record."""
    return bool(event.subject_type) and not issubclass(apps.get_model(event.subject_type), (Nominal, NominalPart))
