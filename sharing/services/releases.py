"""Sending what was approved, withdrawing it, and its end."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.choices.decisions import Channel
from sharing.choices.releases import ChangeKind
from sharing.choices.sending import FIRST_LOOK, SECOND_LOOK
from sharing.guards.items import require_ready_items
from sharing.guards.releases import NO_AGREEMENT, require_approval, require_same, require_standing, require_way, require_words
from sharing.models import AgencyChange, Release, SharingDecision
from sharing.references import RELEASE, next_reference
from sharing.reports.chosen import changed_since
from sharing.reports.releases import release_of
from sharing.rules.decisions import ROUTE
from sharing.rules.questions import CLOCKS
from sharing.services.changes import note_change
from sharing.services.receiving import EXPECTED, RECEIPT

LOOKS = {FIRST_LOOK: "sharing-outcome-7", SECOND_LOOK: "sharing-outcome-28"}
TITLES = {
    RECEIPT: gettext_noop("A recipient has not accepted the handling of what was shared"),
    EXPECTED: gettext_noop("A recipient was asked to do something about what was shared"),
    LOOKS[FIRST_LOOK]: gettext_noop("What came of sharing, 7 days on"),
    LOOKS[SECOND_LOOK]: gettext_noop("What came of sharing, 28 days on"),
}


def send_release(*, actor: User, decision: SharingDecision, version: int | None = None) -> Release:
    """Send what was approved as it was approved, or send nothing; a refusal stands in the trail with its reason."""
    try:
        return send(actor, decision, version)
    except DomainError as refusal:
        record_event(Verb.REFUSED, decision, act="Release refused", why=str(refusal))
        raise


@transaction.atomic
def send(actor: User, decision: SharingDecision, version: int | None) -> Release:
    """Store the release and everything that follows from it."""
    authorise(actor, Perm.DECIDE_SHARING, decision)
    held = SharingDecision.objects.select_for_update(of=("self",)).select_related("nominal__force", "agency").get(pk=decision.pk)
    require_unchanged(held, version)
    approval = require_approval(held)
    require_way(held, localdate())
    require_ready_items(list(held.items.all()))
    require_same(changed_since(actor, held))
    release = release_of(held, actor)
    release.reference, release.approval = next_reference(RELEASE), approval
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as error:  # an agreement that ended between the look at it and now
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "release_needs_an_agreement":
            raise
        raise DomainError(NO_AGREEMENT) from error
    release.refresh_from_db()
    record_event(Verb.CREATED, release, act="Release sent", channel=release.channel, items=len(release.contents))
    announce(actor, release, ChangeKind.RELEASE_SENT)
    for clock in CLOCKS.values():
        complete_actions_about(actor=actor, subject=held, kind=clock, outcome="Sent")
    raise_followers(actor, release)
    return release


def announce(actor: User | None, release: Release, kind: ChangeKind) -> None:
    """Note the change for the agency, where its systems know of the release."""
    if release.channel == Channel.ONLINE and release.agency:
        note_change(actor=actor, kind=kind, force=release.force, agency=release.agency, subject=release.public_id)


def raise_followers(actor: User, release: Release) -> None:
    """Ask for the receipt, for what the recipient was asked to do, and for two looks at what came of it."""
    wanted = [(RECEIPT, "sharing-acknowledge")]
    if release.expected_action:
        wanted.append((EXPECTED, "sharing-expected"))
    for kind, rule in [*wanted, *((look, look) for look in LOOKS.values())]:
        raise_action(
            actor=actor, kind=kind, title=TITLES[kind], owner=Owner(user=actor), nominal=release.decision.nominal, subject=release,
            route=ROUTE, rule=rule, key=f"{kind}-{release.pk}",
        )  # fmt: skip


def hold_release(actor: User, release: Release, perm: Perm = Perm.DECIDE_SHARING, version: int | None = None) -> Release:
    """Authorise somebody of the police and lock a release until the transaction ends."""
    authorise(actor, perm, release)
    rows = Release.objects.select_for_update(of=("self",)).select_related("force", "agency", "decision__nominal", "sent_by")
    locked: Release = rows.get(pk=release.pk)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def withdraw_release(*, actor: User, release: Release, reason: str, version: int | None = None) -> Release:
    """Take back what was shared: from now on the recipient sees nothing of it. Who read it before stands in its readings."""
    locked = hold_release(actor, release, version=version)
    require_standing(locked)
    require_words(reason=reason)
    take_back(actor, locked, reason.strip())
    return locked


def take_back(actor: User, release: Release, reason: str) -> None:
    """Store that it is withdrawn; the caller holds its lock."""
    release.withdrawn_at, release.withdrawn_by, release.withdraw_reason = now(), actor, reason[:500]
    release.version += 1
    release.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason", "version"])
    wait_no_more(actor, release, "What was shared was withdrawn.")
    announce(actor, release, ChangeKind.RELEASE_WITHDRAWN)
    record_event(Verb.CHANGED, release, act="Release withdrawn", read=release.readings.filter(with_content=True).count())
    nominal = release.decision.nominal
    people = [release.sent_by, nominal.offender_manager]
    tell(actor=actor, people=people, text=gettext_noop("Something that was shared was withdrawn"), nominal=nominal.pk, route=ROUTE)


def wait_no_more(actor: User | None, release: Release, reason: str) -> None:
    """Nobody waits any more for the recipient to accept it or to act on it; what came of it is still looked at."""
    for kind in (RECEIPT, EXPECTED):
        cancel_actions_about(actor=actor, subject=release, kind=kind, reason=reason)


def end_releases(*, actor: User | None) -> int:
    """Tell agencies of each release whose last day is over, once; return of how many."""
    keys = list(over().values_list("pk", flat=True))
    with acting_as(actor):
        return sum(end_release(actor, key) for key in keys)


def over() -> QuerySet[Release]:
    """Return the releases online whose last day has passed, and whose agency was not told so."""
    told = AgencyChange.objects.filter(kind=ChangeKind.RELEASE_ENDED, subject=OuterRef("public_id"))
    rows: QuerySet[Release] = Release.objects.filter(channel=Channel.ONLINE, expires_on__lt=localdate(), withdrawn_at__isnull=True)
    return rows.exclude(Exists(told)).order_by("pk")


@transaction.atomic
def end_release(actor: User | None, key: int) -> bool:
    """Tell of one; False when another worker has it or told already."""
    rows = over().filter(pk=key).select_for_update(of=("self",), skip_locked=True)
    release = rows.select_related("force", "agency", "decision__nominal").first()
    if release is None or AgencyChange.objects.filter(kind=ChangeKind.RELEASE_ENDED, subject=release.public_id).exists():
        return False
    announce(actor, release, ChangeKind.RELEASE_ENDED)
    wait_no_more(actor, release, "The time of what was shared is over.")
    record_event(Verb.CHANGED, release, act="Release over")
    return True
