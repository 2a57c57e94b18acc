"""`manage.py migrate`: Django's own, which stands in nobody's way, and makes the tables of an empty database in a seventh of the time."""

from __future__ import annotations

from time import sleep
from typing import Any

from django.core.management.base import CommandError, no_translations
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from psycopg2.errors import LockNotAvailable

LOCK_SECONDS = 2  # while a change of a table waits for its lock, everybody else who wants that table waits behind it
PAUSES = (1, 2, 4, 8, 15, 30)  # seconds between two tries, in which those who waited go on
GIVEN_UP = (
    "Other sessions still hold a table that {step} changes. That step changed nothing, those before it stand, everybody works on. "
    "End long transactions or wait for a quieter moment, then migrate again; see docs/operations.md, Upgrading."
)
OTHER_WISHES = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class SparingState(ProjectState):
    """What the models look like between two migrations; a change renders the changed model alone.

    Django renders with it every model that is related however distantly, which here are nearly all. Making tables needs none of
    them, and steps that work with rows get them all rendered afresh, as after any change that Django itself calls delayed.
    """

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Render one model as it is now."""
        if "apps" in self.__dict__:
            self.is_delayed = True
            self.apps.unregister_model(app_label, model_name)
            self.apps.render_multiple([self.models[app_label, model_name]])

    def clone(self) -> SparingState:
        """Return a copy of the same kind."""
        copy = super().clone()
        twin = SparingState(copy.models, copy.real_apps)
        twin.__dict__.update(copy.__dict__)
        return twin


class Command(migrate.Command):
    """Migrate, by steps that give up soon where others hold a table, and come again; from nothing by a shorter way to the same tables."""

    step: Migration | None = None

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Try until no lock was missed; each try goes on where the last one stopped."""
        self.session = connections[options["database"]]
        try:
            for pause in PAUSES:
                if self.is_done(*args, **options):
                    return
                self.stderr.write(f"Other sessions hold a table that {self.step} changes; again in {pause} s.")
                sleep(pause)
            if not self.is_done(*args, **options):
                raise CommandError(GIVEN_UP.format(step=self.step))
        finally:
            self.wait_for_locks(0)

    def is_done(self, *args: Any, **options: Any) -> bool:
        """Migrate; whether no step gave up for want of a lock."""
        try:
            self.migrate(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            return False
        return True

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        """Before each step say how long it may wait. A step without a transaction stops nobody while it waits, and is not halved."""
        if migration and action in {"apply_start", "unapply_start"}:
            self.step = migration
            self.wait_for_locks(LOCK_SECONDS if migration.atomic else 0)
        super().migration_progress_callback(action, migration, fake)

    def wait_for_locks(self, seconds: float) -> None:
        """Limit how long a statement of this session waits for a lock; 0 lifts the limit."""
        if self.session.is_usable():
            with self.session.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{round(seconds * 1000)}ms"])

    def migrate(self, *args: Any, **options: Any) -> None:
        """Apply everything to an empty database, then let Django do what is left."""
        self.verbosity = options["verbosity"]
        executor = MigrationExecutor(self.session, self.migration_progress_callback)
        if not executor.loader.applied_migrations and not any(options[wish] for wish in OTHER_WISHES):
            executor.migrate(executor.loader.graph.leaf_nodes(), state=SparingState(real_apps=executor.loader.unmigrated_apps))
        super().handle(*args, **options)
