"""Addresses of pages: visits."""
from django.urls import URLPattern, path

from offenders.views import reactive, team, visit_papers, visits

ALL = "nominals/<reference:reference>/visits/"
ONE = f"{ALL}<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path("visits/overdue/", team.OverdueVisits.as_view(), name="visit-overdue"),
    path("team/", team.TeamBoard.as_view(), name="team"),
    path("team/move/", team.MoveCases.as_view(), name="team-move"),
    path(ALL, visits.VisitList.as_view(), name="visit-list"),
    path(f"{ALL}plan/", visits.PlanVisit.as_view(), name="visit-plan"),
    path(f"{ALL}record/", visits.RecordVisit.as_view(), name="visit-record"),
    path(f"{ALL}sheet/", visit_papers.PrintSheet.as_view(), name="visit-sheet"),
    path(f"{ALL}reactive/", reactive.StartReactive.as_view(), name="reactive-start"),
    path(f"{ALL}reactive/review/", reactive.ReviewReactive.as_view(), name="reactive-review"),
    path(ONE, visits.VisitPage.as_view(), name="visit"),
    path(f"{ONE}record/", visits.RecordPlanned.as_view(), name="visit-planned-record"),
    path(f"{ONE}change/", visits.MoveVisit.as_view(), name="visit-move"),
    path(f"{ONE}cancel/", visits.CancelVisit.as_view(), name="visit-cancel"),
    path(f"{ONE}correct/", visits.CorrectVisit.as_view(), name="visit-correct"),
    path(f"{ONE}calendar/", visit_papers.VisitCalendar.as_view(), name="visit-calendar"),
]
