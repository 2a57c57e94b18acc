"""Addresses of the pages of records, the card, and notices."""

from django.urls import URLPattern, path

from offenders.views import actions, card, identity, notices, operational, photographs, records

ONE = "nominals/<reference:reference>/"

urlpatterns: list[URLPattern] = [
    path("nominals/", records.NominalList.as_view(), name="nominal-list"),
    path("nominals/new/", records.NominalNew.as_view(), name="nominal-new"),
    path("notices/", notices.NoticeList.as_view(), name="notice-list"),
    path("notices/<uuid:public_id>/", notices.NoticePage.as_view(), name="notice"),
    path(ONE, records.NominalOverview.as_view(), name="nominal"),
    path(f"{ONE}card/", card.CardPage.as_view(), name="card"),
    path(f"{ONE}card/print/", card.PrintCard.as_view(), name="card-print"),
    path(f"{ONE}card/check/", records.CheckCard.as_view(), name="card-check"),
    path(f"{ONE}came-to-notice/", notices.TellManager.as_view(), name="tell-manager"),
    path(f"{ONE}photographs/<int:pk>/", photographs.PhotographFile.as_view(), name="photograph"),
    path(f"{ONE}facts/", operational.ChangeFacts.as_view(), name="facts-change"),
    path(f"{ONE}risk/", operational.ChangeRisk.as_view(), name="risk-change"),
    path(f"{ONE}mappa/", operational.RiskAndMappa.as_view(), name="mappa"),
    path(f"{ONE}mappa/change/", operational.ChangeMappa.as_view(), name="mappa-change"),
    path(f"{ONE}warnings/", operational.Warnings.as_view(), name="warnings"),
    path(f"{ONE}warnings/add/", operational.AddWarning.as_view(), name="warning-add"),
    path(f"{ONE}warnings/<int:pk>/end/", operational.EndWarning.as_view(), name="warning-end"),
    path(f"{ONE}conditions/", operational.Conditions.as_view(), name="conditions"),
    path(f"{ONE}conditions/add/", operational.AddCondition.as_view(), name="condition-add"),
    path(f"{ONE}conditions/<int:pk>/end/", operational.EndCondition.as_view(), name="condition-end"),
    path(f"{ONE}identity/", identity.IdentityPage.as_view(), name="identity"),
    path(f"{ONE}identity/description/", identity.ChangeDescription.as_view(), name="description-change"),
    path(f"{ONE}identity/<str:kind>/add/", identity.AddIdentity.as_view(), name="identity-add"),
    path(f"{ONE}identity/<str:kind>/<int:pk>/remove/", identity.RemoveIdentity.as_view(), name="identity-remove"),
    path(f"{ONE}actions/", actions.RecordActions.as_view(), name="actions"),
    path(f"{ONE}actions/add/", actions.RaiseAction.as_view(), name="action-add"),
    path(f"{ONE}allocate/", records.AllocateNominal.as_view(), name="allocate"),
    path(f"{ONE}restrict/", records.RestrictNominal.as_view(), name="restrict"),
]
