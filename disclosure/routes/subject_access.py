"""Addresses of pages: requests for one's own data."""

from django.urls import URLPattern, path

from disclosure.views import subject_access as views
from disclosure.views import subject_access_corrections as corrections
from disclosure.views import subject_access_items as items

LIST, ONE = "subject-requests", "subject-requests/<uuid:public_id>"
ITEM, CORRECTION = f"{ONE}/items/<uuid:item>", f"{ONE}/disputed/<uuid:item>"

urlpatterns: list[URLPattern] = [
    path(f"{LIST}/", views.SubjectList.as_view(), name="subject-list"),
    path(f"{LIST}/take/", views.TakeSubjectRequest.as_view(), name="subject-take"),
    path(f"{ONE}/", views.SubjectPage.as_view(), name="subject"),
    path(f"{ONE}/identity/", views.ProveIdentity.as_view(), name="subject-identity"),
    path(f"{ONE}/unit/", views.AskUnit.as_view(), name="subject-unit"),
    path(f"{ONE}/officer/", views.GiveRequest.as_view(), name="subject-officer"),
    path(f"{ONE}/record/", views.LinkRecord.as_view(), name="subject-record"),
    path(f"{ONE}/nothing/", views.FindNothing.as_view(), name="subject-nothing"),
    path(f"{ONE}/pause/", views.PauseClock.as_view(), name="subject-pause"),
    path(f"{ONE}/go-on/", views.GoOn.as_view(), name="subject-go-on"),
    path(f"{ONE}/extend/", views.ExtendTime.as_view(), name="subject-extend"),
    path(f"{ONE}/refuse/", views.Refuse.as_view(), name="subject-refuse"),
    path(f"{ONE}/withdraw/", views.Withdraw.as_view(), name="subject-withdraw"),
    path(f"{ONE}/collecting/", items.Collecting.as_view(), name="subject-collecting"),
    path(f"{ONE}/collect/", items.Collect.as_view(), name="subject-collect"),
    path(f"{ONE}/leave-out/", items.LeaveOut.as_view(), name="subject-leave-out"),
    path(f"{ONE}/workbench/<str:source>/", items.Workbench.as_view(), name="subject-workbench"),
    path(f"{ONE}/keep/<str:source>/", items.KeepPlain.as_view(), name="subject-keep"),
    path(f"{ONE}/second/", items.SecondReading.as_view(), name="subject-second"),
    path(f"{ITEM}/read/", items.ReadItem.as_view(), name="subject-read"),
    path(f"{ITEM}/return/", items.ReturnItem.as_view(), name="subject-return"),
    path(f"{ONE}/dispute/", corrections.Dispute.as_view(), name="subject-dispute"),
    path(f"{CORRECTION}/decide/", corrections.DecideCorrection.as_view(), name="subject-correction"),
    path(f"{CORRECTION}/done/", corrections.FinishCorrection.as_view(), name="subject-correction-done"),
    path(f"{ONE}/seal/", views.Seal.as_view(), name="subject-seal"),
    path(f"{ONE}/undo-seal/", views.UndoSeal.as_view(), name="subject-undo-seal"),
    path(f"{ONE}/paper/", views.Paper.as_view(), name="subject-paper"),
    path(f"{ONE}/hand-over/", views.HandOver.as_view(), name="subject-hand-over"),
]
