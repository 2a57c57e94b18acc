"""Searches that mean a record which is kept from whoever searched: they learn nothing, the offender manager is told quietly.

Done by the system a moment later, from the trail, so that neither the answer to a search nor its time can tell of a hit.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.permissions import Perm
from actions.services import tell
from audit.choices import Verb
from audit.context import acting_as
from audit.models import Event
from audit.services import record_event
from offenders.models import Nominal, SearchSweep, SilentHit
from offenders.search import find_as_system, find_meant

OVERLAP = 1_000  # events that are looked at again: those numbered earlier may have been stored later
TOLD = gettext_noop("Somebody from whom a record is kept searched for the person: see who has looked")


@transaction.atomic
def look_at_searches(*, actor: User | None) -> int:
    """Look at the searches since the last time; return how many new hits there were. Twice tells nothing twice."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    sweep, _ = SearchSweep.objects.select_for_update().get_or_create(pk=1, defaults={"last_event": last})
    searches = Event.objects.filter(verb=Verb.SEARCHED, pk__gt=sweep.last_event - OVERLAP, pk__lte=last, actor__is_active=True)
    with acting_as(actor):
        found = sum(look_at_search(actor, search) for search in searches.select_related("actor").order_by("pk"))
    sweep.last_event = last
    sweep.save()
    return found


def look_at_search(actor: User | None, search: Event) -> int:
    """Note which records the words of one search surely mean that whoever searched must not know of."""
    terms, searcher = str(search.detail.get("terms", "")), search.actor
    meant = meant_by(search, terms) if terms and searcher else set()
    if not (searcher and meant):
        return 0
    known = Nominal.objects.for_user(searcher, Perm.VIEW_MARKER).filter(pk__in=meant)
    kept = Nominal.objects.filter(pk__in=meant).exclude(pk__in=known.values("pk")).select_related("offender_manager")
    return sum(note_hit(actor, nominal, searcher, search) for nominal in kept.order_by("pk"))


def meant_by(search: Event, terms: str) -> set[int]:
    """Return which records the words surely mean; a search for people also in another spelling, as the search itself would have it."""
    meant = find_as_system(names=[terms], texts=[terms])
    return meant | find_meant(terms, localdate(search.at)) if search.detail.get("rows") == "offenders.nominal" else meant


def note_hit(actor: User | None, nominal: Nominal, searcher: User, search: Event) -> bool:
    """Note a hit and tell the manager; once a day of the same person and record."""
    hit, is_new = SilentHit.objects.get_or_create(nominal=nominal, searcher=searcher, day=localdate(search.at))
    if is_new:
        record_event(Verb.SEARCHED, hit, reason=f"{searcher.display_name} searched for this person and was shown nothing")
        tell(actor=actor, people=[nominal.offender_manager], text=TOLD, nominal=nominal.pk, route="offenders:looked")
    return is_new
