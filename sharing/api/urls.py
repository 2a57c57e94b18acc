"""Addresses of the API for agencies."""
from django.urls import path

from sharing.api import views

urlpatterns = [
    path("shared-records/", views.SharedList.as_view(), name="shared-records"),
    path("shared-records/<str:key>/", views.Shared.as_view(), name="shared-record"),
    path("shared-records/<str:key>/acknowledge/", views.Acknowledge.as_view(), name="shared-record-acknowledge"),
    path("shared-records/<str:key>/actions/", views.Done.as_view(), name="shared-record-actions"),
    path("information-requests/", views.Requests.as_view(), name="information-requests"),
    path("information-requests/<str:key>/", views.OneRequest.as_view(), name="information-request"),
    path("information-requests/<str:key>/answer-question/", views.Reply.as_view(), name="information-request-reply"),
    path("intelligence/", views.GiveIntelligence.as_view(), name="intelligence"),
    path("events/", views.GiveEvent.as_view(), name="events"),
    path("agreements/", views.Agreements.as_view(), name="agreements"),
    path("changes/", views.Changes.as_view(), name="changes"),
]
