"""Addresses of pages: MAPPA referrals, meetings, minutes."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
