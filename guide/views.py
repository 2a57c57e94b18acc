"""Pages of help. They read no record and take nothing about one, so that they cannot tell whether it exists."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, ROLE_RIGHTS, Access, holders_of
from accounts.roles import acting_role
from audit.views import PageEdge
from guide.reports import administrators_of, governance_units_of, supervisors_of
from guide.rules.cases import cases_for
from guide.rules.topics import TOPICS, is_for, related_to, rights_of, words_of
from sharing.rules.internal_access import THINGS, lines_for
from ui.help import Area, Topic

RELATED = 6  # more would be an index


def by_area(topics: list[Topic]) -> list[tuple[Area, list[Topic]]]:
    """Put topics under their headings, in the order of the index."""
    areas = [(area, [topic for topic in topics if topic.area == area]) for area in Area]
    return [(area, found) for area, found in areas if found]


class Index(PageEdge):
    """The topics of pages that one's roles may open."""

    permission = Access.SIGNED_IN
    template_name = "guide/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them by area."""
        roles = self.request.user.roles
        return super().get_context_data(areas=by_area([topic for topic in TOPICS.values() if is_for(topic, roles)]), **kwargs)


class OneTopic(PageEdge):
    """One topic: what its pages are for, how they are used, the rule behind them, and for whom they are."""

    permission = Access.SIGNED_IN
    template_name = "guide/topic.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it with its rights; a topic of pages that one's roles never open is not there."""
        roles = self.request.user.roles
        topic = TOPICS.get(self.kwargs["slug"])
        if topic is None or not is_for(topic, roles):
            raise Http404
        others = [other for other in related_to(topic) if is_for(other, roles)]
        return super().get_context_data(topic=topic, related=others[:RELATED], **self.rights(topic), **kwargs)

    def rights(self, topic: Topic) -> dict[str, Any]:
        """Say who holds which right on its pages, and what the reader's own roles open there. Agencies see their own rights alone."""
        roles, perms = self.request.user.roles, rights_of(topic)
        shown = set(Role) if roles - {Role.PARTNER} else {Role.PARTNER}
        rows = [(words_of(perm), [role.label for role in holders_of(perm) if role in shown], perm in NEEDS_QUALIFICATION) for perm in perms]
        lines = [line for perm, line in zip(THINGS, lines_for(roles), strict=True) if perm in perms]
        return {"rights": [row for row in rows if row[1]], "lines": lines}


class WhyNot(PageEdge):
    """Why something does not open in the acting role, and who can help: the same answer whatever was tried."""

    permission = Access.SIGNED_IN
    template_name = "guide/why_not.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the role opens and leaves closed, what to do, and whom to ask."""
        user = self.request.user
        role = acting_role(self.request)
        about = self.about(Role(role)) if role else {}
        helpers = {
            "supervisors": supervisors_of(user),
            "administrators": administrators_of(user),
            "governance_units": governance_units_of(user),
        }
        return super().get_context_data(**about, **helpers, **kwargs)

    def about(self, role: Role) -> dict[str, Any]:
        """Say what a role opens, by the table of rights; agencies are not told of the pages of the police."""
        user = self.request.user
        closed = [] if role == Role.PARTNER else [topic for topic in TOPICS.values() if not is_for(topic, [role])]
        return {
            "role": role,
            "others": sorted(other.label for other in user.roles - {role}),
            "lapsed": user.lapsed_qualifications if NEEDS_QUALIFICATION & set(ROLE_RIGHTS[role]) else [],
            "lines": [] if role == Role.PARTNER else lines_for([role]),
            "cases": cases_for(role),
            "closed": [(topic, [holder.label for holder in Role if is_for(topic, [holder])]) for topic in closed],
        }
