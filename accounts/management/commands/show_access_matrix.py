"""Print the table of rules as docs/access.md shows it."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, ROLE_RIGHTS, Perm, Scope


def matrix() -> str:
    """Return one table for each role: the permissions it holds and which records each reaches."""
    return "\n\n".join(f"### {role.label}\n\n{rights_of(role)}" for role in Role)


def rights_of(role: Role) -> str:
    """Return the table of one role, in the order in which permissions are declared."""
    lines = [
        f"| {perm.value} | {reach(ROLE_RIGHTS[role][perm])} | {'yes' if perm in NEEDS_QUALIFICATION else 'no'} |"
        for perm in Perm
        if perm in ROLE_RIGHTS[role]
    ]
    return "\n".join(["| permission | reaches | needs current training and vetting |", "|---|---|---|", *lines])


def reach(scopes: frozenset[Scope]) -> str:
    """Return the scopes in words, in the order in which they are declared."""
    return "; ".join(scope.value for scope in Scope if scope in scopes)


class Command(BaseCommand):
    """Writes to standard output."""

    help = "Print the table of rules: each role, its permissions, and which records they reach. docs/access.md holds a copy."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(matrix())
