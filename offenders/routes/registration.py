"""Addresses of pages: registration, notification requirements, convictions, orders."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
