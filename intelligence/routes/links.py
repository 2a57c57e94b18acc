"""Addresses of pages: links and entities."""
from django.urls import URLPattern, path

from intelligence.views import entities, links

LINKS, ENTITIES, BUREAU = "links", "entities", "intelligence-bureau"
ONE, ENTITY, RECORD = f"{LINKS}/<uuid:public_id>", f"{ENTITIES}/<uuid:public_id>", f"{BUREAU}/records/<reference:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{LINKS}/", links.LinkList.as_view(), name="link-list"),
    path(f"{ONE}/", links.LinkPage.as_view(), name="link"),
    path(f"{ONE}/confirm/", links.ConfirmLink.as_view(), name="link-confirm"),
    path(f"{ONE}/refuse/", links.RefuseLink.as_view(), name="link-refuse"),
    path(f"{ONE}/correct/", links.CorrectLink.as_view(), name="link-correct"),
    path(f"{ONE}/end/", links.EndLink.as_view(), name="link-end"),
    path(f"{ENTITIES}/", entities.EntityList.as_view(), name="entity-list"),
    path(f"{ENTITIES}/find/", entities.FindEntity.as_view(), name="entity-find"),
    path(f"{ENTITIES}/merges/<uuid:public_id>/undo/", entities.TakeApart.as_view(), name="entity-apart"),
    path(f"{ENTITY}/", entities.EntityPage.as_view(), name="entity"),
    path(f"{ENTITY}/change/", entities.ChangeEntity.as_view(), name="entity-change"),
    path(f"{ENTITY}/link/", entities.LinkOfEntity.as_view(), name="entity-link"),
    path(f"{ENTITY}/same/", entities.SameAs.as_view(), name="entity-same"),
    path(f"{ENTITY}/same/<uuid:other_id>/", entities.MakeOne.as_view(), name="entity-one"),
    path(f"{RECORD}/", links.LinksOfRecord.as_view(), name="links-of-record"),
    path(f"{RECORD}/link/", links.LinkOfRecord.as_view(), name="record-link"),
    path(f"{BUREAU}/<uuid:public_id>/link/", links.LinkOfReport.as_view(), name="report-link"),
    path("nominals/<reference:reference>/links/", links.NominalLinks.as_view(), name="links"),
]
