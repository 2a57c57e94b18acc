"""What the record itself has to say on the line of time: risk, MAPPA, warnings, conditions, notices, names, photographs, who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accounts.permissions import Perm
from actions.rules import start_of
from audit.choices import Verb
from audit.models import Event
from offenders.cards import and_list
from offenders.choices import AtRisk
from offenders.models import Condition, MappaPeriod, Name, Notice, Photograph, RiskPeriod, WarningMarker
from offenders.timeline import Entry, Kind
from offenders.timeline.moments import last_day_before, newest
from ui.templatetags.ui import in_sentence

if TYPE_CHECKING:
    from accounts.models import User
    from offenders.models import Nominal

# Acts on the record itself that no row of another source tells of.
ACTS = (
    gettext_noop("Record added"), gettext_noop("Offender manager changed"), gettext_noop("Record restricted"),
    gettext_noop("Restriction lifted"), gettext_noop("Card checked"), gettext_noop("Operational facts changed"),
    gettext_noop("Another record merged into this one"), gettext_noop("Merge undone: another record left this one"),
)  # fmt: skip


def of_risk(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Levels of risk and MAPPA, each on its first day."""
    url = reverse("offenders:mappa", args=[nominal.reference])
    return newest([*risk_entries(user, nominal, before, url), *mappa_entries(user, nominal, before, url)], before, limit)


def begun(model: Any, user: User, nominal: Nominal, before: datetime) -> Any:
    """Return the periods that began before a moment."""
    rows = model.objects.for_user(user).filter(nominal=nominal, period__startswith__lte=last_day_before(before))
    return rows.select_related("set_by")


def risk_entries(user: User, nominal: Nominal, before: datetime, url: str) -> Iterator[Entry]:
    """Each level of risk."""
    for row in begun(RiskPeriod, user, nominal, before):
        whom = and_list([str(AtRisk(who).label) for who in row.at_risk])
        said = gettext("Risk set to %(level)s, to %(whom)s") if whom else gettext("Risk set to %(level)s")
        title = said % {"level": in_sentence(row.get_level_display()), "whom": whom}
        yield Entry(start_of(row.period.lower), Kind.RISK, title, row.reason, by(row.set_by), url)


def mappa_entries(user: User, nominal: Nominal, before: datetime, url: str) -> Iterator[Entry]:
    """Each category and level."""
    for row in begun(MappaPeriod, user, nominal, before):
        period = {"category": row.category, "level": row.level}
        title = gettext("MAPPA category %(category)s, level %(level)s") % period if row.category else gettext("No longer under MAPPA")
        yield Entry(start_of(row.period.lower), Kind.RISK, title, row.reason, by(row.set_by), url)


def of_card(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Conditions that began and ended, warnings that ended."""
    return newest([*condition_entries(user, nominal), *warning_entries(user, nominal)], before, limit)


def condition_entries(user: User, nominal: Nominal) -> Iterator[Entry]:
    """Each condition's first day and, once it is over, its last."""
    url = reverse("offenders:conditions", args=[nominal.reference])
    for row in Condition.objects.for_user(user).filter(nominal=nominal):
        for day, said in ((row.starts_on, gettext("%(kind)s begins")), (row.ends_on, gettext("%(kind)s ends"))):
            if day:
                yield Entry(start_of(day), Kind.CONDITION, said % {"kind": row.get_kind_display()}, row.text, url=url)


def warning_entries(user: User, nominal: Nominal) -> Iterator[Entry]:
    """Each warning that ended; the day on which one was given is not kept with it."""
    url = reverse("offenders:warnings", args=[nominal.reference])
    for row in WarningMarker.objects.for_user(user).filter(nominal=nominal, ended_on__isnull=False):
        title = gettext("Warning ended: %(kind)s") % {"kind": row.get_kind_display()}
        yield Entry(start_of(row.ended_on), Kind.WARNING, title, row.note, url=url)


def of_notices(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """News from the street, for whoever answers it."""
    rows = Notice.objects.for_user(user).filter(nominal=nominal, reported_at__lt=before).select_related("reported_by")
    for row in rows.order_by("-reported_at")[:limit]:
        url = reverse("offenders:notice", args=[row.public_id])
        yield Entry(row.reported_at, Kind.NOTICE, gettext("Came to notice"), row.what_happened, row.reported_by.display_name, url)


def of_identity(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Names taken up, photographs added."""
    url = reverse("offenders:identity", args=[nominal.reference])
    names = Name.objects.for_user(user).filter(nominal=nominal, used_from__isnull=False)
    pictures = Photograph.objects.for_user(user).filter(nominal=nominal, added_at__lt=before).select_related("added_by")[:limit]
    used, added = gettext("Used the name %(name)s"), gettext("Photograph added")
    entries = [Entry(start_of(row.used_from), Kind.IDENTITY, used % {"name": row.full_name}, url=url) for row in names]
    entries += [Entry(row.added_at, Kind.IDENTITY, added, who=row.added_by.display_name, url=url) for row in pictures]
    return newest(entries, before, limit)


def of_record(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Who made the record, who was given it, who checked its card."""
    wanted = Q(subject_type="offenders.nominal") | Q(subject_type="offenders.operationalfacts")
    events = Event.objects.for_user(user, Perm.VIEW_CASE_FILE).about(nominal.every_key)
    rows = events.filter(wanted, verb__in=(Verb.CREATED, Verb.CHANGED))
    for row in rows.filter(at__lt=before, detail__act__in=ACTS).select_related("actor").order_by("-at")[:limit]:
        yield Entry(row.at, Kind.RECORD, gettext(row.detail["act"]), row.reason, by(row.actor))


def by(user: User | None) -> str:
    """Name who did it."""
    return user.display_name if user else gettext("The system")
