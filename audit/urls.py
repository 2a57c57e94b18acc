"""Addresses of the audit viewer."""

from django.urls import path

from audit import viewer

app_name = "audit"
urlpatterns = [
    path("", viewer.EventList.as_view(), name="event-list"),
    path("seal/", viewer.SealPage.as_view(), name="seal"),
    path("seal/progress/", viewer.SealProgress.as_view(), name="seal-progress"),
    path("seal/verify/", viewer.VerifyNow.as_view(), name="seal-verify"),
    path("export/", viewer.ExportEvents.as_view(), name="event-export"),
    path("<int:pk>/", viewer.EventPage.as_view(), name="event"),
]
