"""Every address of the service with the rule that it declares, read from the URL table, so that none can be forgotten."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.permissions import Access, Perm


@dataclass(frozen=True)
class Route:
    """One address and method set, and the rule that guards it."""

    name: str
    kwargs: tuple[str, ...]
    method: str
    permission: Perm | Access | None
    view: Any

    @property
    def is_for_tokens(self) -> bool:
        """Whether machine clients call it, and no session opens it."""
        return hasattr(getattr(self.view, "cls", None), "required_scope")

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Yield name, arguments and view of each address below a resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", tuple(entry.pattern.regex.groupindex), entry.callback


def methods_of(view: Any) -> list[tuple[str, Any]]:
    """Return each method that a view answers, with its rule."""
    if actions := getattr(view, "actions", None):
        special = view.cls.action_permissions
        return [(method, special.get(action, getattr(view.cls, "permission", None))) for method, action in actions.items()]
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    names = [method for method in ("get", "post") if hasattr(cls, method) and method in cls.http_method_names]
    return [(method, getattr(cls, "permission", None)) for method in names]


def all_routes() -> list[Route]:
    """Return one route for each address and method."""
    found = patterns(get_resolver())
    return [Route(name, kwargs, method, rule, view) for name, kwargs, view in found for method, rule in methods_of(view)]
