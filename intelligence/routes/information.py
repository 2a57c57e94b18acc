"""Addresses of pages: intelligence reports."""
from django.urls import URLPattern, path

from intelligence.views import information, information_bureau, information_readers, source_reviews

REPORTS, BUREAU, OF_NOMINAL = "intelligence-reports", "intelligence-bureau", "nominals/<reference:reference>/information"
ONE, OF_BUREAU = f"{REPORTS}/<uuid:public_id>", f"{BUREAU}/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{REPORTS}/", information.ReportList.as_view(), name="report-list"),
    path(f"{REPORTS}/start/", information.StartReport.as_view(), name="report-start"),
    path(f"{REPORTS}/danger/", information.Danger.as_view(), name="report-danger"),
    path(f"{REPORTS}/own-words/", information.OwnWords.as_view(), name="report-own-words"),
    path(f"{REPORTS}/received/", information_readers.ReceivedList.as_view(), name="received-list"),
    path(f"{REPORTS}/received/<uuid:public_id>/", information_readers.Received.as_view(), name="received"),
    path(f"{REPORTS}/received/<uuid:public_id>/paper/", information_readers.ReceivedPaper.as_view(), name="received-paper"),
    path(f"{ONE}/", information.WriteReport.as_view(), name="report-write"),
    path(f"{ONE}/keep/", information.KeepReport.as_view(), name="report-keep"),
    path(f"{ONE}/send/", information.SendReport.as_view(), name="report-send"),
    path(f"{ONE}/sent/", information.SentReport.as_view(), name="report-sent"),
    path(f"{ONE}/discard/", information.DiscardReport.as_view(), name="report-discard"),
    path(f"{BUREAU}/", information_bureau.ReportQueue.as_view(), name="report-queue"),
    path(f"{BUREAU}/all/", information_bureau.AllReports.as_view(), name="report-all"),
    path(f"{BUREAU}/matters/", source_reviews.SourceReviewList.as_view(), name="source-reviews"),
    path(f"{BUREAU}/matters/<uuid:public_id>/", source_reviews.SourceReviewPage.as_view(), name="source-review"),
    path(f"{OF_BUREAU}/", information_bureau.BureauReport.as_view(), name="report"),
    path(f"{OF_BUREAU}/evaluate/", information_bureau.EvaluateReport.as_view(), name="report-evaluate"),
    path(f"{OF_BUREAU}/ask/", information_bureau.ReturnReport.as_view(), name="report-return"),
    path(f"{OF_BUREAU}/no-action/", information_bureau.RejectReport.as_view(), name="report-reject"),
    path(f"{OF_BUREAU}/release/", information_bureau.ReleaseReport.as_view(), name="report-release"),
    path(f"{OF_BUREAU}/withdraw/", information_bureau.WithdrawReport.as_view(), name="report-withdraw"),
    path(f"{OF_BUREAU}/paper/", information_bureau.ReportPaper.as_view(), name="report-paper"),
    path(f"{OF_BUREAU}/send-on/", information_bureau.SendOn.as_view(), name="report-send-on"),
    path(f"{OF_NOMINAL}/", information_readers.NominalInformation.as_view(), name="information"),
    path(f"{OF_NOMINAL}/<uuid:public_id>/take/", information_readers.TakeReport.as_view(), name="information-take"),
    path(f"{OF_NOMINAL}/<uuid:public_id>/paper/", information_readers.InformationPaper.as_view(), name="information-paper"),
]
