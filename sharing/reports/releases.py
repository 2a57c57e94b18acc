"""What would go and what went: the release as it would be, its readings, and how well decisions foresaw what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.models import User
from offenders.choices import NameKind
from offenders.models import Name, Nominal
from offenders.reports.case_file import marking_of
from sharing.choices.decisions import Known
from sharing.choices.sending import FORESEEN, LOOKED_AT, Came
from sharing.models import AgencyAction, Answer, DecisionItem, Power, Reading, Release, ReleaseOutcome, SharingDecision
from sharing.reports.items import privileged_among
from sharing.rules.passages import kept_of, removed_of
from ui.languages import KEPT_IN, StrOrPromise

MARKING = "OFFICIAL – SENSITIVE"


def contents_of(items: Sequence[DecisionItem]) -> list[dict[str, Any]]:
    """Return what goes of these things: the passages that stay, nothing of the others, and nothing that is left out."""
    return [
        {
            "heading": item.heading,
            "label": item.label,
            "text": kept_of(item.passages),
            "is_known": item.known == Known.MARK,
            "removed": removed_of(item.passages),
        }
        for item in items
        if item.known != Known.LEAVE_OUT and any(each["keep"] for each in item.passages)
    ]


def release_of(decision: SharingDecision, sender: User) -> Release:
    """Return the release that sending a decision now would store; nothing is stored. What became privileged is in none."""
    nominal, items = decision.nominal, list(decision.items.all())
    sealed = privileged_among(item.key for item in items)
    marking = marking_of(sender, nominal, localdate())
    with override(KEPT_IN):
        level, purpose = str(marking.get_level_display()) if marking else MARKING, str(decision.get_purpose_display())
    return Release(
        decision=decision,
        content_hash=decision.content_hash,
        force=nominal.force,
        agency=decision.agency,
        recipient=decision.to_whom,
        channel=decision.channel,
        subject_name=subject_of(nominal),
        contents=contents_of([item for item in items if item.key not in sealed]),
        marking=level,  # how the file is handled here is no word for the recipient
        purpose=purpose,
        powers=powers_of(decision),
        handling=decision.handling,
        must_not=decision.must_not,
        expected_action=decision.expected_action,
        sent_by=sender,
        expires_on=decision.expires_on,
    )


def subject_of(nominal: Nominal) -> str:
    """Return the name by which the record goes."""
    name = Name.objects.filter(nominal=nominal, kind=NameKind.PRIMARY).first()
    return name.full_name if name else nominal.reference


def powers_of(decision: SharingDecision) -> str:
    """Return the powers in words, or the basis of its own."""
    names = Power.objects.filter(code__in=decision.powers, period__contains=localdate()).order_by("pk").values_list("name", flat=True)
    return "; ".join(filter(None, (*names, decision.own_basis)))


def releases_for(user: User, decision: SharingDecision) -> QuerySet[Release]:
    """Return what was sent under a decision."""
    return Release.objects.for_user(user).filter(decision=decision).select_related("agency", "sent_by")


def whole(rows: QuerySet[Release]) -> QuerySet[Release]:
    """Fetch what the page of a release shows."""
    people = ("force", "agency", "sent_by", "withdrawn_by", "acknowledged_by", "decision__nominal", "approval__by")
    read = Prefetch("readings", Reading.objects.select_related("user"))
    done = Prefetch("agency_actions", AgencyAction.objects.select_related("by"))
    outcomes = Prefetch("outcomes", ReleaseOutcome.objects.select_related("by"))
    return rows.select_related(*people).prefetch_related(read, done, outcomes, "copies__by", "data_breaches__by", "decision__items")


class Calibration(NamedTuple):
    """How one thing was foreseen and what happened: counts of releases."""

    question: StrOrPromise
    foreseen_and_came: int
    foreseen_and_not: int
    not_foreseen_but_came: int
    not_foreseen_and_not: int
    not_known: int


def calibration(user: User) -> list[Calibration]:
    """Return what the unit's decisions foresaw against what came, by the latest look at each release. It is about no person."""
    rows = ReleaseOutcome.objects.for_user(user).filter(release__decision__nominal__unit=user.unit_id).order_by("release", "days")
    latest = {row.release_id: row for row in rows.select_related("release")}
    decisions = {row.release.decision_id for row in latest.values()}
    answers = Answer.objects.filter(decision__in=decisions, code__startswith="predicts_").values_list("decision", "code", "verdict")
    foreseen = {(decision, code.removeprefix("predicts_")): FORESEEN.get(verdict, "") for decision, code, verdict in answers}
    return [compared(topic, question, latest.values(), foreseen) for topic, question in LOOKED_AT.items()]


def compared(topic: str, question: StrOrPromise, rows: Any, foreseen: dict[tuple[int, str], str]) -> Calibration:
    """Count one thing over all releases."""
    pairs = Counter((foreseen.get((row.release.decision_id, topic), ""), getattr(row, topic)) for row in rows)
    known = [pairs[before, after] for before in (Came.YES, Came.NO) for after in (Came.YES, Came.NO)]
    return Calibration(question, *known, not_known=pairs.total() - sum(known))
