"""What the service refuses to start with: each unsafe setting gets a sentence that says what to do."""
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from accounts.replica import PRIMARY, REPLICA

# Run by `check --deploy` and at each start; not by other commands, since migrations rightly run as the owner.
START = "start"
SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10

# Superuser or bypassing row security; able to act as an owner of tables; able to change the trail.
RIGHTS = """
SELECT rolsuper OR rolbypassrls,
       EXISTS (
           SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'MEMBER')
       ),
       COALESCE(has_table_privilege(to_regclass('audit_event'), 'UPDATE, DELETE, TRUNCATE'), false) OR EXISTS (
           SELECT FROM pg_inherits WHERE inhparent = to_regclass('audit_event')
           AND has_table_privilege(inhrelid, 'INSERT, UPDATE, DELETE, TRUNCATE')
       )
FROM pg_roles WHERE rolname = current_user
"""
ADDRESSES = {PRIMARY: "DATABASE_URL", REPLICA: "DATABASE_REPLICA_URL"}
TOO_MUCH = (
    ("config.E101", "is a superuser or bypasses row security"),
    ("config.E102", "owns tables, or may act as their owner"),
    ("config.E103", "may change the trail"),
)


@register(START, deploy=True)
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Name each setting that is not safe to open to people."""
    return [Error(sentence, id=number) for number, unsafe, sentence in judge_settings() if unsafe]


def judge_settings() -> Iterator[tuple[str, bool, str]]:
    """Yield each rule with whether it is broken."""
    real = not settings.DEMO
    key = secret_key()
    weak = len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or key.startswith("django-insecure-")
    yield "config.E001", weak, f"SECRET_KEY is too easy to guess: set at least {SHORTEST_KEY} random characters."
    yield "config.E002", settings.DEBUG and real, "DEBUG shows code and data to anybody who meets an error: set DEBUG=false."
    yield "config.E003", not settings.SECOND_FACTOR and real, "People would sign in by password alone: set SECOND_FACTOR=true."
    yield "config.E004", "*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS accepts every name: list the names of this service."
    leaked = settings.LEAKED_PASSWORDS
    yield "config.E006", bool(leaked) and not Path(leaked).is_file(), "LEAKED_PASSWORDS names no file: set the path of the list."
    yield "config.E005", not settings.BEHIND_TLS and real, "Sessions would travel unencrypted: serve over TLS and set BEHIND_TLS=true."


def secret_key() -> str:
    """Return the key; Django itself raises for an empty one, before there is a sentence of ours."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


@register(START, deploy=True)
def check_database_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database role that could get around row security or the trail; asked only where databases may be."""
    if not databases:
        return []
    return [message for alias in databases for message in judge_role(alias)]


def judge_role(alias: str) -> Iterator[CheckMessage]:
    """Yield what the role may do too much, by the database that its address leads to."""
    name = ADDRESSES[alias]
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(RIGHTS)
            answers = cursor.fetchone()
    except OperationalError:
        yield CheckWarning(f"The database does not answer, so the rights of the role in {name} were not checked.", id="config.W101")
        return
    words = f"The role in {name} {{}}: connect as vigil_app, as docs/operations.md describes."
    yield from (Error(words.format(what), id=number) for (number, what), true in zip(TOO_MUCH, answers, strict=True) if true)


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured with a sentence for each thing that is not safe; called by web server, worker and beat."""
    found = run_checks(tags=[START], include_deployment_checks=True, databases=list(settings.DATABASES))
    connections.close_all()  # the server's processes open their own
    if errors := [message.msg for message in found if message.is_serious()]:
        raise ImproperlyConfigured("\n".join(["Vigil does not start:", *errors]))
