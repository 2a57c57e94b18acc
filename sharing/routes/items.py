"""Addresses of pages: what would go with a decision."""
from django.urls import URLPattern, path

from sharing.views import items

ONE = "sharing/decisions/<uuid:public_id>"
ITEM = f"{ONE}/items/<uuid:item>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/items/", items.ItemsPage.as_view(), name="items"),
    path(f"{ONE}/items/choose/", items.ChooseItems.as_view(), name="items-choose"),
    path(f"{ONE}/items/gates/<slug:source>/", items.PassGate.as_view(), name="items-gate"),
    path(f"{ITEM}/", items.Passages.as_view(), name="item"),
    path(f"{ITEM}/check/", items.CheckItem.as_view(), name="item-check"),
    path(f"{ITEM}/remove/", items.RemoveItem.as_view(), name="item-remove"),
    path(f"{ONE}/preview/", items.Preview.as_view(), name="preview"),
    path(f"{ONE}/view-as/", items.ViewAs.as_view(), name="view-as"),
    path(f"{ONE}/send/", items.SendRelease.as_view(), name="release-send"),
]
