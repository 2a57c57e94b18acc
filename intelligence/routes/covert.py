"""Addresses of pages: referrals for covert techniques."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
