"""Addresses of pages: prosecutions and their unused material."""

from django.urls import URLPattern, path

from disclosure.views import prosecution_items as items
from disclosure.views import prosecution_lines as lines
from disclosure.views import prosecution_rulings as rulings
from disclosure.views import prosecution_schedules as schedules
from disclosure.views import prosecutions

ALL, ONE = "prosecutions", "prosecutions/<uuid:public_id>"
ITEM, SCHEDULE = f"{ONE}/items/<uuid:item_id>", f"{ONE}/schedules/<uuid:schedule_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", prosecutions.ProsecutionList.as_view(), name="prosecution-list"),
    path(f"{ALL}/open/", prosecutions.OpenProsecution.as_view(), name="prosecution-open"),
    path(f"{ONE}/", prosecutions.ProsecutionPage.as_view(), name="prosecution"),
    path(f"{ONE}/change/", prosecutions.ChangeProsecution.as_view(), name="prosecution-change"),
    path(f"{ONE}/review/", prosecutions.ReviewMaterial.as_view(), name="prosecution-review"),
    path(f"{ONE}/finish/", prosecutions.FinishProsecution.as_view(), name="prosecution-finish"),
    path(f"{ONE}/items/add/", items.AddItem.as_view(), name="prosecution-item-add"),
    path(f"{ITEM}/", items.ItemPage.as_view(), name="prosecution-item"),
    path(f"{ITEM}/change/", items.ChangeItem.as_view(), name="prosecution-item-change"),
    path(f"{ITEM}/look/", items.AssessItem.as_view(), name="prosecution-item-look"),
    path(f"{ITEM}/disclose/", items.DiscloseItem.as_view(), name="prosecution-item-disclose"),
    path(f"{ITEM}/link/", items.LinkItem.as_view(), name="prosecution-item-link"),
    path(f"{ITEM}/links/<int:key>/remove/", items.UnlinkItem.as_view(), name="prosecution-item-unlink"),
    path(f"{ONE}/lines/add/", lines.AddLine.as_view(), name="prosecution-line-add"),
    path(f"{ONE}/lines/<uuid:line_id>/", lines.ChangeLine.as_view(), name="prosecution-line"),
    path(f"{ONE}/schedules/issue/", schedules.IssueSchedule.as_view(), name="prosecution-issue"),
    path(f"{SCHEDULE}/", schedules.SchedulePage.as_view(), name="prosecution-schedule"),
    path(f"{SCHEDULE}/copy/", schedules.GiveCopy.as_view(), name="prosecution-copy"),
    path(f"{SCHEDULE}/copies/<uuid:copy_id>/print/", schedules.PrintCopy.as_view(), name="prosecution-copy-print"),
    path(f"{ONE}/court/", rulings.AskCourt.as_view(), name="prosecution-court"),
    path(f"{ONE}/court/<uuid:application_id>/", rulings.EnterRuling.as_view(), name="prosecution-ruling"),
]
