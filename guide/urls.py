"""Addresses of help."""

from django.urls import URLPattern, path

from guide import views

app_name = "guide"
urlpatterns: list[URLPattern] = [
    path("help/", views.Index.as_view(), name="index"),
    path("help/why-not/", views.WhyNot.as_view(), name="why-not"),
    path("help/<slug:slug>/", views.OneTopic.as_view(), name="topic"),
]
