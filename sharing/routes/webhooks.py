"""Addresses of pages: telling agencies' systems of changes."""
from django.urls import URLPattern, path

from sharing.views import webhooks

ONE = "users/clients/<int:pk>/webhook"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", webhooks.WebhookPage.as_view(), name="webhook"),
    path(f"{ONE}/set/", webhooks.SetWebhook.as_view(), name="webhook-set"),
    path(f"{ONE}/end/", webhooks.EndWebhook.as_view(), name="webhook-end"),
    path(f"{ONE}/send-again/", webhooks.SendAgain.as_view(), name="webhook-send-again"),
]
