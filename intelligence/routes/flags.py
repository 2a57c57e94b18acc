"""Addresses of pages: flags."""
from django.urls import URLPattern, path

from intelligence.views import flag_kinds, flags

FLAGS = "nominals/<reference:reference>/flags"

urlpatterns: list[URLPattern] = [
    path(f"{FLAGS}/", flags.FlagList.as_view(), name="flag-list"),
    path(f"{FLAGS}/add/", flags.AddFlag.as_view(), name="flag-add"),
    path(f"{FLAGS}/usual/", flags.SetUsualFlags.as_view(), name="flag-usual"),
    path(f"{FLAGS}/none/", flags.ExplainNoFlags.as_view(), name="flag-none"),
    path(f"{FLAGS}/told/", flags.FlagTold.as_view(), name="flag-told"),
    path(f"{FLAGS}/told/<int:key>/", flags.DealWithDelivery.as_view(), name="flag-deal"),
    path(f"{FLAGS}/<uuid:public_id>/change/", flags.ChangeFlag.as_view(), name="flag-change"),
    path(f"{FLAGS}/<uuid:public_id>/end/", flags.EndFlag.as_view(), name="flag-end"),
    path("nominals/<reference:reference>/happened/", flags.RecordHappening.as_view(), name="happening-record"),
    path("event-types/", flags.EventTypeList.as_view(), name="event-types"),
    path("event-types/<slug:code>/change/", flag_kinds.ChangeEventType.as_view(), name="event-type-change"),
    path("usual-flags/", flag_kinds.UsualFlagList.as_view(), name="usual-flags"),
    path("usual-flags/add/", flag_kinds.AddUsualFlag.as_view(), name="usual-flag-add"),
    path("usual-flags/<int:key>/change/", flag_kinds.ChangeUsualFlag.as_view(), name="usual-flag-change"),
    path("usual-flags/<int:key>/end/", flag_kinds.EndUsualFlag.as_view(), name="usual-flag-end"),
]
