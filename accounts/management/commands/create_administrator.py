"""`manage.py create_administrator`: make the first account of an organisation, or one more when nobody there can sign in."""
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError
from accounts.models import Organisation
from accounts.services.people import add_account
from audit.choices import Channel
from audit.context import acting_as


class Command(BaseCommand):
    """Make an administrator, and the organisation if it does not exist yet; print a temporary password once."""

    help = "Make an administrator of an organisation and print a temporary password, which must be changed at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the organisation's short name and the username."""
        parser.add_argument("username")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="short name of the organisation, such as 'northshire'")
        parser.add_argument("--organisation-name", default="", help="full name; needed when the organisation does not exist yet")
        parser.add_argument("--kind", choices=OrganisationKind.values, default="force", help="kind of a new organisation")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account."""
        try:
            with acting_as(None, Channel.COMMAND), transaction.atomic():
                user, password = add_account(
                    organisation=organisation_for(options["organisation"], options["organisation_name"], options["kind"]),
                    username=options["username"].lower(),
                    roles=[Role.ADMINISTRATOR],
                    first_name=options["first_name"],
                    last_name=options["last_name"] or options["username"],
                )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.username} administers {user.organisation.name}. Temporary password: {password}")
        self.stdout.write(f"It counts for {settings.TEMPORARY_PASSWORD_HOURS} hours.")


def organisation_for(code: str, name: str, kind: str) -> Organisation:
    """Return the organisation with this short name; make it if it has a full name and does not exist."""
    found = Organisation.objects.filter(code=code).first()
    if found is None and not name:
        raise CommandError(f"There is no organisation {code!r} yet. Give its full name: --organisation-name 'Northshire Police'.")
    return found or Organisation.objects.create(code=code, name=name, kind=kind)
