"""Addresses of pages: packs for investigators."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
