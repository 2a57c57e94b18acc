"""Pages on which a supervisor brings in a file of nominals: hand in, see it checked, store."""
from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, ListEdge, PageEdge, get_or_404
from offenders.forms.imports import ImportForm
from offenders.imports.columns import COLUMNS
from offenders.models import Import
from offenders.services.imports import UNFINISHED, start_import, store_import


class ImportEdge(Edge):
    """What all pages of imports share."""

    permission: ClassVar[Perm] = Perm.IMPORT_NOMINALS

    @property
    def actor(self) -> User:
        """The person who is signed in; nobody else gets here."""
        return cast(User, self.request.user)

    def get_import(self) -> Import:
        """Return the import of the address, among those of the force, or raise Http404."""
        rows = Import.objects.for_user(self.actor).select_related("unit", "uploaded_by")
        return cast(Import, get_or_404(rows, public_id=self.kwargs["public_id"]))


class ImportList(ImportEdge, ListEdge):
    """Files that were handed in for the force."""

    template_name = "offenders/imports.html"

    def rows(self) -> QuerySet[Import]:
        """Newest first."""
        return Import.objects.for_user(self.actor).select_related("unit", "uploaded_by")


class ImportNew(ImportEdge, FormEdge):
    """Hand in a file."""

    form_class = ImportForm
    template_name = "offenders/import_new.html"
    title = _("Import people from a file")
    button = _("Check this file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where the records will go."""
        return super().get_context_data(
            unit=self.actor.unit, columns=", ".join(COLUMNS), back_url=reverse("offenders:import-list"), **kwargs
        )

    def perform(self, **data: Any) -> Import:
        """Take the file in."""
        return start_import(actor=self.actor, unit=self.actor.unit, **data)

    def get_success_url(self) -> str:
        """Go where the check can be watched."""
        return reverse("offenders:import", args=[self.result.public_id])


class ImportPage(ImportEdge, PageEdge):
    """How far an import is, what is wrong with the file, or what there is to store."""

    template_name = "offenders/import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fetch the import."""
        imported = self.get_import()
        record_read(Verb.VIEWED, imported, page=type(self).__name__)
        return super().get_context_data(**describe_import(imported, self.actor), **kwargs)


class ImportProgress(ImportEdge, PageEdge):
    """The part of the page that fetches itself anew while the worker is busy."""

    polls = True
    template_name = "offenders/_import_state.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fetch the import."""
        return super().get_context_data(**describe_import(self.get_import(), self.actor), **kwargs)


class ImportStore(ImportEdge, ActEdge):
    """The button that stores the checked records."""

    def perform(self) -> Import:
        """Have them stored."""
        return store_import(actor=self.actor, imported=self.get_import())

    def get_success_url(self) -> str:
        """Go back to where it can be watched."""
        return reverse("offenders:import", args=[self.kwargs["public_id"]])


def describe_import(imported: Import, user: User) -> dict[str, Any]:
    """Return what the page and its moving part show."""
    is_checked = imported.state == Import.State.DONE and imported.is_dry_run and bool(imported.file)
    to_store = imported.created_count + imported.updated_count
    return {
        "imported": imported,
        "is_running": imported.state in UNFINISHED,
        "is_stored": imported.state == Import.State.DONE and not imported.is_dry_run,
        "is_checked": is_checked,
        "to_store": to_store,
        "may_store": is_checked and to_store > 0 and imported.uploaded_by == user,
    }
