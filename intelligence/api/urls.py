"""Addresses of the API about reports from the border."""
from django.urls import path

from intelligence.api import views

urlpatterns = [
    path("travel-alerts/", views.SendAlerts.as_view(), name="travel-alerts"),
    path("travel-alerts/<str:number>/", views.AlertMessage.as_view(), name="travel-alerts-message"),
]
