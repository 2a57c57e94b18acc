"""Which way leads to which source: named in the environment, so that no address or token stands in the database."""

from __future__ import annotations

from django.conf import settings

from intelligence.adapters import Adapter
from intelligence.adapters.http_json import HttpJson
from intelligence.choices.checks import AdapterKind
from intelligence.models import CheckSource


def adapter_for(source: CheckSource) -> Adapter | None:
    """Return the way to a source; None where its answers are recorded by hand."""
    connection = settings.CHECK_CONNECTIONS.get(source.code)
    if source.adapter != AdapterKind.HTTP_JSON or not connection:
        return None
    return HttpJson(url=connection["url"], token=connection["token"])


def is_connected(source: CheckSource) -> bool:
    """Whether Vigil can ask the source itself."""
    return adapter_for(source) is not None
