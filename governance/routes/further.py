"""Addresses of pages: serious further offences of one person."""

from django.urls import URLPattern, path

from governance.views import further

ONE = "nominals/<reference:reference>/further-offences/"

urlpatterns: list[URLPattern] = [
    path(ONE, further.FurtherList.as_view(), name="further-list"),
    path(f"{ONE}record/", further.RecordCharge.as_view(), name="further-record"),
    path(f"{ONE}<uuid:public_id>/take-back/", further.WithdrawCharge.as_view(), name="further-withdraw"),
]
