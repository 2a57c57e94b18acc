"""Addresses of the API about whoever calls it."""
from django.urls import path

from accounts.api import views

urlpatterns = [path("whoami/", views.WhoAmI.as_view(), name="whoami")]
