"""Who may see which entities and links: the bureau, and readers of the case files concerned what the bureau shares with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from intelligence.choices.links import LinkState
from intelligence.querysets.information import rows

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User

FOUND = Q(created_by__isnull=True, state__in=[LinkState.SUGGESTED, LinkState.REFUSED])  # by the system alone: nobody has said that it holds
COLUMNS = {"offenders.Nominal": "nominal", "intelligence.Entity": "entity", "intelligence.InformationReport": "report"}


class LinkQuerySet(ScopedQuerySet):
    """Links, with the suggested and refused ones."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The bureau of the force: links of which it may know both ends, and the report that they rest on.

        What is only suggested tells something of a record, so its card must be open too. Readers of case files: what is confirmed and
        shared, where they read the file of every record at its ends, and what every report concerned said was released to them.
        """
        if perm == Perm.LINK_INTELLIGENCE:
            reports = rows("InformationReport").for_user(user, Perm.VIEW_REPORT).values("pk")
            known, open_cards = known_to(user).values("pk"), rows("Nominal", "offenders").for_user(user, Perm.VIEW_CARD).values("pk")
            suggested = Q(state__in=[LinkState.SUGGESTED, LinkState.REFUSED])
            of_force = self.filter(force=user.organisation_id).filter(resting_on(reports)).filter(joining(known))
            return of_force.filter(~suggested | joining(open_cards)).filter(~FOUND | joining_met(known, reports))
        known = rows("Nominal", "offenders").for_user(user, Perm.VIEW_CASE_FILE).values("pk")
        reports = rows("InformationRelease").for_user(user).values("report")
        shared = self.filter(state=LinkState.CONFIRMED, is_shared=True).filter(resting_on(reports)).filter(joining(known))
        return shared.filter(Q(evidence__isnull=False) | Exists(ends_of(OuterRef("pk")).filter(nominal__isnull=False)))

    def at(self, thing: Any) -> Self:
        """Those that have this record, entity or report at an end."""
        return self.filter(Exists(ends_of(OuterRef("pk")).filter(**{column_of(thing): thing})))


def column_of(thing: Model) -> str:
    """Return the column of an end in which a record, an entity or a report stands."""
    return COLUMNS[thing._meta.label]


def joining(known: QuerySet) -> Q:
    """Whether a link joins no other records than these."""
    return ~Q(Exists(ends_of(OuterRef("pk")).filter(nominal__isnull=False).exclude(nominal__in=known)))


def joining_met(known: QuerySet, reports: QuerySet) -> Q:
    """Whether a link joins no entity that nobody has linked with anything which the reader may know."""
    said = rows("Link").exclude(FOUND).filter(resting_on(reports)).filter(joining(known))
    met = rows("LinkEnd").filter(entity__isnull=False, link__in=said.values("pk"))
    return ~Q(Exists(ends_of(OuterRef("pk")).filter(entity__isnull=False).exclude(entity__in=met.values("entity"))))


def resting_on(reports: QuerySet) -> Q:
    """Whether a link joins and rests on no other reports than these."""
    unread = Exists(ends_of(OuterRef("pk")).filter(report__isnull=False).exclude(report__in=reports))
    return ~Q(unread) & (Q(evidence__isnull=True) | Q(evidence__in=reports))


def ends_of(link: Any) -> QuerySet:
    """Return the ends of a link."""
    found: QuerySet = rows("LinkEnd").filter(link=link)
    return found


class EntityQuerySet(ScopedQuerySet):
    """Entities."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those at the end of a link that the user may see, or that were before they were made one with another.

        Nothing tells that there is another.
        """
        ends = rows("LinkEnd").filter(link__in=rows("Link").visible_to(user, perm, scopes).values("pk"))
        moved = ends.filter(merges__merged=OuterRef("pk"), merges__undone_at__isnull=True)
        return self.filter(Q(Exists(ends.filter(entity=OuterRef("pk")))) | Q(Exists(moved)))

    def standing(self) -> Self:
        """Those that were not made one with another."""
        return self.filter(merged_into__isnull=True)


class EntityMergeQuerySet(ScopedQuerySet):
    """Merges of entities."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With both entities."""
        entities = rows("Entity").visible_to(user, perm, scopes).values("pk")
        return self.filter(kept__in=entities, merged__in=entities)
