"""About a person on record: the decision to tell somebody, which is the force's authority, and what was sent under it."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import Scheme
from disclosure.guards.outcomes import (
    require_marker,
    require_no_sharing,
    require_not_told,
    require_record,
    require_release,
    require_standing,
    require_stands_at,
    require_waits_here,
)
from disclosure.models import Application, SchemeDecision, SchemeDisclosure
from disclosure.reports.facts import decision_of
from disclosure.reports.outcomes import TEMPLATES, due_of, live_release, recipient_of, script_of, waiting_for_sharing
from disclosure.rules.applications import State
from disclosure.services.moving import hold_application, touch
from disclosure.services.outcomes_telling import hold_prepared
from offenders.models import Nominal
from sharing.choices.decisions import Channel, RecipientKind
from sharing.models import SharingDecision
from sharing.reports.facts import powers_today
from sharing.services.decisions import save_page, start_decision

NEEDED, PAGE = "application-share", "disclosure:tell-somebody"
POWERS = {Scheme.DOMESTIC: ("common_law",), Scheme.CHILD: ("cja_327a", "common_law")}


@transaction.atomic
def ask_managers(*, actor: User, application: Application, version: int) -> Action:
    """Ask whoever manages the record to write the decision to tell somebody. They read the reference of the application, no more."""
    locked = hold_application(actor, application, version)
    require_stands_at(locked, {State.DECIDED})
    decision = require_standing(decision_of(locked))
    nominal = require_record(locked)
    require_no_sharing(decision)
    require_marker(locked)
    due = due_of(locked)
    action = raise_action(
        actor=actor, kind=NEEDED, title=gettext_noop("A decision to tell somebody is needed"), detail=f"For {locked.reference}",
        nominal=nominal,
        owner=Owner(user=nominal.offender_manager), subject=locked, route=PAGE, due_on=max(due.date(), localdate()) if due else localdate(),
        key=f"{NEEDED}-{decision.pk}",
    )  # fmt: skip
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Managers asked for a decision to tell somebody")
    return action


@transaction.atomic
def start_telling_decision(*, actor: User, nominal: Nominal, reference: str) -> SharingDecision:
    """Begin the decision to share under which somebody may be told, for an application of which the record's managers know."""
    authorise(actor, Perm.DECIDE_SHARING, nominal)
    waiting = {each.marker: each.decision for each in waiting_for_sharing(actor, nominal)}
    marker = require_waits_here(list(waiting), reference)
    application = Application.objects.select_for_update(of=("self",)).get(pk=marker.application_id)
    scheme = Scheme(application.scheme)
    begun = start_decision(actor=actor, nominal=nominal, template=TEMPLATES[scheme], recipient_kind=RecipientKind.PERSON)
    holding = set(powers_today().values_list("code", flat=True))
    known = {
        "recipient": recipient_of(application), "powers": [code for code in POWERS[scheme] if code in holding],
        "own_basis": f"{scheme.label}, application {application.reference}.", "channel": Channel.SPOKEN.value,
    }  # fmt: skip
    sharing = save_page(actor=actor, decision=begun, version=begun.version, fields=known, answers={})
    link_sharing(actor, waiting[marker], sharing)
    complete_actions_about(actor=actor, subject=application, kind=NEEDED, outcome="The decision has been begun.")
    record_event(Verb.CHANGED, application, act="Decision to tell somebody begun")
    return sharing


def link_sharing(actor: User, decision: int, sharing: SharingDecision) -> None:
    """Let a decision of the scheme point to the decision to tell somebody; the database does it for whoever may not read the first."""
    with row_security(actor), connection.cursor() as cursor:
        cursor.execute("SELECT vigil_link_sharing(%s, %s)", [decision, sharing.pk])


@transaction.atomic
def take_over_release(*, actor: User, application: Application, version: int) -> SchemeDisclosure:
    """Take over what was sent under the decision to tell somebody: it is what will be said, word by word."""
    locked = hold_application(actor, application, version)
    decision: SchemeDecision = require_standing(decision_of(locked))
    require_record(locked)
    prepared = hold_prepared(actor, locked)
    require_not_told(prepared)
    release = require_release(live_release(decision.sharing))
    prepared.release, prepared.script, prepared.written_by = release, script_of(release), actor
    prepared.version += 1
    prepared.save(update_fields=["release", "script", "written_by", "version"])
    touch(locked)
    record_event(Verb.CHANGED, locked, act="What was approved was taken over")
    return prepared
