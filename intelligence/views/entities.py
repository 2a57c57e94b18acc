"""Pages of entities: found, looked at, changed, made one and taken apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, PageEdge, get_or_404
from intelligence.choices.links import EntityKind, LinkState
from intelligence.forms.links import ApartForm, EntityForm, FindEntityForm, OneForm
from intelligence.models import Entity, EntityMerge
from intelligence.reports.links import drawn, entities_for, found_entities, links_at, picture_around, show_links
from intelligence.services.entities import change_entity, merge_entities, unmerge_entities
from intelligence.views.links import AddLink, record_shown

PERM = Perm.LINK_INTELLIGENCE


class EntityList(ListEdge):
    """The entities that stand, newest first; of one kind where one is asked for."""

    permission = PERM
    template_name = "intelligence/links/entities.html"

    def rows(self) -> QuerySet:
        """Return them."""
        self.kind = self.request.GET.get("kind", "")
        rows = entities_for(self.request.user)
        return rows.filter(kind=self.kind) if self.kind in EntityKind.values else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the kinds and the box to find one."""
        context = super().get_context_data(**kwargs)
        return {**context, "kinds": EntityKind.choices, "kind": self.kind, "form": FindEntityForm()}


class EntityEdge:
    """Finds an entity that the user may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self, key: str = "public_id") -> Entity:
        """Return it; that it was opened is recorded."""
        rows = Entity.objects.for_user(self.request.user).select_related("merged_into", "created_by")
        entity: Entity = get_or_404(rows, public_id=self.kwargs[key])
        record_read(Verb.VIEWED, entity, page=type(self).__name__)
        return entity

    def get_success_url(self) -> str:
        """To the entity."""
        return reverse("intelligence:entity", args=[self.kwargs["public_id"]])


class EntityPage(EntityEdge, PageEdge):
    """One entity: what is known, what belongs to it in a picture and a table, with which others it was made one."""

    permission = PERM
    template_name = "intelligence/links/entity.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add everything."""
        user, entity = self.request.user, self.find()
        picture = picture_around(user, entity, PERM)
        record_shown(type(self).__name__, picture.records())
        others = show_links(user, links_at(user, entity, PERM).exclude(state=LinkState.CONFIRMED), PERM)
        merges = EntityMerge.objects.for_user(user).filter(kept=entity).select_related("merged", "by", "undone_by")
        return super().get_context_data(
            entity=entity, picture=picture, network=drawn(picture), others=others, merges=merges,
            stands_in=Entity.objects.for_user(user).filter(pk=entity.merged_into_id).first(), **kwargs,
        )  # fmt: skip


class FindEntity(FormEdge):
    """Entities by name, number, mark or postcode; asked by POST, so that no name stands in an address."""

    permission = PERM
    form_class = FindEntityForm
    template_name = "intelligence/links/found.html"
    title = _("Find somebody or something that reports tell of")
    button = _("Find")

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """Show what was found."""
        words = form.cleaned_data["words"]
        found = found_entities(self.request.user, words)
        record_read(Verb.SEARCHED, page="FindEntity", terms=words, entities=[str(each.public_id) for each in found])
        return self.show_found(form, found)

    def show_found(self, form: forms.Form, found: list[Entity]) -> HttpResponse:
        """Render them."""
        self.found = found
        return self.show(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was found, and the way back."""
        back = reverse("intelligence:entity-list")
        return super().get_context_data(found=getattr(self, "found", None), back_url=back, cancel_url=back, **kwargs)


class ChangeEntity(EntityEdge, FormEdge):
    """How it is called, where it is, what is known."""

    permission = PERM
    form_class = EntityForm
    title = _("Change what is known")
    done_message = _("Saved.")

    def load(self) -> None:
        """Find it."""
        self.entity = self.find()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what it is."""
        return {"kind": self.entity.kind}

    def get_initial(self) -> dict[str, Any]:
        """Show what is known."""
        return {name: getattr(self.entity, name) for name in ("name", "postcode", "note", "version")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which it is."""
        back = self.get_success_url()
        return super().get_context_data(caption=self.entity.name, back_url=back, cancel_url=back, **kwargs)

    def version(self) -> int:
        """Return the version that is stored now."""
        self.entity.refresh_from_db(fields=["version"])
        return self.entity.version

    def perform(self, **data: Any) -> Entity:
        """Store it."""
        return change_entity(actor=self.request.user, entity=self.entity, **{"name": self.entity.name} | data)


class LinkOfEntity(EntityEdge, AddLink):
    """A new link from an entity."""

    def load(self) -> None:
        """Find it."""
        self.one = self.find()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which it is."""
        return super().get_context_data(caption=self.one.name, **kwargs)


class SameAs(EntityEdge, FindEntity):
    """Finding the other of two that may be one and the same."""

    title = _("Find what is one and the same with it")

    def load(self) -> None:
        """Find the first."""
        self.entity = self.find()

    def show_found(self, form: forms.Form, found: list[Entity]) -> HttpResponse:
        """Only another of the same kind can be it."""
        return super().show_found(form, [each for each in found if each.kind == self.entity.kind and each != self.entity])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which is the first."""
        back = reverse("intelligence:entity", args=[self.entity.public_id])
        return super().get_context_data(entity=self.entity, caption=self.entity.name, **kwargs) | {"back_url": back, "cancel_url": back}


class MakeOne(EntityEdge, FormEdge):
    """Two entities side by side, and why they are one."""

    permission = PERM
    form_class = OneForm
    template_name = "intelligence/links/one.html"
    title = _("Make them one")
    button = _("Make them one")
    done_message = _("They are one now. This can be taken back.")

    def load(self) -> None:
        """Find both."""
        self.kept, self.merged = self.find(), self.find("other_id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both with their links."""
        user, back = self.request.user, self.get_success_url()
        sides = [(each, show_links(user, links_at(user, each, PERM), PERM)) for each in (self.kept, self.merged)]
        return super().get_context_data(sides=sides, kept=self.kept, merged=self.merged, back_url=back, cancel_url=back, **kwargs)

    def perform(self, reason: str) -> EntityMerge:
        """Do it."""
        return merge_entities(actor=self.request.user, kept=self.kept, merged=self.merged, reason=reason)


class TakeApart(FormEdge):
    """Two entities that were made one are two again."""

    permission = PERM
    form_class = ApartForm
    title = _("Take them apart again")
    button = _("Take them apart")
    done_message = _("They are two again, each with its links.")

    def load(self) -> None:
        """Find the merge."""
        rows = EntityMerge.objects.for_user(self.request.user).select_related("kept", "merged")
        self.merge = get_or_404(rows, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, self.merge.kept, page=type(self).__name__)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which they are."""
        caption, back = f"{self.merge.kept.name} – {self.merge.merged.name}", self.get_success_url()
        return super().get_context_data(caption=caption, back_url=back, cancel_url=back, **kwargs)

    def perform(self, reason: str) -> EntityMerge:
        """Do it."""
        return unmerge_entities(actor=self.request.user, merge=self.merge, reason=reason)

    def get_success_url(self) -> str:
        """To the one that stood."""
        return reverse("intelligence:entity", args=[self.merge.kept.public_id])
