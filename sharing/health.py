"""How the notices to systems of agencies do, for whoever runs the service."""

from django.db.models import Min
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop

from audit.health import Reading, State, check, graded, lasted
from sharing.choices.webhooks import DeliveryState
from sharing.models import WebhookDelivery


@check(
    gettext_noop("Notices to agencies"),
    gettext_noop("See on the page of the agency's machine client what came back last, and ask the agency."),
)
def notices() -> Reading:
    """How old the oldest change is of which a system of an agency could not be told yet."""
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, webhook__ended_at__isnull=True)
    oldest = waiting.aggregate(oldest=Min("change__at"))["oldest"]
    if oldest is None:
        return Reading(State.GOOD, gettext("None waits"), 0)
    age = now() - oldest
    return graded(age.total_seconds(), gettext("Oldest waits for %(age)s") % {"age": lasted(age)}, look=3600, bad=86_400)
