"""How the sources of reports from the border do, for whoever runs the service."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop

from audit.health import Reading, State, check
from intelligence.models import AlertSource
from intelligence.reports.travel import Feed, feeds_of


@check(
    gettext_noop("Feeds of the border"),
    gettext_noop("Ask whoever sends whether they send, and try the door on the page Connections."),
)
def feeds() -> Reading:
    """How many sources in use say nothing for longer than they may; one of them for twice as long is bad."""
    found = feeds_of(list(AlertSource.objects.filter(is_active=True)))
    silent = [feed for feed in found if feed.is_silent]
    state = State.BAD if any(is_silent_for_long(feed) for feed in silent) else State.LOOK if silent else State.GOOD
    words = gettext("%(silent)s of %(all)s silent") % {"silent": len(silent), "all": len(found)} if found else gettext("None is set up")
    return Reading(state, words, len(silent))


def is_silent_for_long(feed: Feed) -> bool:
    """Whether it has said nothing for twice as long as it may."""
    return (feed.last_message or feed.source.added_at) < now() - 2 * timedelta(hours=feed.source.silent_after_hours)
