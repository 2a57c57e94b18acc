"""Addresses of pages: visits."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
