"""The page that says who inside the police may open what without asking, and what opens the rest."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Perm
from audit.views import PageEdge
from sharing.rules.internal_access import lines_for, police_roles


class WhoMaySeeWhat(PageEdge):
    """The rules in plain words: first for the reader's own roles, then role by role."""

    permission = Perm.VIEW_RULES
    template_name = "sharing/internal_access.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user = self.request.user
        return super().get_context_data(
            own=lines_for(user.roles),
            own_roles=user.role_labels,
            lapsed=user.lapsed_qualifications,
            roles=[(role.label, lines_for([role])) for role in police_roles()],
            **kwargs,
        )
