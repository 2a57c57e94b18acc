"""What a supervisor says of each flag of a record at its review, and the sign-off that puts it into effect, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, StaleRecord
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import complete_actions_about, tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.flags import ReviewState, Verdict
from intelligence.models import FlagReview, FlagSetting, FlagVerdict
from intelligence.services.check_clocks import hold_record
from intelligence.services.flags import change_flag, end_flag, plain, stated_with, store_no_flag_reason, store_version

PAGE = "intelligence:flag-list"
OWN = gettext_noop("You set this flag yourself, so somebody else must say whether it still serves.")
NAMED: dict[str, type[models.Model]] = {"user": User, "unit": Unit}  # values that a change holds by their key
CHANGED = gettext_noop("This flag was changed since it was answered. Look at it again and answer anew.")


class AnswerRefused(DomainError):
    """A flag may not be changed as an answer says; `setting` is the key of the flag."""

    def __init__(self, error: DomainError, setting: int):
        super().__init__(error.words, field=error.field, **error.parts)
        self.setting = setting


@dataclass(frozen=True)
class Answer:
    """What was said of the version of a flag that somebody saw. `changes` holds the new values of one that changes."""

    setting: FlagSetting
    version: int
    verdict: Verdict
    reason: str
    changes: dict[str, Any] = field(default_factory=dict)


def hold_review(review: FlagReview) -> FlagReview:
    """Hold the record and then its review until the transaction ends."""
    hold_record(review.nominal_id)
    locked = FlagReview.objects.select_for_update(of=("self",)).select_related("nominal__offender_manager").get(pk=review.pk)
    if locked.state != ReviewState.OPEN:
        raise StaleRecord("This review was signed off meanwhile.")
    return locked


def live_flags(review: FlagReview) -> dict[int, FlagSetting]:
    """Return the flags that the review is about: every live one of the record, so that all are looked at together."""
    rows = FlagSetting.objects.live().filter(nominal=review.nominal_id).select_related("nominal", "set_by", "user", "unit", "agency")
    return {row.pk: row for row in rows}


@transaction.atomic
def answer_flags(*, actor: User, review: FlagReview, answers: Iterable[Answer]) -> list[FlagVerdict]:
    """Keep what was said of some flags; nothing takes effect before the sign-off. A later answer takes the place of an earlier one."""
    authorise(actor, Perm.VERIFY_FLAGS, review)
    locked = hold_review(review)
    flags = live_flags(locked)
    return [keep_answer(actor, locked, flags.get(answer.setting.pk), answer) for answer in answers]


def keep_answer(actor: User, review: FlagReview, setting: FlagSetting | None, answer: Answer) -> FlagVerdict:
    """Keep one answer."""
    if setting is None or setting.version != answer.version:
        raise StaleRecord(CHANGED)
    if setting.set_by_id == actor.pk:
        raise DomainError(OWN)
    stated = {"version": setting.version, "set_by": setting.set_by, "verdict": answer.verdict, "reason": answer.reason, "by": actor}
    changes = answer.changes if answer.verdict == Verdict.CHANGE else {}
    if answer.verdict == Verdict.CHANGE and not changes:
        raise DomainError("Say what changes, or keep the flag as it is.")
    if changes:
        require_sound(setting, changes)
    kept = {**stated, "changes": {name: plain(value) for name, value in changes.items()}, "at": now()}
    row, _ = FlagVerdict.objects.update_or_create(review=review, setting=setting, defaults=kept)
    return row


def require_sound(setting: FlagSetting, changes: dict[str, Any]) -> None:
    """The flag could say so now; whoever answers hears it at once and not at the sign-off."""
    try:
        stated_with(setting, changes)
    except DomainError as error:
        raise AnswerRefused(error, setting.pk) from error


def with_rows(changes: dict[str, Any]) -> dict[str, Any]:
    """Return kept changes with the person and the unit instead of their keys."""
    rows = {name: model._default_manager.get(pk=changes[name]) for name, model in NAMED.items() if changes.get(name)}
    return {**changes, **rows}


@transaction.atomic
def sign_off_review(*, actor: User, review: FlagReview, reason: str = "") -> FlagReview:
    """Put every answer into effect and close the review; DomainError names what is not answered.

    A record without any flag is signed off with a reason why that is right. A flag that was changed after its answer must be
    answered again.
    """
    authorise(actor, Perm.VERIFY_FLAGS, review)
    locked = hold_review(review)
    flags = live_flags(locked)
    verdicts = {row.setting_id: row for row in locked.verdicts.select_related("by", "set_by")}
    require_all_answered(flags, verdicts)
    if not flags and not reason.strip():
        raise DomainError("The record has no flag. Say why that is right.", field="reason")
    for key, setting in flags.items():
        put_into_effect(setting, verdicts[key])
    if not flags:
        store_no_flag_reason(by=actor, nominal=locked.nominal, reason=reason)
    locked.state, locked.signed_off_by, locked.signed_off_at = ReviewState.SIGNED_OFF, actor, now()
    locked.save(update_fields=["state", "signed_off_by", "signed_off_at"])
    said = {verdict.value: sum(row.verdict == verdict for row in verdicts.values()) for verdict in Verdict}
    record_event(Verb.CHANGED, locked, reason=reason, act="Review of flags signed off", **said)
    complete_actions_about(actor=actor, subject=locked, outcome="Signed off")
    text = gettext_noop("The flags of a record were reviewed.")
    tell(actor=actor, people=[locked.nominal.offender_manager], text=text, nominal=locked.nominal_id, route=PAGE)
    return locked


def require_all_answered(flags: dict[int, FlagSetting], verdicts: dict[int, FlagVerdict]) -> None:
    """Each live flag has an answer to the version that it has now."""
    open_ones = [flag for key, flag in flags.items() if key not in verdicts]
    if open_ones:
        one, more = gettext_noop("1 of {all} flags is not answered yet."), gettext_noop("{number} of {all} flags are not answered yet.")
        raise DomainError(one if len(open_ones) == 1 else more, number=len(open_ones), all=len(flags))
    if any(verdicts[key].version != flag.version for key, flag in flags.items()):
        raise StaleRecord(CHANGED)


def put_into_effect(setting: FlagSetting, verdict: FlagVerdict) -> None:
    """Do with a flag what was said of it, in the name of whoever said so: the next review is for somebody else."""
    match Verdict(verdict.verdict):
        case Verdict.KEEP:
            verify(setting, verdict)
        case Verdict.CHANGE:
            change_flag(actor=verdict.by, setting=setting, version=setting.version, reason=verdict.reason, **with_rows(verdict.changes))
        case Verdict.END:
            end_flag(actor=verdict.by, setting=setting, version=setting.version, reason=verdict.reason)


def verify(setting: FlagSetting, verdict: FlagVerdict) -> None:
    """Note that somebody else looked at a flag and it serves; it is due again after its months."""
    today = localdate()
    setting.verified_on, setting.verified_by = today, verdict.by
    setting.review_due_on = today + relativedelta(months=setting.review_months)
    setting.version += 1
    setting.save(update_fields=["verified_on", "verified_by", "review_due_on", "version"])
    store_version(by=verdict.by, setting=setting, reason=verdict.reason)
    record_event(Verb.CHANGED, setting, reason=verdict.reason, act="Flag verified", kind=setting.kind)


@transaction.atomic
def keep_alike(*, actor: User, settings: Iterable[FlagSetting], reason: str) -> tuple[int, int]:
    """Keep flags that are alike on several records, each with a verdict of its own; return how many, and how many reviews that ended.

    A review of which every flag is kept then, by this supervisor, is signed off with it; the others wait to be looked at as a whole.
    The version of each setting is the one that the supervisor saw.
    """
    kept, ended = 0, 0
    chosen = sorted(settings, key=lambda setting: (setting.nominal_id, setting.pk))
    reviews = {row.nominal_id: row for row in FlagReview.objects.waiting().filter(nominal__in={setting.nominal_id for setting in chosen})}
    for nominal, review in sorted(reviews.items()):
        answers = [Answer(each, each.version, Verdict.KEEP, reason) for each in chosen if each.nominal_id == nominal]
        kept += len(answer_flags(actor=actor, review=review, answers=answers))
        if is_kept_by(actor, review):
            sign_off_review(actor=actor, review=review)
            ended += 1
    return kept, ended


def is_kept_by(actor: User, review: FlagReview) -> bool:
    """Whether this supervisor said of every flag of a review, as it is now, that it stays: no answer takes effect that was not seen."""
    kept = dict(review.verdicts.filter(by=actor, verdict=Verdict.KEEP).values_list("setting", "version"))
    return all(kept.get(key) == flag.version for key, flag in live_flags(review).items())
