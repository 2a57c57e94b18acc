"""Which nominals, and which rows about them, a user may see. Pages, API, forms, search and exports all start here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from django.apps import apps
from django.db.models import BooleanField, Case, Exists, Func, JSONField, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.access import ScopedQuerySet, scopes_of
from accounts.permissions import OPENED_BY, Perm, Scope

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

OPEN = Q(is_restricted=False)
PLACE = re.compile(r"{(\w+)}")


class Page(NamedTuple):
    """So many records, the newest below a key."""

    size: int
    before: int


def rows(model: str) -> Any:
    """Return all rows of an offenders model; looked up late, because models import this module."""
    return apps.get_model("offenders", model)._default_manager.all()


def kept_from(user: User) -> RawSQL:
    """Keys of the records that the user must not know of."""
    return keys("SELECT nominal_id FROM offenders_exclusion WHERE user_id = %s AND ended_at IS NULL", user.pk)


# The scopes stand here as SQL because every page asks them several times: built from querysets they cost more than they run.
# They are constants; whatever varies is a parameter.


def keys(select: str, *values: object) -> RawSQL:
    """Return a sub-select of keys."""
    return RawSQL(select, values)  # noqa: S611


# A scope that reaches few records selects their keys, so that one UNION finds them by their indexes without a walk through the table.
FEW: dict[Scope, str] = {
    Scope.OWN: "SELECT id FROM offenders_nominal WHERE offender_manager_id = {user}",
    Scope.UNIT: "SELECT id FROM offenders_nominal WHERE unit_id = {unit} AND NOT is_restricted",
    Scope.UNIT_RESTRICTED: "SELECT id FROM offenders_nominal WHERE unit_id = {unit}",
    Scope.PARTNERED_UNIT: """
        SELECT nominal_id FROM offenders_partnership JOIN offenders_nominal ON offenders_nominal.id = nominal_id
        WHERE offenders_partnership.unit_id = {unit} AND ended_at IS NULL AND NOT is_restricted""",
    Scope.STATED_REASON: """
        SELECT nominal_id FROM offenders_statedreason JOIN offenders_nominal ON offenders_nominal.id = nominal_id
        WHERE user_id = {user} AND permission = ANY({opens}) AND expires_at > {now} AND NOT is_restricted""",
    Scope.FORCE_STATED_REASON: """
        SELECT nominal_id FROM offenders_statedreason JOIN offenders_nominal ON offenders_nominal.id = nominal_id
        WHERE user_id = {user} AND permission = ANY({opens}) AND expires_at > {now} AND NOT is_restricted AND (force_id = {force}
            OR nominal_id IN (SELECT nominal_id FROM offenders_partnership WHERE force_id = {force} AND ended_at IS NULL))""",
    Scope.GRANTED: """
        SELECT content_object_id FROM offenders_nominalusergrant JOIN auth_permission ON auth_permission.id = permission_id
        WHERE user_id = {user} AND codename = ANY({opens}) AND expires_at > {now}
        UNION ALL
        SELECT content_object_id FROM offenders_nominalgroupgrant JOIN auth_permission ON auth_permission.id = permission_id
        JOIN accounts_user_groups ON accounts_user_groups.group_id = offenders_nominalgroupgrant.group_id
        WHERE accounts_user_groups.user_id = {user} AND codename = ANY({opens}) AND expires_at > {now}""",
    Scope.DELEGATED: """
        SELECT offenders_nominal.id FROM offenders_nominal JOIN accounts_user ON accounts_user.organisation_id = force_id
        JOIN accounts_delegation ON accounts_delegation.delegator_id = accounts_user.id
        WHERE delegate_id = {user} AND withdrawn_at IS NULL AND period @> {today} AND NOT is_restricted
            AND (accounts_delegation.unit_id IS NULL OR accounts_delegation.unit_id = offenders_nominal.unit_id)""",
    Scope.BREAK_GLASS: "SELECT nominal_id FROM offenders_breakglass WHERE user_id = {user} AND expires_at > {now}",
}


# What is cut to a page in the order of an index, in place of being gathered whole: an officer's or a unit's records are many.
IN_ORDER = frozenset({Scope.OWN, Scope.UNIT, Scope.UNIT_RESTRICTED})
FIRST_OF = """
    (SELECT * FROM ({} AND merged_into_id IS NULL AND id < {{before}} AND id NOT IN (
        SELECT nominal_id FROM offenders_exclusion WHERE user_id = {{user}} AND ended_at IS NULL
    ) ORDER BY id DESC LIMIT {{size}}) cut)"""
LAST = 2**63 - 1


# A scope that reaches many records is a condition to walk down the table by.
MANY: dict[Scope, str] = {
    Scope.FORCE: "(NOT [is_restricted] AND [force] = {force})",
    Scope.PARTNERED_FORCE: """(NOT [is_restricted] AND [pk] IN (
        SELECT nominal_id FROM offenders_partnership WHERE force_id = {force} AND ended_at IS NULL))""",
    Scope.ALL: "NOT [is_restricted]",
}
REACHED = """
    ([merged_into] IS NULL AND ({}) AND NOT ([pk] IN (
        SELECT nominal_id FROM offenders_exclusion WHERE user_id = {{user}} AND ended_at IS NULL)))"""


@lru_cache(maxsize=1_000)
def written(scopes: frozenset[Scope], is_page: bool) -> tuple[str, list[str]]:
    """Return the condition that one of the scopes reaches a record, and the names of its values in their order."""
    few = [FIRST_OF.format(FEW[scope]) if is_page and scope in IN_ORDER else FEW[scope] for scope in sorted(scopes & FEW.keys())]
    ways = [f"[pk] IN ({' UNION ALL '.join(few)})"] if few else []
    ways += [MANY[scope] for scope in sorted(scopes & MANY.keys())]
    condition = REACHED.format(" OR ".join(ways) or "FALSE")
    return PLACE.sub("%s", condition), PLACE.findall(condition)


class Reached(Func):
    """Whether one of the scopes reaches a record that stands, and it is not kept from the user: one condition, quick to build.

    With a page, of the records that stand in order only those that may fill it are looked at.
    """

    output_field = BooleanField()
    columns = ("pk", "is_restricted", "force", "merged_into")

    def __init__(self, user: User, perm: Perm, scopes: frozenset[Scope], page: Page | None = None) -> None:
        super().__init__(*self.columns)
        opens = list(OPENED_BY.get(perm, ()))
        when = {"now": timezone.now(), "today": timezone.localdate()}
        values: dict[str, object] = {"user": user.pk, "unit": user.unit_id, "force": user.organisation_id, "opens": opens, **when}
        if page:
            values |= {"size": page.size, "before": page.before}
        self.sql, names = written(scopes, page is not None)
        self.values: tuple[Any, ...] = tuple(values[name] for name in names)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        """Name the columns as this statement does."""
        sql = self.sql
        for name, column in zip(self.columns, self.get_source_expressions(), strict=True):
            sql = sql.replace(f"[{name}]", compiler.compile(column)[0])
        return sql, self.values


def partnered_force(user: User) -> Q:
    """Records on which the user's force is a live partner."""
    return Q(pk__in=keys("SELECT nominal_id FROM offenders_partnership WHERE force_id = %s AND ended_at IS NULL", user.organisation_id))


