"""Addresses of pages: weak signals."""
from django.urls import URLPattern, path

from intelligence.routes.information import BUREAU
from intelligence.views import weak_signals

urlpatterns: list[URLPattern] = [
    path(f"{BUREAU}/weak-signals/", weak_signals.WeakSignalList.as_view(), name="weak-signals"),
    path(f"{BUREAU}/weak-signals/<slug:key>/", weak_signals.LookAtSignal.as_view(), name="weak-signal"),
]
