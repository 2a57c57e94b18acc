"""Addresses of pages: contents of the case file, contacts, timeline."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
