"""Addresses of pages: what disclosure goes by."""

from django.urls import URLPattern, path

from disclosure.views import practice

PRACTICE = "disclosure-practice"

urlpatterns: list[URLPattern] = [
    path(f"{PRACTICE}/", practice.Practice.as_view(), name="practice"),
    path(f"{PRACTICE}/grounds/<int:key>/change/", practice.ChangeGround.as_view(), name="ground-change"),
    path(f"{PRACTICE}/grounds/<int:key>/end/", practice.EndGround.as_view(), name="ground-end"),
    path(f"{PRACTICE}/texts/<int:key>/change/", practice.ChangeText.as_view(), name="text-change"),
    path(f"{PRACTICE}/texts/<int:key>/end/", practice.EndText.as_view(), name="text-end"),
    path(f"{PRACTICE}/numbers/<int:key>/change/", practice.ChangeSmallNumber.as_view(), name="small-number-change"),
]
