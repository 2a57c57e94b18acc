"""Addresses of pages: how long records are kept, and disposal."""

from django.urls import URLPattern, path

from governance.views import disposals, retention, unseen

ONE = "nominals/<reference:reference>/retention"
REVIEW = f"{ONE}/reviews/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path("retention/", retention.RetentionList.as_view(), name="retention-list"),
    path("retention/rules/", retention.RuleList.as_view(), name="retention-rules"),
    path("retention/rules/<int:key>/change/", retention.ChangeRule.as_view(), name="retention-rule-change"),
    path("retention/unseen/", unseen.UnseenList.as_view(), name="unseen-list"),
    path("retention/unseen/<uuid:public_id>/approve/", unseen.ApproveUnseen.as_view(), name="unseen-approve"),
    path("retention/unseen/<uuid:public_id>/give-back/", unseen.GiveBackUnseen.as_view(), name="unseen-give-back"),
    path(f"{ONE}/", retention.RetentionPage.as_view(), name="retention"),
    path(f"{ONE}/group/", retention.SetHigherGroup.as_view(), name="retention-group"),
    path(f"{ONE}/review/", retention.AskForReview.as_view(), name="retention-review-now"),
    path(f"{ONE}/hold/", retention.PlaceHold.as_view(), name="retention-hold"),
    path(f"{ONE}/holds/<uuid:public_id>/lift/", retention.LiftHold.as_view(), name="retention-lift"),
    path(f"{REVIEW}/propose/", retention.Propose.as_view(), name="retention-propose"),
    path(f"{REVIEW}/approve/", retention.Approve.as_view(), name="retention-approve"),
    path(f"{REVIEW}/give-back/", retention.GiveBack.as_view(), name="retention-give-back"),
    path(f"{REVIEW}/dispose/", retention.Dispose.as_view(), name="retention-dispose"),
    path("disposals/", disposals.DisposalList.as_view(), name="disposal-list"),
    path("disposals/<uuid:public_id>/", disposals.DisposalPage.as_view(), name="disposal"),
    path("disposals/<uuid:public_id>/paper/", disposals.DisposalPaper.as_view(), name="disposal-paper"),
]
