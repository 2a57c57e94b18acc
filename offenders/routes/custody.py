"""Addresses of pages: transfer, licence, recall, telling authorities, uses of material."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
