"""Addresses of pages: prosecutions and their unused material."""

from django.urls import URLPattern, path

from disclosure.views import prosecutions as pages

ALL, ONE = "prosecutions", "prosecutions/<uuid:public_id>"
ITEM, SCHEDULE = f"{ONE}/items/<uuid:item_id>", f"{ONE}/schedules/<uuid:schedule_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", pages.ProsecutionList.as_view(), name="prosecution-list"),
    path(f"{ALL}/open/", pages.OpenProsecution.as_view(), name="prosecution-open"),
    path(f"{ONE}/", pages.ProsecutionPage.as_view(), name="prosecution"),
    path(f"{ONE}/change/", pages.ChangeProsecution.as_view(), name="prosecution-change"),
    path(f"{ONE}/review/", pages.ReviewMaterial.as_view(), name="prosecution-review"),
    path(f"{ONE}/finish/", pages.FinishProsecution.as_view(), name="prosecution-finish"),
    path(f"{ONE}/items/add/", pages.AddItem.as_view(), name="prosecution-item-add"),
    path(f"{ITEM}/", pages.ItemPage.as_view(), name="prosecution-item"),
    path(f"{ITEM}/change/", pages.ChangeItem.as_view(), name="prosecution-item-change"),
    path(f"{ITEM}/look/", pages.AssessItem.as_view(), name="prosecution-item-look"),
    path(f"{ITEM}/disclose/", pages.DiscloseItem.as_view(), name="prosecution-item-disclose"),
    path(f"{ITEM}/link/", pages.LinkItem.as_view(), name="prosecution-item-link"),
    path(f"{ITEM}/links/<int:key>/remove/", pages.UnlinkItem.as_view(), name="prosecution-item-unlink"),
    path(f"{ONE}/lines/add/", pages.AddLine.as_view(), name="prosecution-line-add"),
    path(f"{ONE}/lines/<uuid:line_id>/", pages.ChangeLine.as_view(), name="prosecution-line"),
    path(f"{ONE}/schedules/issue/", pages.IssueSchedule.as_view(), name="prosecution-issue"),
    path(f"{SCHEDULE}/", pages.SchedulePage.as_view(), name="prosecution-schedule"),
    path(f"{SCHEDULE}/copy/", pages.GiveCopy.as_view(), name="prosecution-copy"),
    path(f"{SCHEDULE}/copies/<uuid:copy_id>/print/", pages.PrintCopy.as_view(), name="prosecution-copy-print"),
    path(f"{ONE}/court/", pages.AskCourt.as_view(), name="prosecution-court"),
    path(f"{ONE}/court/<uuid:application_id>/", pages.EnterRuling.as_view(), name="prosecution-ruling"),
]
