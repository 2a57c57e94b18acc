"""Every address of the app, by subject in sharing/routes/."""
from django.urls import URLPattern

from sharing.routes import news, requests, webhooks

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    *requests.urlpatterns,
    *news.urlpatterns,
    *webhooks.urlpatterns,
]