# The name and birth that a record goes by, and its level of risk on a day.
LINE = """
    SELECT jsonb_build_object(
        'name', (SELECT jsonb_build_object('surname', surname, 'given_names', given_names) FROM offenders_name
                 WHERE nominal_id = offenders_nominal.id ORDER BY kind <> 'primary', id LIMIT 1),
        'birth', (SELECT jsonb_build_array(year, month, day) FROM offenders_dateofbirth
                  WHERE nominal_id = offenders_nominal.id ORDER BY NOT is_primary, id LIMIT 1),
        'level', (SELECT level FROM offenders_riskperiod WHERE nominal_id = offenders_nominal.id AND period @> %s::date))
"""


# What a search shows of a record besides its line: the marker.
OF_A_HIT = (
    *("reference", "force__name", "unit__name", "unit__phone", "unit__on_call"),
    *(f"offender_manager__{name}" for name in ("rank", "collar_number", "last_name", "username", "is_service", "phone")),
)


class NominalQuerySet(ScopedQuerySet):
    """Records of people."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope], page: Page | None = None) -> Self:
        """Any of the scopes reaches the record, and the user is not excluded from it. A merged one is nobody's: the one that stays is."""
        return self.filter(Reached(user, perm, scopes, page))

    def newest_for_user(self, user: User, perm: Perm, size: int, before: int | None = None) -> Self:
        """Return the newest rows of `for_user`, below a key if given, without gathering the others; nothing is filtered after it."""
        scopes = scopes_of(user, perm)
        page = Page(size, LAST if before is None else before)
        rows = self.visible_to(user, perm, scopes, page) if scopes else self.none()
        return (rows if before is None else rows.filter(pk__lt=before)).order_by("-pk")[:size]

    def standing(self) -> Self:
        """Records that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def instead_of(self, reference: str) -> Self:
        """The record into which the one with this reference was merged."""
        return self.filter(merged_records__reference=reference)

    def reachable_by_reason(self, user: User, perm: Perm) -> Self:
        """Records that a stated reason would open to the user; what may not be known stays out."""
        scopes = scopes_of(user, perm)
        known = self.for_user(user, Perm.VIEW_MARKER).filter(OPEN)
        if Scope.STATED_REASON in scopes:
            return known
        if Scope.FORCE_STATED_REASON in scopes:
            return known.filter(Q(force=user.organisation_id) | partnered_force(user))
        return known.none()

    def with_line(self, today: date, readable: NominalQuerySet) -> Self:
        """Add `line`, what a search shows of each that may be read (of others: none), and fetch of the rest no more than a search shows.

        Read in the row itself: no statement besides, no objects.
        """
        line = RawSQL(LINE, [today], JSONField())  # noqa: S611
        shown = Case(When(Q(pk__in=readable.order_by().values("pk")), then=line), default=None)
        return self.select_related("force", "unit", "offender_manager").only(*OF_A_HIT).annotate(line=shown)

    def with_summary(self, today: date) -> Self:
        """Fetch what a list row shows: names, births, risk and MAPPA as they are today, and who holds the record."""
        return self.select_related("force", "unit", "offender_manager").prefetch_related(
            Prefetch("names", rows("Name").order_by("pk")),
            Prefetch("dates_of_birth", rows("DateOfBirth").order_by("-is_primary", "pk")),
            Prefetch("risk_periods", rows("RiskPeriod").filter(period__contains=today), to_attr="risk_today"),
            Prefetch("mappa_periods", rows("MappaPeriod").filter(period__contains=today), to_attr="mappa_today"),
        )

    def with_level(self, today: date) -> Self:
        """Add `risk_level`, the level of risk today."""
        period = rows("RiskPeriod").filter(nominal=OuterRef("pk"), period__contains=today)
        return self.annotate(risk_level=Subquery(period.values("level")[:1]))

    def without_risk(self, today: date) -> Self:
        """Records without a level of risk today."""
        return self.filter(~Exists(rows("RiskPeriod").filter(nominal=OuterRef("pk"), period__contains=today)))

    def without_mappa(self, today: date) -> Self:
        """Records on which nobody has said how MAPPA stands today."""
        return self.filter(~Exists(rows("MappaPeriod").filter(nominal=OuterRef("pk"), period__contains=today)))

    def outside_mappa(self, today: date) -> Self:
        """Records without a MAPPA category today."""
        inside = rows("MappaPeriod").filter(nominal=OuterRef("pk"), period__contains=today, category__isnull=False)
        return self.filter(~Exists(inside))

    def with_licence(self, today: date) -> Self:
        """Fetch the licence of today, for lists of people on licence."""
        return self.prefetch_related(Prefetch("licences", rows("Licence").filter(period__contains=today), to_attr="licence_today"))

    def unchecked_since(self, day: date) -> Self:
        """Records whose card was last checked before this day, or never."""
        checked = rows("OperationalFacts").filter(nominal=OuterRef("pk"), checked_on__gte=day)
        return self.filter(~Exists(checked))

    def with_unanswered_notice(self) -> Self:
        """Mark records on which a notice to the manager waits."""
        waiting = rows("Notice").filter(nominal=OuterRef("pk"), answered_at__isnull=True)
        return self.annotate(has_notice=Exists(waiting))


class PartQuerySet(ScopedQuerySet):
    """Rows that belong to one nominal."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Rows of nominals on which the user holds the permission."""
        return self.filter(nominal__in=rows("Nominal").for_user(user, perm))


