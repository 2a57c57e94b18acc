"""Telling somebody: whom, in which words, with which plan and undertaking; the papers; and that it was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import may, row_security
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import PartyRole
from disclosure.choices.outcomes import Paper
from disclosure.documents.outcomes import telling_paper
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.outcomes import (
    TELLS_WHO,
    require_moment,
    require_not_told,
    require_own_words,
    require_protector,
    require_standing,
    require_stands_at,
    require_undertaking,
    require_words,
)
from disclosure.models import Application, Party, SchemeDisclosure
from disclosure.reports.facts import decision_of, facts_of
from disclosure.reports.outcomes import may_tell_who_applied, recipient_of
from disclosure.rules.applications import State, missing_to_disclose
from disclosure.services.moving import hold_application, touch
from sharing.choices.sending import FIRST_LOOK, SECOND_LOOK
from sharing.models import Release
from sharing.models import Telling as SharedTelling
from sharing.services.handing_over import record_telling as record_shared_telling

LOOKS = {FIRST_LOOK: "sharing-outcome-7", SECOND_LOOK: "sharing-outcome-28"}  # the rules of their clocks
TITLES = {
    FIRST_LOOK: gettext_noop("What came of telling somebody, 7 days on"),
    SECOND_LOOK: gettext_noop("What came of telling somebody, 28 days on"),
}
RECORD_IT = gettext_noop("What was sent has been said, and you are asked to record it")
LIST = "disclosure:application-list"
PROOF = ("identity", "identity_detail", "identity_seen_by", "identity_seen_on")
COPIED = ("name", "born_on", "address", "phone", "email", "relationship", *PROOF)


def hold_prepared(actor: User, application: Application) -> SchemeDisclosure:
    """Hold what is prepared under the decision that stands; what was said under an earlier one is not taken along.

    The caller holds the application.
    """
    require_stands_at(application, {State.DECIDED})
    decision = require_standing(decision_of(application))
    rows = SchemeDisclosure.objects.select_for_update(of=("self",)).select_related("release", "decision")
    prepared, _ = rows.get_or_create(application=application, defaults={"decision": decision, "written_by": actor})
    require_not_told(prepared)
    if prepared.decision_id != decision.pk:
        prepared.decision, prepared.release, prepared.script = decision, None, ""
        prepared.undertaking, prepared.undertaking_words = "", ""
        prepared.save(update_fields=["decision", "release", "script", "undertaking", "undertaking_words"])
    return prepared


def store(actor: User, application: Application, prepared: SchemeDisclosure, act: str, *fields: str) -> SchemeDisclosure:
    """Store what was prepared, and count the change."""
    prepared.written_by, prepared.version = actor, prepared.version + 1
    prepared.save(update_fields=[*fields, "written_by", "version"])
    touch(application)
    record_event(Verb.CHANGED, application, act=act)
    return prepared


@transaction.atomic
def settle_protector(
    *, actor: User, application: Application, version: int, same_as: Party | None = None, name: str = "", phone: str = "",
    relationship: str = "", identity: str = "", identity_detail: str = "",
) -> SchemeDisclosure:  # fmt: skip
    """Say who is told: somebody in the application or somebody else, and how they proved who they are."""
    locked = hold_application(actor, application, version)
    prepared = hold_prepared(actor, locked)
    require_protector(same_as, name, identity, identity_detail)
    values: dict[str, Any] = {"name": name.strip(), "phone": phone.strip(), "relationship": relationship.strip()}
    if same_as:
        values = {field: getattr(same_as, field) for field in COPIED}
    if identity:
        values |= {"identity": identity, "identity_detail": identity_detail.strip()}
        values |= {"identity_seen_by": actor, "identity_seen_on": localdate()}
    with row_security(actor):
        before = locked.parties.filter(role=PartyRole.PROTECTOR).first()
        unknown = {"born_on": None, "address": "", "email": "", "identity": "", "identity_detail": "", "identity_seen_by": None}
        plain = {"identity_seen_on": None, "version": before.version + 1 if before else 1}
        party, _ = Party.objects.update_or_create(application=locked, role=PartyRole.PROTECTOR, defaults={**unknown, **plain, **values})
    prepared.protector, prepared.undertaking, prepared.undertaking_words = party, "", ""
    return store(actor, locked, prepared, "Settled who is told", "protector", "undertaking", "undertaking_words")


@transaction.atomic
def write_words(*, actor: User, application: Application, version: int, safety_plan: str, script: str = "") -> SchemeDisclosure:
    """Write the safety plan and, about somebody without a record, the words to say. About a record they are what was approved."""
    locked = hold_application(actor, application, version)
    prepared = hold_prepared(actor, locked)
    require_words(safety_plan=safety_plan)
    require_own_words(locked, script)
    if locked.nominal_id is None:
        require_words(script=script)
        prepared.script = script.strip()
        require_hides_applicant(actor, prepared)
    prepared.safety_plan = safety_plan.strip()
    return store(actor, locked, prepared, "Words and plan written", "script", "safety_plan")


def require_hides_applicant(actor: User, prepared: SchemeDisclosure) -> None:
    """The words do not tell who applied, unless it is who applied that is told."""
    with row_security(actor):  # who is told is read here: outside it no such row is there
        told = Party.objects.filter(pk=prepared.protector_id).first() if prepared.protector_id else None
        tells = may_tell_who_applied(prepared.application, told, prepared.script)
    if tells:
        raise DomainError(TELLS_WHO, field="script")


@transaction.atomic
def ask_undertaking(
    *, actor: User, application: Application, version: int, undertaking: str, undertaking_words: str = ""
) -> SchemeDisclosure:
    """Keep whether whoever is told undertakes to keep it to themselves; refused, with what follows."""
    locked = hold_application(actor, application, version)
    prepared = hold_prepared(actor, locked)
    require_undertaking(undertaking, undertaking_words)
    prepared.undertaking, prepared.undertaking_words = undertaking, undertaking_words.strip()
    return store(actor, locked, prepared, "Undertaking asked for", "undertaking", "undertaking_words")


def record_telling(*, actor: User, application: Application, version: int, **told: object) -> SchemeDisclosure:
    """Record that somebody was told; a refusal stands in the trail with what was missing."""
    try:
        return store_telling(actor=actor, application=application, version=version, **told)  # type: ignore[arg-type]
    except DomainError as refusal:
        record_event(Verb.REFUSED, application, act="Telling refused", why=str(refusal))
        raise


@transaction.atomic
def store_telling(
    *, actor: User, application: Application, version: int, told_at: datetime, place: str, how_taken: str, second_officer: str = ""
) -> SchemeDisclosure:
    """Store it, if nothing at all is missing, and ask what comes of it."""
    locked = hold_application(actor, application, version)
    with row_security(actor):
        require_nothing_missing(missing_to_disclose(facts_of(locked)))
    prepared = hold_prepared(actor, locked)
    require_hides_applicant(actor, prepared)
    require_words(place=place, how_taken=how_taken)
    require_moment(told_at, prepared.decision.decided_at)
    prepared.told_at, prepared.told_by, prepared.place = told_at, actor, place.strip()
    prepared.second_officer, prepared.how_taken = second_officer.strip(), how_taken.strip()
    fields = ("told_at", "told_by", "place", "second_officer", "how_taken")
    store(actor, locked, prepared, "Somebody was told", *fields)
    if prepared.release:
        hand_over(actor, locked, prepared, prepared.release)
    else:
        ask_what_came(actor, locked, prepared)
    return prepared


def hand_over(actor: User, application: Application, prepared: SchemeDisclosure, release: Release) -> None:
    """Record with what was sent that it was said, naming nobody; where the actor may not, tell whoever sent it. Its looks follow there."""
    if SharedTelling.objects.filter(release=release).exists():
        return
    if not may(actor, Perm.DECIDE_SHARING, release):
        text = f"{RECORD_IT}: {application.reference}"
        tell(actor=actor, people=[release.sent_by], text=text, nominal=release.nominal_id, route="sharing:decision-list")
        return
    record_shared_telling(
        actor=actor, release=release, told_at=prepared.told_at or now(), place="Kept with the application",
        told_to=recipient_of(application), identity_check="Proved, as the application says", said="",
        undertaking=str(prepared.get_undertaking_display()),
    )  # fmt: skip


def ask_what_came(actor: User, application: Application, prepared: SchemeDisclosure) -> None:
    """Ask twice what came of it, where no decision to share asks."""
    for days, rule in LOOKS.items():
        raise_action(
            actor=actor, kind=f"scheme-outcome-{days}", title=TITLES[days],
            detail=application.reference, owner=Owner(user=actor), force=application.force, subject=prepared, route=LIST, rule=rule,
            starts_at=prepared.told_at, key=f"scheme-outcome-{days}-{prepared.pk}", is_private=True,
        )  # fmt: skip


@transaction.atomic
def print_paper(*, actor: User, application: Application, kind: str) -> tuple[str, bytes]:
    """Return a numbered paper of the telling and its name. It says what will be said and promised, and nothing of who is who."""
    locked = hold_application(actor, application)
    prepared = hold_prepared(actor, locked)
    require_words(**({"script": prepared.script} if kind == Paper.SCRIPT else {}))
    require_hides_applicant(actor, prepared)
    prepared.copies += 1
    prepared.save(update_fields=["copies"])
    record_event(Verb.PRINTED, locked, act=str(Paper(kind).label), number=prepared.copies)
    return f"{locked.reference}-{kind}-{prepared.copies}", telling_paper(locked, prepared, Paper(kind), actor, now())
