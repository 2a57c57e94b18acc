"""Addresses of pages: access."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
