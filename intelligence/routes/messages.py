"""Addresses of pages: messages from the border."""
from django.urls import URLPattern, path

from intelligence.views import messages

MESSAGES = "travel/messages"

urlpatterns: list[URLPattern] = [
    path(f"{MESSAGES}/", messages.MessageList.as_view(), name="message-list"),
    path(f"{MESSAGES}/<uuid:public_id>/", messages.MessagePage.as_view(), name="message"),
    path(f"{MESSAGES}/<uuid:public_id>/content/", messages.MessageContent.as_view(), name="message-content"),
    path(f"{MESSAGES}/<uuid:public_id>/release/", messages.ReleaseMessage.as_view(), name="message-release"),
    path(f"{MESSAGES}/<uuid:public_id>/refuse/", messages.RefuseMessage.as_view(), name="message-refuse"),
]
