"""The acting role: which of their roles a person works in now. It picks the home page and stands in the trail."""
from django.http import HttpRequest

from accounts.choices import Role

SESSION_KEY = "acting_role"
# The role that wins when a person with several has not chosen: first in this order.
PREFERENCE = (
    Role.OFFENDER_MANAGER,
    Role.SUPERVISOR,
    Role.CONTROL_ROOM,
    Role.INTELLIGENCE,
    Role.OPERATIONAL,
    Role.DISCLOSURE_AUTHORITY,
    Role.MAPP_CHAIR,
    Role.MAPPA_COORDINATOR,
    Role.INFORMATION_GOVERNANCE,
    Role.PRESS_OFFICER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.PARTNER,
)


def acting_role(request: HttpRequest) -> str:
    """Return the role that the signed-in person works in now; empty before signing in or without any role."""
    if not request.user.is_authenticated:
        return ""
    chosen = request.session.get(SESSION_KEY)
    if chosen in request.user.roles:
        return str(chosen)
    return next((str(role) for role in PREFERENCE if role in request.user.roles), "")
