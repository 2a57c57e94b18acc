"""Addresses of pages: what sharing goes by."""

from django.urls import URLPattern, path

from sharing.views import practice

PRACTICE = "sharing-practice"

urlpatterns: list[URLPattern] = [
    path(f"{PRACTICE}/", practice.Practice.as_view(), name="practice"),
    path(f"{PRACTICE}/powers/add/", practice.AddPower.as_view(), name="power-add"),
    path(f"{PRACTICE}/powers/<int:key>/change/", practice.ChangePower.as_view(), name="power-change"),
    path(f"{PRACTICE}/powers/<int:key>/end/", practice.EndPower.as_view(), name="power-end"),
    path(f"{PRACTICE}/authority/<slug:circumstance>/change/", practice.ChangeAuthority.as_view(), name="authority-change"),
    path(f"{PRACTICE}/media/<slug:code>/change/", practice.ChangeMediaLine.as_view(), name="media-line-change"),
]
