"""Addresses of pages: two records that may be one person."""
from django.urls import URLPattern, path

from offenders.views import merging

PERSON = "nominals/<reference:reference>/same-person"

urlpatterns: list[URLPattern] = [
    path(f"{PERSON}/", merging.SamePersonPage.as_view(), name="same-person"),
    path(f"{PERSON}/choose/", merging.ChooseOther.as_view(), name="same-person-choose"),
    path(f"{PERSON}/<reference:other>/", merging.ComparePage.as_view(), name="compare"),
    path(f"{PERSON}/<reference:other>/merge/", merging.MergePage.as_view(), name="merge-records"),
    path("merges/", merging.MergeList.as_view(), name="merge-list"),
    path("merges/<uuid:public_id>/", merging.MergeDetail.as_view(), name="merge"),
    path("merges/<uuid:public_id>/accept/", merging.AcceptMerge.as_view(), name="merge-accept"),
    path("merges/<uuid:public_id>/refuse/", merging.RefuseMerge.as_view(), name="merge-refuse"),
    path("merges/<uuid:public_id>/withdraw/", merging.WithdrawMerge.as_view(), name="merge-withdraw"),
    path("merges/<uuid:public_id>/undo/", merging.UndoMerge.as_view(), name="merge-undo"),
    path("kept-apart/<uuid:public_id>/bring/", merging.BringSection.as_view(), name="section-bring"),
]
