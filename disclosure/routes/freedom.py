"""Addresses of pages: requests for information of the force."""

from django.urls import URLPattern, path

from disclosure.views import freedom, freedom_replies

ALL, ONE = "freedom-requests", "freedom-requests/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", freedom.FreedomList.as_view(), name="freedom-list"),
    path(f"{ALL}/take/", freedom.TakeRequest.as_view(), name="freedom-take"),
    path(f"{ONE}/", freedom.FreedomPage.as_view(), name="freedom"),
    path(f"{ONE}/concerns/", freedom.SortRequest.as_view(), name="freedom-sort"),
    path(f"{ONE}/concerns/agree/", freedom.AgreeNo.as_view(), name="freedom-agree-no"),
    path(f"{ONE}/refer/", freedom.ReferRequest.as_view(), name="freedom-refer"),
    path(f"{ONE}/advice/", freedom.RecordAdvice.as_view(), name="freedom-advice"),
    path(f"{ONE}/advice/agree/", freedom.AgreeDeparture.as_view(), name="freedom-agree-departure"),
    path(f"{ONE}/ask-back/", freedom.AskBack.as_view(), name="freedom-ask-back"),
    path(f"{ONE}/hear-back/", freedom.HearBack.as_view(), name="freedom-hear-back"),
    path(f"{ONE}/more-time/", freedom.GiveTimeToWeigh.as_view(), name="freedom-more-time"),
    path(f"{ONE}/press/tell/", freedom.TellPressOffice.as_view(), name="freedom-tell-press"),
    path(f"{ONE}/press/", freedom.NoteAsPressOffice.as_view(), name="freedom-press"),
    path(f"{ONE}/reply/", freedom_replies.WriteReply.as_view(), name="freedom-reply"),
    path(f"{ONE}/reply/figures/", freedom_replies.AddFigures.as_view(), name="freedom-figures"),
    path(f"{ONE}/reply/figures/remove/", freedom_replies.RemoveFigures.as_view(), name="freedom-figures-remove"),
    path(f"{ONE}/reply/approve/", freedom_replies.ApproveReply.as_view(), name="freedom-approve"),
    path(f"{ONE}/reply/send/", freedom_replies.SendReply.as_view(), name="freedom-send"),
    path(f"{ONE}/replies/<int:number>/letter/", freedom_replies.PrintLetter.as_view(), name="freedom-letter"),
    path(f"{ONE}/review/", freedom_replies.AskReview.as_view(), name="freedom-review"),
    path(f"{ONE}/review/decide/", freedom_replies.DecideReview.as_view(), name="freedom-review-decide"),
    path(f"{ONE}/withdraw/", freedom.WithdrawRequest.as_view(), name="freedom-withdraw"),
]
