"""What addresses with further arguments are about, and the few addresses whose rule is their own."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from offenders.models import Nominal
from tests.factories import make_notice

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict[str, Any]]] = {
    "offenders:notice": lambda nominal: {"public_id": make_notice(nominal=nominal).public_id},
}

# Addresses whose outcome the permission alone does not tell.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
