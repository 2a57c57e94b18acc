"""Addresses of pages: taskings."""
from django.urls import URLPattern, path

from intelligence.views import tasking

ALL, ONE = "taskings", "taskings/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", tasking.TaskingList.as_view(), name="tasking-list"),
    path(f"{ALL}/raise/", tasking.RaiseTasking.as_view(), name="tasking-raise"),
    path(f"{ALL}/briefing-sheet/", tasking.BriefingSheet.as_view(), name="tasking-sheet"),
    path(f"{ALL}/briefing-sheet/paper/", tasking.SheetPaper.as_view(), name="tasking-sheet-paper"),
    path(f"{ONE}/", tasking.TaskingPage.as_view(), name="tasking"),
    path(f"{ONE}/change/", tasking.ChangeTasking.as_view(), name="tasking-change"),
    path(f"{ONE}/issue/", tasking.IssueTasking.as_view(), name="tasking-issue"),
    path(f"{ONE}/review/", tasking.ReviewTasking.as_view(), name="tasking-review"),
    path(f"{ONE}/end/", tasking.EndTasking.as_view(), name="tasking-end"),
    path(f"{ONE}/sheets/", tasking.PutOnSheets.as_view(), name="tasking-sheets"),
    path(f"{ONE}/sheets/remove/", tasking.TakeOffSheet.as_view(), name="tasking-sheet-remove"),
    path(f"{ONE}/result/", tasking.TaskingResult.as_view(), name="tasking-result"),
]
