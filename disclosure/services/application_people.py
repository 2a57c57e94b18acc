"""Who is who in an application, how it is safe to reach them, and what they proved: sealed, so that events name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import row_security
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import PartyRole, Route
from disclosure.guards.applications import require_not_self, require_proof, require_role, require_ways, require_words
from disclosure.models import Application, Party, SafeContact
from disclosure.reports.applications import safe_contacts_of
from disclosure.reports.twins import twins_before, twins_of
from disclosure.rules.persons import marks_of_name
from disclosure.services.applications import LIST, TWIN, leads_of
from disclosure.services.moving import hold_running, touch
from intelligence.services.information_givers import pseudonym
from offenders.guards import require_unchanged


class Answer(TypedDict):
    """Whether a way of contact is safe, how, and who must not know."""

    is_safe: bool
    how: str
    who_must_not_know: str


@transaction.atomic
def add_person(*, actor: User, application: Application, role: str, is_at_risk: bool = False, **values: Any) -> Party:
    """Say who somebody is in it; where the applicant is the one at risk, both at once. Half of what there is to know will do."""
    locked = hold_running(actor, application)
    with row_security(actor):
        require_role(locked, role, {party.role for party in locked.parties.all()})
        require_words(gettext_noop("Enter a name. Where none is known, write what they are known as."), name=values["name"])
        party = Party.objects.create(application=locked, role=role, **values)
        if is_at_risk and role == PartyRole.APPLICANT:
            Party.objects.create(application=locked, role=PartyRole.AT_RISK, **values)
        record_event(Verb.CHANGED, locked, act="Somebody added", role=role)
        know_again(actor, locked)
    return party


@transaction.atomic
def change_person(*, actor: User, application: Application, party: Party, version: int, **values: Any) -> Party:
    """Change what is known of somebody in it. Whoever goes by another name now proves anew who they are."""
    locked = hold_running(actor, application)
    with row_security(actor):
        row = hold_party(locked, party, version)
        require_words(gettext_noop("Enter a name. Where none is known, write what they are known as."), name=values["name"])
        if row.identity and (row.name, row.born_on) != (values["name"], values["born_on"]):
            values |= {"identity": "", "identity_detail": "", "identity_seen_by": None, "identity_seen_on": None}
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*values, "version"])
        record_event(Verb.CHANGED, locked, act="What is known of somebody changed", role=row.role)
        know_again(actor, locked)
    return row


def hold_party(application: Application, party: Party, version: int | None = None) -> Party:
    """Hold somebody of an application until the transaction ends. Call it inside row_security."""
    row: Party | None = application.parties.select_for_update().filter(pk=party.pk).first()
    if row is None:
        raise NotPermitted(Perm.WORK_APPLICATION)
    require_unchanged(row, version)
    return row


def know_again(actor: User, application: Application) -> None:
    """Refuse who asks about themselves, keep the digests, and have the supervisor look at what came twice. Call it inside row_security."""
    parties = list(application.parties.order_by("pk"))
    require_not_self(parties)
    roles = (PartyRole.APPLICANT,) if application.route != Route.KNOW else (PartyRole.AT_RISK, PartyRole.CHILD)
    asker = next((party for party in parties if party.role in roles), None)
    subject = next((party for party in parties if party.role == PartyRole.SUBJECT), None)
    application.asker_marks, application.asker_born = digests_of(asker)
    application.subject_marks, application.subject_born = digests_of(subject)
    touch(application, "asker_marks", "asker_born", "subject_marks", "subject_born")
    later = list(twins_of(application).filter(pk__gt=application.pk).select_related("unit", "force"))
    for row in [*([application] if twins_before(application).exists() else []), *later]:
        if not row.why_another:
            raise_twin(actor, row)


def digests_of(party: Party | None) -> tuple[list[str], str]:
    """Return the keyed digests of somebody's name and day of birth."""
    if party is None:
        return [], ""
    marks = [pseudonym(f"application name {mark}") for mark in marks_of_name(party.name)]
    return marks, pseudonym(f"application born {party.born_on.isoformat()}") if party.born_on else ""


def raise_twin(actor: User, application: Application) -> None:
    """Have the unit's supervisor say whether it is the same as an earlier one."""
    title = gettext_noop("An application may have come by two doors")
    raise_action(
        actor=actor, kind=TWIN, title=title, owner=Owner(unit=application.unit), force=application.force, subject=application,
        route=LIST, due_on=localdate(), key=f"{TWIN}-{application.pk}", is_private=True,
    )  # fmt: skip
    tell(actor=None, people=leads_of(application.unit), text=title, route=LIST)


@transaction.atomic
def answer_ways(*, actor: User, application: Application, answers: Mapping[str, Answer]) -> Application:
    """Keep what was said of each way of contact; the latest answer for a way counts, the earlier ones stay."""
    locked = hold_running(actor, application)
    with row_security(actor):
        standing = {
            row.way: Answer(is_safe=row.is_safe, how=row.how, who_must_not_know=row.who_must_not_know) for row in safe_contacts_of(locked)
        }
        new = {way: answer for way, answer in answers.items() if standing.get(way) != answer}
        require_ways(new.keys())
        for way, answer in new.items():
            SafeContact.objects.create(application=locked, way=way, asked_by=actor, **answer)
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Safe contact answered", ways=sorted(new))
    return locked


@transaction.atomic
def prove_identity(
    *, actor: User, application: Application, party: Party, identity: str, detail: str, seen_on: date, version: int
) -> Party:  # fmt: skip
    """Keep what somebody showed to prove who they are, or that they could not; never the number of a document."""
    locked = hold_running(actor, application)
    require_proof(identity, detail, seen_on)
    with row_security(actor):
        row = hold_party(locked, party, version)
        row.identity, row.identity_detail, row.identity_seen_by, row.identity_seen_on = identity, detail.strip(), actor, seen_on
        row.version += 1
        row.save(update_fields=["identity", "identity_detail", "identity_seen_by", "identity_seen_on", "version"])
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Proof of identity seen", role=row.role, proof=identity)
    return row
