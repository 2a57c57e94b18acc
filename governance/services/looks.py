"""What auditors make of unusual looks: explained, or referred to professional standards. Asking why stands in look_questions."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import tell
from actions.services.people import LEADS, SENIOR, People
from audit.choices import Verb
from audit.services import record_event
from governance.choices.looks import Decision, LookState
from governance.guards.looks import require_same, require_to_judge, require_words
from governance.models import LookJudgement, UnusualLook

REFERRED = gettext_noop("Looks at records by somebody of your unit were referred to professional standards. An auditor will speak to you.")


@transaction.atomic
def judge_look(*, actor: User, look: UnusualLook, decision: Decision | str, words: str, version: int | None = None) -> UnusualLook:
    """Say with reasons that a look is explained, or refer it. Nobody judges their own."""
    authorise(actor, Perm.REVIEW_ACCESS, look)
    words = require_words(words)
    locked = hold_look(look, version)
    require_to_judge(locked)
    settle(actor, locked, Decision(decision), words)
    if decision == Decision.REFERRED:
        tell_supervisors(actor, locked.person)
    return locked


def hold_look(look: UnusualLook, version: int | None = None) -> UnusualLook:
    """Hold a look until the transaction ends."""
    locked = UnusualLook.objects.select_for_update(of=("self",)).select_related("person", "rule").get(pk=look.pk)
    require_same(locked, version)
    return locked


def settle(actor: User, look: UnusualLook, decision: Decision, words: str) -> None:
    """Store a judgement. For callers that have authorised the actor and hold the look."""
    LookJudgement.objects.create(look=look, person=look.person, decision=decision, words=words, by=actor)
    move_look(look, LookState(decision))
    record_event(Verb.REVIEWED, look, reason=words, act="Unusual look judged", decision=decision, person=look.person_id)


def move_look(look: UnusualLook, state: LookState) -> None:
    """Store where a look stands; the caller holds it."""
    look.state = state
    look.version += 1
    look.save(update_fields=["state", "version"])


def tell_supervisors(actor: User, person: User) -> None:
    """Tell whoever leads the person's unit, or else the force's superintendents, that something was referred; never the person."""
    people = People()
    leads = people.active(LEADS, unit=person.unit_id) if person.unit_id else []
    told = [lead for lead in leads if lead.pk != person.pk] or people.active(SENIOR, organisation=person.organisation_id)
    tell(actor=actor, people=[each for each in told if each.pk != person.pk], text=REFERRED)
