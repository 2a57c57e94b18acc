"""Which items of a decision must not go yet, because whoever gave them has not agreed."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_noop

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from intelligence.choices.information import Handling
from intelligence.models import InformationRelease
from offenders.choices.confidential import Consent
from offenders.models import SensitiveItem
from sharing.choices.agreements import DataClass
from sharing.models import DecisionItem, PartnerNews, SharingDecision


def held_back(user: User, decision: SharingDecision) -> list[DomainError]:
    """Return what is missing, item by item; the words repeat nothing of an item."""
    found = []
    for item in decision.items.filter(data_class__in=[DataClass.SENSITIVE, DataClass.INTELLIGENCE]):
        lacks = lacks_consent(user, item) if item.data_class == DataClass.SENSITIVE else lacks_bureau(decision, item)
        if lacks:
            found.append(DomainError(lacks, number=item.position))
    return found


def key_of(item: DecisionItem) -> UUID | None:
    """Return the public key in the key of an item, or None where it holds none."""
    try:
        return UUID(item.key.partition(":")[2])
    except ValueError:
        return None


def lacks_consent(user: User, item: DecisionItem) -> str:
    """Say what is missing before sensitive material goes; what the user may not see counts as not agreed."""
    with row_security(user):
        row = SensitiveItem.objects.for_user(user).filter(public_id=key_of(item), ended_on__isnull=True).first()
    if row and (not row.is_of_third_party or row.consent == Consent.GIVEN):
        return ""
    if row and row.consent == Consent.REFUSED:
        return gettext_noop("Item {number}: its originator refused. Take it out.")
    return gettext_noop(
        "Item {number}: its originator's consent is not recorded. Ask them, record the answer under Sensitive, or take it out."
    )


def lacks_bureau(decision: SharingDecision, item: DecisionItem) -> str:
    """Say what is missing before released intelligence goes: what has conditions needs its bureau."""
    release = InformationRelease.objects.filter(report__public_id=key_of(item)).order_by("-number").first()
    if release is None:
        return gettext_noop("Item {number}: this intelligence is not there any more. Take it out.")
    if PartnerNews.objects.kept_back().filter(report=release.report_id).exists():
        return gettext_noop(
            "Item {number}: An agency keeps control of this report: the intelligence bureau must record its consent first. Or take it out."
        )
    heard = decision.advice.filter(adviser__groups__name=Role.INTELLIGENCE, is_followed=True).exclude(text="")
    if release.handling != Handling.CONDITIONS or heard.exists():
        return ""
    return gettext_noop(
        "Item {number}: it was released under conditions. Ask an officer of the intelligence bureau for advice, or take it out."
    )
