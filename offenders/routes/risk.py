"""Addresses of pages: risk assessments and the risk management plan."""
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
