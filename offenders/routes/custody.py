"""Addresses of pages: transfer, licence, recall, telling authorities."""
from django.urls import URLPattern, path

from offenders.views import authorities, custody, transfers

NOMINAL = "nominals/<reference:reference>"
HELD = f"{NOMINAL}/custody"

urlpatterns: list[URLPattern] = [
    path(f"{HELD}/", custody.CustodyPage.as_view(), name="custody"),
    path(f"{HELD}/add/", custody.AddCustody.as_view(), name="custody-add"),
    path(f"{HELD}/<uuid:public_id>/release/", custody.RecordRelease.as_view(), name="custody-release"),
    path(f"{HELD}/licences/add/", custody.AddLicence.as_view(), name="licence-add"),
    path(f"{HELD}/licences/<uuid:public_id>/", custody.ChangeLicence.as_view(), name="licence-change"),
    path(f"{HELD}/recalls/add/", custody.RequestRecall.as_view(), name="recall-add"),
    path(f"{HELD}/recalls/<uuid:public_id>/<slug:step>/", custody.RecallStep.as_view(), name="recall-step"),
    path("on-licence/", custody.OnLicenceList.as_view(), name="on-licence"),
    path(f"{NOMINAL}/transfers/", transfers.TransferPage.as_view(), name="transfers"),
    path(f"{NOMINAL}/transfers/offer/", transfers.OfferTransfer.as_view(), name="transfer-offer"),
    path(f"{NOMINAL}/transfers/<uuid:public_id>/withdraw/", transfers.WithdrawTransfer.as_view(), name="transfer-withdraw"),
    path("offers/", transfers.TransferList.as_view(), name="transfer-list"),
    path("offers/<uuid:public_id>/", transfers.OfferPage.as_view(), name="offer"),
    path("offers/<uuid:public_id>/accept/", transfers.AcceptOffer.as_view(), name="offer-accept"),
    path("offers/<uuid:public_id>/refuse/", transfers.RefuseOffer.as_view(), name="offer-refuse"),
    path(f"{NOMINAL}/authorities/", authorities.AuthoritiesPage.as_view(), name="authorities"),
    path(f"{NOMINAL}/authorities/tell/", authorities.TellAuthority.as_view(), name="authority-tell"),
    path(f"{NOMINAL}/authorities/<uuid:public_id>/answer/", authorities.AnswerOfAuthority.as_view(), name="authority-answer"),
]
