"""Which topics there are, which page belongs to which, and whom each is for: read from the table of addresses and the table of rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.choices import Role
from accounts.help import TOPICS as OF_ACCOUNTS
from accounts.permissions import ROLE_RIGHTS, Access, Perm
from actions.help import TOPICS as OF_ACTIONS
from audit.help import TOPICS as OF_AUDIT
from disclosure.help import TOPICS as OF_DISCLOSURE
from governance.help import TOPICS as OF_GOVERNANCE
from guide.help import TOPICS as OF_GUIDE
from intelligence.help import TOPICS as OF_INTELLIGENCE
from offenders.help import TOPICS as OF_OFFENDERS
from sharing.help import TOPICS as OF_SHARING
from ui.help import Topic

ALL = (
    *OF_GUIDE, *OF_ACCOUNTS, *OF_ACTIONS, *OF_OFFENDERS, *OF_INTELLIGENCE, *OF_SHARING, *OF_DISCLOSURE, *OF_AUDIT, *OF_GOVERNANCE
)  # fmt: skip
TOPICS = {topic.slug: topic for topic in ALL}


def belongs(page: str, topic: Topic) -> bool:
    """Say whether a page, by the name of its address, is one of a topic's."""
    return any(fnmatchcase(page, pattern) for pattern in topic.pages)


@cache
def topic_of(page: str) -> Topic | None:
    """Return the topic of a page; None for an address that no page has."""
    return next((topic for topic in TOPICS.values() if belongs(page, topic)), None)


def rules_below(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Perm | Access]]:
    """Yield the name of each page below a resolver, with its rule."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from rules_below(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif (view := page_of(entry)) is not None:
            yield f"{namespace}{entry.name}", view.permission


def page_of(entry: URLPattern) -> Any:
    """Return the view of an address that is opened by GET; None for buttons and for the API."""
    view: Any = getattr(entry.callback, "view_class", None)
    return view if hasattr(view, "permission") and hasattr(view, "get") and "get" in view.http_method_names else None


@cache
def rules_of(topic: Topic) -> frozenset[Perm | Access]:
    """Return the rules of a topic's pages."""
    return frozenset(rule for page, rule in rules_below(get_resolver()) if belongs(page, topic))


def rights_of(topic: Topic) -> list[Perm]:
    """Return the permissions of a topic's pages, in the order in which they are declared."""
    return [perm for perm in Perm if perm in rules_of(topic)]


def is_for(topic: Topic, roles: Iterable[Role]) -> bool:
    """Say whether one of these roles may open a page of the topic. Training that ran out closes pages, never their help."""
    return Access.SIGNED_IN in rules_of(topic) or any(perm in ROLE_RIGHTS[role] for role in roles for perm in rights_of(topic))


def requirements_of(topic: Topic) -> set[str]:
    """Return the requirements that a topic names."""
    return {requirement for clause in topic.clauses for requirement in clause.requirements}


def related_to(topic: Topic) -> list[Topic]:
    """Return the topics that serve the same requirements, and those under the same heading; what has most in common first."""
    named = requirements_of(topic)
    common = {slug: 2 * len(named & requirements_of(other)) + (other.area == topic.area) for slug, other in TOPICS.items()}
    return [TOPICS[slug] for slug in sorted(common, key=common.__getitem__, reverse=True) if common[slug] and slug != topic.slug]


def words_of(perm: Perm) -> str:
    """Write a permission in words."""
    return perm.value.replace("_", " ").capitalize()
