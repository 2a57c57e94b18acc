"""The API's own description, and calls made from it: what its tests hold every answer against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.accounts.calling import HERE

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(yaml.safe_load(Path("docs/openapi.yaml").read_text(encoding="utf-8")))
SERVICE = get_wsgi_application()


def called_from_here(environ: dict[str, Any], start: Any) -> Any:
    """The service, called from the address that tests let in."""
    return SERVICE(environ | {"REMOTE_ADDR": HERE}, start)


SCHEMA.app = called_from_here
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}


def scopes_of(operation: Any) -> set[str] | None:
    """Return the scopes of which a machine client needs one; None where people call in a session."""
    ways = [way for way in operation.definition.raw["security"] if "client" in way]
    return {name for way in ways for name in way["client"]} if ways else None


def ways(operation: Any) -> st.SearchStrategy[Any]:
    """Calls that the description allows, and calls that it does not."""
    able = [operation.as_strategy(GenerationMode.POSITIVE)]
    if operation.body or operation.query or operation.path_parameters:
        able.append(operation.as_strategy(GenerationMode.NEGATIVE))
    return st.one_of(able)


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the test's connection open between calls, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
