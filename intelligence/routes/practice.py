"""Addresses of pages: what intelligence work goes by."""
from django.urls import URLPattern, path

from intelligence.views import practice

PRACTICE = "intelligence-practice"

urlpatterns: list[URLPattern] = [
    path(f"{PRACTICE}/", practice.Practice.as_view(), name="practice"),
    path(f"{PRACTICE}/contacts/change/", practice.ChangeContactLimit.as_view(), name="contact-limit-change"),
    path(f"{PRACTICE}/suggestions/<slug:question>/change/", practice.ChangeSuggestion.as_view(), name="suggestion-change"),
    path(f"{PRACTICE}/means/change/", practice.ChangeMeans.as_view(), name="means-change"),
    path(f"{PRACTICE}/sources/add/", practice.AddSource.as_view(), name="source-add"),
    path(f"{PRACTICE}/sources/<int:key>/end/", practice.EndSource.as_view(), name="source-end"),
]