class NoticeQuerySet(PartQuerySet):
    """News from the street."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To answer: notices on records the user works on. To follow: what one reported oneself, while the marker may be known."""
        if perm != Perm.TELL_MANAGER:
            return super().visible_to(user, perm, scopes)
        return self.filter(reported_by=user, nominal__in=rows("Nominal").for_user(user, Perm.VIEW_MARKER))


class SectionQuerySet(ScopedQuerySet):
    """Confidential sections. The database enforces the same rule by row security."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """What the user owns, was granted by name, or opened in an emergency; never a record the user is excluded from."""
        grants = rows("SectionUserGrant").filter(user=user, permission__codename=Perm.VIEW_CONFIDENTIAL, expires_at__gt=timezone.now())
        reached = Q(owner=user) | Q(pk__in=grants.values("content_object_id"))
        if Scope.BREAK_GLASS in scopes:
            opened = rows("BreakGlass").filter(user=user, expires_at__gt=timezone.now())
            reached |= Q(nominal__in=opened.values("nominal_id"))
        return self.filter(reached).exclude(nominal__in=kept_from(user))

    def named_for(self, user: User) -> Self:
        """Sections that the user sees by name, as owner or by grant, and not only through an emergency opening."""
        return (
            self.visible_to(user, Perm.VIEW_CONFIDENTIAL, frozenset({Scope.GRANTED}))
            if scopes_of(user, Perm.VIEW_CONFIDENTIAL)
            else self.none()
        )


class BreakGlassQuerySet(ScopedQuerySet):
    """Emergency openings."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Openings by people of the reviewer's force, the reviewer's own left out."""
        return self.filter(user__organisation=user.organisation_id).exclude(user=user).exclude(nominal__in=kept_from(user))

    def told_to(self, owner: User, sections: QuerySet) -> Self:
        """Openings by others of records on which this person owns one of the sections that the person may see."""
        return self.filter(nominal__in=sections.filter(owner=owner).values("nominal_id")).exclude(user=owner)


class ImportQuerySet(ScopedQuerySet):
    """Files of nominals that were read."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Imports of the user's force."""
        return self.filter(force=user.organisation_id)


class SavedSearchQuerySet(ScopedQuerySet):
    """What people typed in the search box."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The user's own, while they are kept."""
        return self.filter(user=user).current()

    def current(self) -> Self:
        """Searches young enough to be opened again."""
        return self.filter(at__gt=timezone.now() - cast(Any, self.model).KEPT_FOR)
