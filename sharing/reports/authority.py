"""Who decides about sharing, by name, and what is missing: computed before the work starts, when it is sent, and at the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import Delegation, User
from accounts.permissions import Perm
from offenders.choices.meetings import DisclosureDecision, MinutesState
from offenders.models import Minutes, Nominal
from sharing.choices.decisions import AdviceKind, Authority, Choice
from sharing.models import AuthorityRule, SharingDecision
from sharing.querysets.decisions import DecisionQuerySet
from sharing.reports.facts import mappa_of
from sharing.rules.authority import CIRCUMSTANCES, LENT, circumstance_of
from ui.languages import StrOrPromise

HOLDERS: dict[str, Role] = {
    Authority.SUPERVISOR: Role.SUPERVISOR,
    Authority.DISCLOSURE_AUTHORITY: Role.DISCLOSURE_AUTHORITY,
    Authority.CHAIR: Role.MAPP_CHAIR,
}

NOBODY = {  # whether a rank is needed, and whether somebody wrote it who may not decide
    (False, False): gettext_noop("Nobody holds this authority and may open the record: {authority}."),
    (False, True): gettext_noop("Nobody besides those who wrote it holds this authority and may open the record: {authority}."),
    (True, False): gettext_noop("Nobody of the rank {rank} holds this authority and may open the record: {authority}."),
    (True, True): gettext_noop(
        "Nobody of the rank {rank} besides those who wrote it holds this authority and may open the record: {authority}."
    ),
}


class Decider(NamedTuple):
    """Somebody who may decide, and the delegation by which, if not in their own right."""

    user: User
    delegation: Delegation | None = None

    @property
    def words(self) -> StrOrPromise:
        """Who it is, and for whom they act."""
        if self.delegation is None:
            return self.user.display_name
        names = {"officer": self.user.display_name, "lender": self.delegation.delegator.display_name}
        return format_lazy(_("{officer}, for {lender}, who stays responsible"), **names)


@dataclass(frozen=True)
class WhoDecides:
    """Who decides about sharing a record with a kind of recipient, as things stand now."""

    nominal: Nominal
    circumstance: str
    rule: AuthorityRule
    but: Collection[int] = ()  # who wrote it: they do not decide

    @property
    def words(self) -> StrOrPromise:
        """The circumstance."""
        return CIRCUMSTANCES[self.circumstance]

    @property
    def needs_rank(self) -> str:
        """The ranks of which one is needed; empty where any will do."""
        return gettext(" or ").join(", ".join(self.rule.ranks).rsplit(", ", 1))

    @cached_property
    def deciders(self) -> list[Decider]:
        """Everybody who may decide it, those in their own right first."""
        own = [Decider(user) for user in holders_of(self.nominal, self.rule)]
        held = {each.user.pk for each in own}
        lent = [each for each in delegates_of(self.nominal, self.circumstance, self.rule) if each.user.pk not in held]
        return [each for each in (*own, *lent) if each.user.pk not in self.but]

    def decider(self, user: User) -> Decider | None:
        """Return in which right somebody decides it, or None."""
        return next((each for each in self.deciders if each.user.pk == user.pk), None)

    @property
    def nobody(self) -> DomainError | None:
        """What to say where nobody can decide it; None where somebody can."""
        if self.deciders:
            return None
        parts = {"rank": self.needs_rank, "authority": Authority(self.rule.authority).label}
        return DomainError(NOBODY[bool(self.rule.ranks), bool(self.but)], **parts)


def rule_for(circumstance: str) -> AuthorityRule:
    """Return the rule of today."""
    return AuthorityRule.objects.get(circumstance=circumstance, period__contains=localdate())


def who_decides_about(nominal: Nominal, recipient_kind: str, but: Collection[int] = ()) -> WhoDecides:
    """Return who decides about sharing this record with such a recipient."""
    level = mappa_of(nominal)
    circumstance = circumstance_of(recipient_kind, level.category if level else None, level.level if level else None)
    return WhoDecides(nominal, circumstance, rule_for(circumstance), but)


def who_decides(decision: SharingDecision) -> WhoDecides | None:
    """Return who decides this one, or None until the kind of recipient is known."""
    if not decision.recipient_kind:
        return None
    return who_decides_about(decision.nominal, decision.recipient_kind, writers_of(decision))


def writers_of(decision: SharingDecision) -> frozenset[int]:
    """Return the keys of everybody who wrote some of it: none of them decides it."""
    named = {decision.drafted_by_id, decision.edited_by_id, decision.submitted_by_id} - {None}
    answered = decision.answers.values_list("answered_by", flat=True)
    return frozenset({*named, *answered, *decision.items.values_list("chosen_by", flat=True)})


def holders_of(nominal: Nominal, rule: AuthorityRule) -> list[User]:
    """Return who holds an authority in their own right and may know of the record."""
    people = User.objects.filter(organisation=nominal.force_id, is_active=True, is_service=False)
    if rule.authority == Authority.SENIOR_OFFICER:
        people = people.filter(rank__in=rule.ranks)
    else:
        people = people.filter(groups__name=HOLDERS[rule.authority])
        people = people.filter(rank__in=rule.ranks) if rule.ranks else people
    if rule.authority == Authority.SUPERVISOR:
        people = people.filter(Q(unit=nominal.unit_id) | Q(pk=nominal.offender_manager_id))
    found = people.select_related("organisation", "unit").prefetch_related("groups").distinct().order_by("last_name", "pk")
    wanted = {Perm.APPROVE_SHARING, *([Perm.CHAIR_MEETING] if rule.authority == Authority.CHAIR else [])}
    return [user for user in found if all(may(user, perm, nominal) for perm in wanted)]


def delegates_of(nominal: Nominal, circumstance: str, rule: AuthorityRule) -> Iterator[Decider]:
    """Yield who was lent the authority for this record; lent by somebody who still holds it."""
    if not rule.is_delegable or circumstance not in LENT:
        return
    role = HOLDERS[rule.authority]
    rows = Delegation.objects.in_force(localdate()).filter(authority=LENT[circumstance], delegator__organisation=nominal.force_id)
    rows = rows.filter(Q(unit=None) | Q(unit=nominal.unit_id)).select_related("delegator", "delegate__organisation", "delegate__unit")
    for row in rows.prefetch_related("delegator__groups", "delegate__groups").order_by("pk"):
        if row.delegator.is_active and role in row.delegator.roles and may(row.delegate, Perm.APPROVE_SHARING, nominal):
            yield Decider(row.delegate, row)


def minutes_for(decision: SharingDecision) -> QuerySet[Minutes]:
    """Return the approved minutes that can carry this decision: of its record, with the same decision, approved since it was sent."""
    said = DisclosureDecision.DO_NOT if decision.choice == Choice.DO_NOT else DisclosureDecision.DISCLOSE
    rows = Minutes.objects.filter(nominal=decision.nominal_id, state=MinutesState.APPROVED, disclosure=said)
    return rows.filter(approved_at__gte=decision.submitted_at).order_by("-approved_at") if decision.submitted_at else rows.none()


def lacks_press_office(decision: SharingDecision, who: WhoDecides) -> bool:
    """Whether the press office must be heard and was not."""
    heard = decision.advice.filter(kind=AdviceKind.PRESS_OFFICE).exclude(text="")
    return who.rule.needs_press_office and not heard.exists()


def what_lacks(decision: SharingDecision, who: WhoDecides) -> list[DomainError]:
    """Return what stands between this decision and a verdict, for its writer and for whoever decides."""
    lacks = [who.nobody] if who.nobody else []
    if lacks_press_office(decision, who):
        lacks.append(DomainError("It needs the press office's advice."))
    if who.rule.is_in_minutes and not minutes_for(decision).exists():
        lacks.append(
            DomainError(
                "The chair decides in minutes: no minutes with this decision on disclosure were approved since the decision was sent."
            )
        )
    return lacks


def decisions_for(user: User) -> DecisionQuerySet:
    """Return the decisions that wait for this user's verdict by role, rank or delegation, with those they wrote themselves."""
    today, roles = localdate(), user.roles
    reached = Q(authority=Authority.SENIOR_OFFICER, authority_rule__ranks__contains=[user.rank]) if user.rank else Q(pk=None)
    if Role.SUPERVISOR in roles:
        reached |= Q(authority=Authority.SUPERVISOR) & (Q(nominal__unit=user.unit_id) | Q(nominal__offender_manager=user))
    for authority in (Authority.DISCLOSURE_AUTHORITY, Authority.CHAIR):
        if HOLDERS[authority] in roles:
            reached |= Q(authority=authority, nominal__force=user.organisation_id)
    for circumstance, lent in LENT.items():
        of_rule = Q(authority=Authority.DISCLOSURE_AUTHORITY, authority_rule__circumstance=circumstance, authority_rule__is_delegable=True)
        held = Delegation.objects.in_force(today).filter(
            authority=lent, delegate=user, delegator__is_active=True, delegator__groups__name=Role.DISCLOSURE_AUTHORITY
        )
        for force, unit in held.values_list("delegator__organisation", "unit"):
            reached |= of_rule & (Q(nominal__force=force, nominal__unit=unit) if unit else Q(nominal__force=force))
    return SharingDecision.objects.for_user(user, Perm.APPROVE_SHARING).waiting().filter(reached)
