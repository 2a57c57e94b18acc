"""What pages, guards and papers of prosecutions read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.models import User
from actions.models import Action
from disclosure.choices.grounds import Law
from disclosure.choices.prosecutions import Decision, MaterialKind, ScheduleKind
from disclosure.models import Ground, LineOfEnquiry, Prosecution, Schedule, ScheduleCopy, StandardText, UnusedItem
from disclosure.rules.prosecutions import ItemFacts, changes_between
from intelligence.reports.briefings import releases_about
from offenders.choices import SectionKind
from offenders.models import AgendaItem, ConfidentialSection, Document, Nominal, Visit
from ui.languages import StrOrPromise
from ui.templatetags.ui import date_words, moment_words, uk_date

SCHEDULE_CLOCK, REVIEW_CLOCK, LINE = "unused-schedule", "unused-review", "unused-line"
CLOCKS = (SCHEDULE_CLOCK, REVIEW_CLOCK)
UNREADABLE = _("Material that you may not open")
Things = dict[tuple[str, str], StrOrPromise]


def with_people(rows: QuerySet[Prosecution]) -> QuerySet[Prosecution]:
    """Fetch whom the list and the page name."""
    return rows.select_related("unit", "force", "nominal", "officer", "disclosure_officer", "deputy", "opened_by", "finished_by")


def due_of(prosecutions: Iterable[Prosecution]) -> dict[int, Action]:
    """Return the clock of each that is due first, in one query."""
    keys = [prosecution.pk for prosecution in prosecutions if prosecution.is_open]
    rows = Action.objects.waiting().filter(kind__in=CLOCKS, subject_type=Prosecution._meta.label_lower, subject_id__in=keys)
    return {action.subject_id: action for action in rows.exclude(late_from=None).order_by("-late_from") if action.subject_id}


def sees_whole(user: User, prosecution: Prosecution) -> bool:
    """Whether the user sees sensitive material of a prosecution."""
    return bool(Prosecution.objects.whole_for(user).filter(pk=prosecution.pk).exists())


def items_of(user: User, prosecution: Prosecution) -> list[UnusedItem]:
    """Return the items that the user may see, each with the look that counts."""
    rows = UnusedItem.objects.for_user(user).filter(prosecution=prosecution).with_latest()
    return list(rows.order_by("number"))


def facts_of(item: UnusedItem, round_of_case: int) -> ItemFacts:
    """Return what is known of an item that was fetched with its latest look."""
    look, asked = item.latest, list(item.asked)  # type: ignore[attr-defined]
    ruling = next((each.ruling for each in asked if each.ruling), "")
    known = {"number": item.number, "is_sensitive": item.is_sensitive, "is_asked": bool(asked), "ruling": ruling}
    known |= {"is_disclosed": item.disclosed_on is not None}
    if look is None:
        return ItemFacts(**known)
    texts = ("examined", "not_examined_why", "relevant", "relevant_why", "undermines", "undermines_why", "assists", "assists_why")
    said = {name: getattr(look, name) for name in (*texts, "ground", "sensitive_why", "decision")}
    return ItemFacts(**known, **said, is_fresh=look.round >= round_of_case)


def all_facts(user: User, prosecution: Prosecution) -> list[ItemFacts]:
    """Return what is known of every item that the user may see."""
    return [facts_of(item, prosecution.round) for item in items_of(user, prosecution)]


def next_number(model: type[UnusedItem | LineOfEnquiry], prosecution: Prosecution) -> int:
    """Return the next number of a case, which the caller holds; one that was given is never given again."""
    return int(model._default_manager.filter(prosecution=prosecution).aggregate(last=Max("number"))["last"] or 0) + 1


def grounds() -> QuerySet[Ground]:
    """Return the grounds of today on which unused material is sensitive."""
    return Ground.objects.on(localdate()).filter(law=Law.UNUSED).order_by("name")


def ground_names() -> dict[str, str]:
    """Return what each ground was called last."""
    return dict(Ground.objects.filter(law=Law.UNUSED).order_by("period").values_list("code", "name"))


# Which things of a record an item can be, as this reader may open them now: kind to (key, label).


def documents(user: User, nominal: Nominal) -> Iterable[tuple[Any, StrOrPromise]]:
    """Papers that may leave at all: no privileged one is ever linked or named."""
    rows = Document.objects.for_user(user).filter(nominal=nominal).exportable().order_by("-number")
    return ((row.public_id, format_lazy(_("Document {number}: {title}"), number=row.number_words, title=row.title)) for row in rows)


def reports(user: User, nominal: Nominal) -> Iterable[tuple[Any, StrOrPromise]]:
    """Released intelligence."""
    label = _("Intelligence report {reference}")
    return ((row.report.public_id, format_lazy(label, reference=row.report.reference)) for row in releases_about(user, nominal))


def sections(user: User, nominal: Nominal) -> Iterable[tuple[Any, StrOrPromise]]:
    """Confidential sections, as the database shows them to the reader. Call it inside row_security."""
    rows = ConfidentialSection.objects.for_user(user).filter(nominal=nominal).order_by("pk")
    return ((row.public_id, format_lazy(_("Confidential section: {kind}"), kind=SectionKind(row.kind).label)) for row in rows)


def minutes(user: User, nominal: Nominal) -> Iterable[tuple[Any, StrOrPromise]]:
    """Meetings about the person."""
    rows = AgendaItem.objects.for_user(user).filter(nominal=nominal).select_related("meeting").order_by("-pk")
    return ((row.public_id, format_lazy(_("Minutes of the meeting of {day}"), day=date_words(row.meeting.starts_at))) for row in rows)


def visits(user: User, nominal: Nominal) -> Iterable[tuple[Any, StrOrPromise]]:
    """Visits."""
    rows = Visit.objects.for_user(user).filter(nominal=nominal, happened_at__isnull=False).order_by("-happened_at")
    return ((row.public_id, format_lazy(_("Visit of {at}"), at=moment_words(row.happened_at))) for row in rows)


READERS: dict[MaterialKind, Callable[[User, Nominal], Iterable[tuple[Any, StrOrPromise]]]] = {
    MaterialKind.DOCUMENT: documents,
    MaterialKind.REPORT: reports,
    MaterialKind.SECTION: sections,
    MaterialKind.MINUTES: minutes,
    MaterialKind.VISIT: visits,
}


def things_of(user: User, prosecution: Prosecution) -> Things:
    """Return what an item of the case could be, by kind and key, as far as this reader may open each."""
    nominal = prosecution.nominal
    if nominal is None:
        return {}
    with row_security(user):
        return {(str(kind), str(key)): label for kind, read in READERS.items() for key, label in read(user, nominal)}


def links_of(user: User, item: UnusedItem) -> list[tuple[int, str, StrOrPromise]]:
    """Return the links of an item: key, kind in words, and the label, or words that tell nothing of what the reader may not open."""
    links = list(item.links.all())
    things = things_of(user, item.prosecution) if links else {}
    return [(link.pk, str(link.get_kind_display()), things.get((link.kind, str(link.key)), UNREADABLE)) for link in links]


def lines_of(user: User, prosecution: Prosecution) -> list[LineOfEnquiry]:
    """Return the lines of enquiry, each with the items of it that the user may see and whether it is late."""
    seen = set(UnusedItem.objects.for_user(user).filter(prosecution=prosecution).values_list("pk", flat=True))
    lines = list(prosecution.lines.select_related("owner").prefetch_related("items"))
    for line in lines:
        line.seen = [item for item in line.items.all() if item.pk in seen]
        line.is_late = line.state == "open" and line.due_on < localdate()
    return lines


def progress(items: Sequence[UnusedItem], prosecution: Prosecution) -> tuple[int, int]:
    """Return how many items were looked at since everything was last reopened, of how many."""
    fresh = [item for item in items if item.latest and item.latest.round >= prosecution.round]
    return len(fresh), len(items)


# What stands on a schedule.


def decision_words(item: UnusedItem) -> str:
    """Say what becomes of an item."""
    look = item.latest
    if item.disclosed_on:
        return f"Disclosed on {uk_date(item.disclosed_on)}"
    return "To be disclosed" if look.decision == Decision.DISCLOSE else str(look.get_decision_display())


def examined_words(item: UnusedItem) -> str:
    """Say how an item was examined, and when; by whom is no matter of the schedule."""
    look = item.latest
    return f"{look.get_examined_display()} on {uk_date(look.examined_on)}" if look.examined_on else str(look.get_examined_display())


def open_row(item: UnusedItem) -> list[tuple[str, str]]:
    """What the defence may read of an item: the description that was written for it."""
    return [("Description", item.description), ("Examined", examined_words(item)), ("Disclosure", decision_words(item))]


def sensitive_row(item: UnusedItem) -> list[tuple[str, str]]:
    """What the prosecutor reads of a sensitive item."""
    look = item.latest
    rows = [*open_row(item), ("What it is", item.what), ("Kept at", item.kept_at), ("Ground", ground_names().get(look.ground, look.ground))]
    rows += [("Why it is sensitive", look.sensitive_why), ("In part", look.in_part)]
    ruled = [f"{each.get_ruling_display()}, {each.court}, {uk_date(each.ruled_on)}" for each in item.asked if each.ruling]  # type: ignore[attr-defined]
    return [*rows, ("The court", "; ".join(ruled))]


def report_row(item: UnusedItem, place: str) -> list[tuple[str, str]]:
    """What the disclosure officer reports of an item: where it is listed, both tests, why it was not examined."""
    look = item.latest
    return [
        ("Listed", place),
        ("Description", item.description),
        ("Might undermine the prosecution", f"{look.get_undermines_display()}. {look.undermines_why}"),
        ("Might assist the accused", f"{look.get_assists_display()}. {look.assists_why}"),
        ("Not examined because", look.not_examined_why),
        ("Disclosure", decision_words(item)),
    ]


def rows_of(kind: str, items: Sequence[UnusedItem]) -> list[dict[str, Any]]:
    """Return the rows of a schedule; each schedule counts its own. `item` tells versions apart and is on no paper."""
    listed = [item for item in items if item.latest and item.latest.relevant != "no"]
    plain, sensitive = ([item for item in listed if item.is_sensitive is sealed] for sealed in (False, True))
    if kind == ScheduleKind.OPEN:
        cells = [(item, open_row(item)) for item in plain]
    elif kind == ScheduleKind.SENSITIVE:
        cells = [(item, sensitive_row(item)) for item in sensitive]
    else:
        places = [(item, f"MG6C row {number}") for number, item in enumerate(plain, 1)]
        places += [(item, f"MG6D row {number}") for number, item in enumerate(sensitive, 1)]
        told = [(item, place) for item, place in places if item.latest.meets_test or item.latest.examined == "not_examined"]
        cells = [(item, report_row(item, place)) for item, place in told]
    return [{"item": str(item.public_id), "cells": [list(cell) for cell in row if cell[1]]} for item, row in cells]


def head_of(prosecution: Prosecution) -> list[list[str]]:
    """Return what stands above the rows of a schedule."""
    charged = uk_date(prosecution.charged_on) if prosecution.charged_on else ""
    head = [("Defendant", prosecution.defendant), ("Offence", prosecution.offence), ("URN", prosecution.urn), ("Charged", charged)]
    return [list(pair) for pair in (*head, ("Court", prosecution.court)) if pair[1]]


def certificate_of(kind: str) -> str:
    """Return what the disclosure officer certifies, in the words of today."""
    return str(StandardText.objects.on(localdate()).get(code=f"unused-{kind}").text)


def content_of(user: User, prosecution: Prosecution, kind: str, before: Schedule | None) -> dict[str, Any]:
    """Return the content of the next version of a schedule as its issuer sees the material now."""
    rows = rows_of(kind, items_of(user, prosecution))
    changes = changes_between(before.content["rows"], rows) if before else []
    content = {"head": head_of(prosecution), "rows": rows, "certificate": certificate_of(kind), "certified_by": user.display_name}
    return content | {"changes": changes or (["Nothing changed in the rows."] if before else [])}


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the content of a schedule."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def history_of(user: User, nominal: Nominal) -> list[tuple[datetime, str, str, str]]:
    """Return what was disclosed in prosecutions of a person, as far as the user may see it: when, kind, what happened, address."""
    cases = list(Prosecution.objects.for_user(user).filter(nominal=nominal))
    addresses = {case.pk: reverse("disclosure:prosecution", args=[case.public_id]) for case in cases}
    kind = gettext_noop("Unused material")
    opened, finished = gettext("Prosecution %(case)s opened"), gettext("Prosecution %(case)s finished")
    found = [(case.opened_at, kind, opened % {"case": case.reference}, addresses[case.pk]) for case in cases]
    found += [(case.finished_at, kind, finished % {"case": case.reference}, addresses[case.pk]) for case in cases if case.finished_at]
    copies = ScheduleCopy.objects.for_user(user).filter(schedule__prosecution__in=addresses).select_related("schedule")
    for copy in copies:
        parts = {"kind": copy.schedule.kind.upper(), "number": copy.schedule.number, "who": copy.get_recipient_display().lower()}
        words = gettext("%(kind)s version %(number)s given to %(who)s") % parts
        found.append((copy.made_at, kind, words, addresses[copy.schedule.prosecution_id]))
    return sorted(found, reverse=True)
