"""Telling both sides that an agreement is in force, or no longer: each time once, within a minute, whatever made it so."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.choices import Role
from accounts.models import User
from actions.services import tell
from audit.choices import Verb
from audit.services import record_event
from sharing.choices.decisions import Channel
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyContact, Agreement, Release
from sharing.services.changes import note_change

LIST = "sharing:agreement-list"
TOLD, MAILED = "is_told_in_force", "is_mailed_in_force"
KINDS = {True: ChangeKind.AGREEMENT_BEGUN, False: ChangeKind.AGREEMENT_ENDED}
KEEPERS = {
    True: gettext_noop("An agreement with an agency is in force"),
    False: gettext_noop("An agreement with an agency is no longer in force"),
}
SHARERS = {
    True: gettext_noop("An agreement is in force again: the agency can read what you shared under it"),
    False: gettext_noop("An agreement is no longer in force: the agency cannot read what you shared under it"),
}
SUBJECTS = {True: "Vigil: an agreement is in force", False: "Vigil: an agreement is no longer in force"}
BODY = """{what}

The agreement is between {force} and {agency}. Sign in to Vigil to see which.
This mail says nothing more on purpose. Please do not answer it.
"""


def tell_of_agreements(*, actor: User | None) -> int:
    """Tell of each agreement that came into force or is no longer; return of how many. Twice tells nothing twice."""
    told = sum(tell_of(actor, key) for key in list(Agreement.objects.news(TOLD).order_by("pk").values_list("pk", flat=True)))
    for key in list(Agreement.objects.news(MAILED).order_by("pk").values_list("pk", flat=True)):
        mail_about(key)
    return told


def claim(key: int, column: str) -> Agreement | None:
    """Hold an agreement that there is still something to tell of, and note that it is told; None when another worker has it."""
    rows = Agreement.objects.news(column).filter(pk=key).select_for_update(of=("self",), skip_locked=True)
    agreement = rows.select_related("force", "agency").first()
    if agreement:
        setattr(agreement, column, not getattr(agreement, column))
        agreement.told_at = now()
        agreement.save(update_fields=[column, "told_at"])
    return agreement


@transaction.atomic
def tell_of(actor: User | None, key: int) -> bool:
    """Tell the agency's systems, information governance, and whoever has something live under it; False when there is nothing to tell."""
    agreement = claim(key, TOLD)
    if agreement is None:
        return False
    holds = agreement.is_told_in_force
    note_change(actor=actor, kind=KINDS[holds], force=agreement.force, agency=agreement.agency, subject=agreement.public_id)
    keepers = User.objects.filter(organisation=agreement.force_id, is_active=True, groups__name=Role.INFORMATION_GOVERNANCE).distinct()
    tell(actor=actor, people=keepers, text=KEEPERS[holds], route=LIST)
    tell(actor=actor, people=sharers_under(agreement), text=SHARERS[holds], route=LIST)
    record_event(Verb.CHANGED, agreement, act="Both sides told of an agreement", in_force=holds)
    return True


def sharers_under(agreement: Agreement) -> list[User]:
    """Return who sent, and who manages, what the agency reads under an agreement while it holds."""
    live = Release.objects.filter(
        decision__agreement=agreement, channel=Channel.ONLINE, withdrawn_at__isnull=True, expires_on__gte=localdate()
    )
    rows = live.select_related("sent_by__organisation", "decision__nominal__offender_manager__organisation")
    return [person for release in rows for person in (release.sent_by, release.decision.nominal.offender_manager)]


@transaction.atomic
def mail_about(key: int) -> bool:
    """Mail the agency's contacts, in one mail; when it cannot be handed on, the claim is taken back and the next minute tries again."""
    agreement = claim(key, MAILED)
    if agreement is None:
        return False
    contacts = AgencyContact.objects.live().filter(force=agreement.force_id, agency=agreement.agency_id).exclude(email="")
    if addresses := sorted({contact.email for contact in contacts}):
        holds = agreement.is_mailed_in_force
        what = BODY.format(what=f"{KEEPERS[holds]}.", force=agreement.force, agency=agreement.agency)
        EmailMessage(SUBJECTS[holds], what, bcc=addresses).send()
    return True
