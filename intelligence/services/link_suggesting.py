"""What the system suggests to belong together: found by comparison, in nobody's name; a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.links import LinkState
from intelligence.matching.links import Asked, Between, Found, find_links
from intelligence.matching.wording import read_words
from intelligence.models import Entity, InformationReport, Link, LinkEnd
from intelligence.rules.suggesting import Reason, is_new, pair_key
from offenders.models import Nominal

AT_ONCE = 500
LOCK = 7_316_031  # one worker compares at a time, so that two new things are never both too early for each other
COLUMNS = {"e": "entity_id", "n": "nominal_id", "r": "report_id"}
TAKE = """
DELETE FROM intelligence_linkcheck WHERE key IN (SELECT key FROM intelligence_linkcheck ORDER BY id LIMIT %s)
RETURNING key
"""
ASK_ALL = """
INSERT INTO intelligence_linkcheck (key)
SELECT 'e' || id FROM intelligence_entity
UNION ALL SELECT 'r' || id FROM intelligence_informationreport WHERE submitted_at IS NOT NULL
"""


def suggest_links(*, actor: User | None, everything: bool = False) -> int:
    """Compare what is new or has changed, or every entity and report, with all else; return how many links are suggested anew.

    Safe to run twice, and twice at once.
    """
    if everything:
        with connection.cursor() as cursor:
            cursor.execute(ASK_ALL)
    total = 0
    while (number := compare_some(actor)) is not None:
        total += number
    return total


@transaction.atomic
def compare_some(actor: User | None) -> int | None:
    """Take some of what waits and compare it; None when nothing waits, or another worker is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(TAKE, [AT_ONCE])
        asked = Asked.of(key for (key,) in cursor.fetchall())
    if not any(asked.values().values()):
        return None
    read_words(reports=asked.reports, nominals=asked.nominals)
    return keep_suggestions(actor, asked, find_links(asked, localdate()))


def keep_suggestions(actor: User | None, asked: Asked, found: Found) -> int:
    """Store what was found; drop what has no reason any more, and leave alone what people said unless there is a new reason."""
    standing = links_of(asked)
    new = {between: reasons for between, reasons in found.items() if is_to_be_made(between, reasons, standing.pop(between, []))}
    for link in (link for links in standing.values() for link in links if is_open(link)):
        drop(link)
    made = make(new)
    if made:
        record_event(Verb.CREATED, None, act="Links suggested", links=made)
    return made


def links_of(asked: Asked) -> dict[Between, list[Link]]:
    """Hold the links of what is asked of until the transaction ends, by kind and ends."""
    mine = Q(entity__in=asked.entities) | Q(nominal__in=asked.nominals) | Q(report__in=asked.reports)
    rows = Link.objects.filter(Exists(LinkEnd.objects.filter(mine, link=OuterRef("pk"))))
    links = {link.pk: link for link in rows.select_for_update(of=("self",)).order_by("pk")}
    ends: dict[int, list[str]] = defaultdict(list)
    for link, *keys in LinkEnd.objects.filter(link__in=links).values_list("link", *COLUMNS.values()):
        ends[link] += [f"{letter}{key}" for letter, key in zip(COLUMNS, keys, strict=True) if key]
    found: dict[Between, list[Link]] = defaultdict(list)
    for key, joined in ends.items():
        first, second = min(joined), max(joined)
        found[Between(links[key].kind, (first, second))].append(links[key])
    return found


def is_open(link: Link) -> bool:
    """Whether the system suggests a link and nobody has answered."""
    return link.state == LinkState.SUGGESTED and link.created_by_id is None


def is_to_be_made(between: Between, reasons: list[Reason], links: Sequence[Link]) -> bool:
    """Whether a suggestion is to be added; one that stands, or that somebody said no to, is brought up to date instead."""
    if any(link.state == LinkState.CONFIRMED for link in links):
        for link in filter(is_open, links):
            drop(link)
        return False
    if standing := [link for link in links if link.state == LinkState.SUGGESTED]:
        renew(standing[0], reasons)
        return False
    if links and not is_new(reasons, [reason for link in links for reason in (*link.refused_for, *link.reasons)]):
        return False
    pair = pair_key(between.kind, between.ends)
    if same := [link for link in links if link.pair == pair]:
        renew(same[0], reasons)
    return not same


def renew(link: Link, reasons: list[Reason]) -> None:
    """Store what the comparison says now. One that was refused or ended is suggested again and keeps for which reasons it was refused."""
    if (link.state, link.reasons) == (LinkState.SUGGESTED, reasons):
        return
    if link.state != LinkState.SUGGESTED:
        link.refused_for = [*link.refused_for, *(reason for reason in link.reasons if reason not in link.refused_for)]
        link.version += 1
    link.state, link.reasons = LinkState.SUGGESTED, reasons
    link.save(update_fields=["state", "reasons", "refused_for", "version"])


def drop(link: Link) -> None:
    """Take back what has no reason any more; one that was refused before stays refused."""
    if link.decided_by_id is None:
        link.delete()
        return
    link.state, link.version = LinkState.REFUSED, link.version + 1
    link.save(update_fields=["state", "version"])


def make(found: Found) -> int:
    """Add suggestions; one that somebody added meanwhile is left out."""
    forces = forces_of(found)
    links = [
        Link(
            force_id=forces[between.ends[0]], kind=between.kind, state=LinkState.SUGGESTED, reasons=reasons,
            pair=pair_key(between.kind, between.ends),
        )
        for between, reasons in sorted(found.items())
    ]  # fmt: skip
    Link.objects.bulk_create(links, ignore_conflicts=True)
    made = dict(Link.objects.filter(public_id__in=[link.public_id for link in links]).values_list("public_id", "pk"))
    LinkEnd.objects.bulk_create(
        LinkEnd(link_id=made[link.public_id], **{COLUMNS[key[0]]: int(key[1:])})
        for link, between in zip(links, sorted(found), strict=True)
        if link.public_id in made
        for key in between.ends
    )
    return len(made)


def forces_of(found: Iterable[Between]) -> dict[str, int]:
    """Return the force of each first end."""
    asked = Asked.of(between.ends[0] for between in found)
    rows: tuple[tuple[str, QuerySet[Any], set[int]], ...] = (
        ("e", Entity.objects.all(), asked.entities),
        ("n", Nominal.objects.all(), asked.nominals),
        ("r", InformationReport.objects.all(), asked.reports),
    )
    return {f"{letter}{key}": force for letter, every, keys in rows for key, force in every.filter(pk__in=keys).values_list("pk", "force")}
