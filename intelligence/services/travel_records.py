"""What the manager makes of a crossing, and the supervisor's sign-off."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.guards.travel import require_evaluated_by_another, require_live, require_not_signed_off
from intelligence.models import TravelRecord
from intelligence.services.filing import BREACH, EVALUATION, PAGE
from offenders.guards import require_unchanged

SIGN_OFF = "travel-sign-off"


def lock_record(record: TravelRecord, version: int | None = None) -> TravelRecord:
    """Hold a crossing until the transaction ends."""
    people = ("nominal__offender_manager", "nominal__force", "nominal__unit")
    locked = TravelRecord.objects.select_for_update(of=("self",)).select_related(*people).get(pk=record.pk)
    require_unchanged(locked, version)
    require_live(locked)
    return locked


@transaction.atomic
def evaluate_travel(*, actor: User, record: TravelRecord, version: int, evaluation: str) -> TravelRecord:
    """Say what one makes of a crossing; a supervisor then signs it off. Until that, the evaluation can be written anew."""
    authorise(actor, Perm.CHANGE_RECORD, record)
    locked = lock_record(record, version)
    require_not_signed_off(locked)
    locked.evaluation, locked.evaluated_by, locked.evaluated_at = evaluation, actor, now()
    locked.version += 1
    locked.save(update_fields=["evaluation", "evaluated_by", "evaluated_at", "version"])
    record_event(Verb.CHANGED, locked, act="Foreign travel evaluated", finding=locked.finding)
    complete_actions_about(actor=actor, subject=locked, outcome="Evaluated", kind=EVALUATION)
    complete_actions_about(actor=actor, subject=locked, outcome="Evaluated anew", kind=SIGN_OFF)
    nominal = locked.nominal
    raise_action(
        actor=actor, kind=SIGN_OFF, title=gettext_noop("Sign off the evaluation of foreign travel"), owner=Owner(unit=nominal.unit),
        nominal=nominal, subject=locked, route=PAGE, rule=SIGN_OFF, key=f"{SIGN_OFF}-{locked.pk}-{locked.version}",
        detail="A supervisor of the unit signs it off, not whoever evaluated it.",
    )  # fmt: skip
    return locked


@transaction.atomic
def sign_off_travel(*, actor: User, record: TravelRecord, version: int, sign_off: str) -> TravelRecord:
    """Agree with the evaluation of a crossing. Somebody else than whoever evaluated it; the database holds that too."""
    authorise(actor, Perm.SIGN_OFF_TRAVEL, record)
    locked = lock_record(record, version)
    require_not_signed_off(locked)
    require_evaluated_by_another(locked, actor)
    locked.sign_off, locked.signed_off_by, locked.signed_off_at = sign_off, actor, now()
    locked.version += 1
    locked.save(update_fields=["sign_off", "signed_off_by", "signed_off_at", "version"])
    record_event(Verb.CHANGED, locked, act="Foreign travel signed off", finding=locked.finding)
    complete_actions_about(actor=actor, subject=locked, outcome="Signed off", kind=SIGN_OFF)
    complete_actions_about(actor=actor, subject=locked, outcome="The evaluation was signed off", kind=BREACH)
    return locked


@transaction.atomic
def return_evaluation(*, actor: User, record: TravelRecord, version: int, reason: str) -> TravelRecord:
    """Give an evaluation back to the manager with what is missing."""
    authorise(actor, Perm.SIGN_OFF_TRAVEL, record)
    locked = lock_record(record, version)
    require_not_signed_off(locked)
    require_evaluated_by_another(locked, actor)
    locked.evaluation, locked.evaluated_by, locked.evaluated_at = "", None, None
    locked.version += 1
    locked.save(update_fields=["evaluation", "evaluated_by", "evaluated_at", "version"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Evaluation of foreign travel given back")
    complete_actions_about(actor=actor, subject=locked, outcome="Given back", kind=SIGN_OFF)
    raise_action(
        actor=actor, kind=EVALUATION, title=gettext_noop("Evaluate foreign travel again"), detail=reason,
        owner=Owner(user=locked.nominal.offender_manager), nominal=locked.nominal, subject=locked,
        route=PAGE, rule=EVALUATION, key=f"{EVALUATION}-{locked.pk}-{locked.version}",
    )  # fmt: skip
    return locked
