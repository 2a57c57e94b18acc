"""Addresses of pages: records."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
