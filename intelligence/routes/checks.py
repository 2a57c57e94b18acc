"""Addresses of pages: system checks."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
