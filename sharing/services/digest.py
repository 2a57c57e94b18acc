"""Telling whoever lent authority, once a week at most, that something was decided in their name."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from actions.services import tell
from sharing.models import Approval, ToldApproval
from sharing.reports.lent_authority import decided_in_name_of

ROUTE = "sharing:lent-authority"
WEEK = timedelta(days=7)
WORDS = gettext_noop("Something was decided with authority that you lent")


def tell_of_lent_authority(*, actor: User | None) -> int:
    """Tell everybody in whose name something new was decided and who was not told within the week; return how many."""
    new = Approval.objects.filter(delegation__isnull=False, told__isnull=True)
    people = list(new.order_by("delegation__delegator").values_list("delegation__delegator", flat=True).distinct())
    return sum(tell_lender(actor, key) for key in people)


@transaction.atomic
def tell_lender(actor: User | None, key: int) -> bool:
    """Tell one person; False when another worker does, it is too early, or there is nothing new that they may know of."""
    lender = User.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=key).first()
    if lender is None or not may(lender, Perm.DELEGATE_AUTHORITY):
        return False
    last = ToldApproval.objects.filter(delegator=lender).order_by("-told_at").values_list("told_at", flat=True).first()
    if last and localdate() < localdate(last) + WEEK:
        return False
    new = list(decided_in_name_of(lender).filter(told__isnull=True).values_list("pk", flat=True))
    ToldApproval.objects.bulk_create([ToldApproval(approval_id=approval, delegator=lender) for approval in new])
    return bool(new and tell(actor=actor, people=[lender], text=WORDS, route=ROUTE))
