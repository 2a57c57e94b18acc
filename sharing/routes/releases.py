"""Addresses of pages: what was sent."""
from django.urls import URLPattern, path

from sharing.views import releases

ONE = "sharing/releases/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", releases.ReleasePage.as_view(), name="release"),
    path(f"{ONE}/withdraw/", releases.Withdraw.as_view(), name="release-withdraw"),
    path(f"{ONE}/copies/", releases.IssueCopies.as_view(), name="release-copies"),
    path(f"{ONE}/script/", releases.Script.as_view(), name="release-script"),
    path(f"{ONE}/told/", releases.RecordTelling.as_view(), name="release-told"),
    path(f"{ONE}/confirmed/", releases.ConfirmByHand.as_view(), name="release-confirmed"),
    path(f"{ONE}/breach/", releases.ReportBreach.as_view(), name="release-breach"),
    path(f"{ONE}/outcome/", releases.RecordOutcome.as_view(), name="release-outcome"),
    path("sharing/copies/<uuid:public_id>/print/", releases.PrintCopy.as_view(), name="copy-print"),
    path("sharing/breaches/<uuid:public_id>/close/", releases.CloseBreach.as_view(), name="breach-close"),
    path("sharing/what-came/", releases.CalibrationPage.as_view(), name="calibration"),
]
