"""Addresses of pages: agreements with agencies."""

from django.urls import URLPattern, path

from sharing.views import agreements

ALL, ONE = "agreements", "agreements/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", agreements.AgreementList.as_view(), name="agreement-list"),
    path(f"{ALL}/add/", agreements.AddAgreement.as_view(), name="agreement-add"),
    path(f"{ONE}/", agreements.AgreementPage.as_view(), name="agreement"),
    path(f"{ONE}/change/", agreements.ChangeAgreement.as_view(), name="agreement-change"),
    path(f"{ONE}/review/", agreements.ReviewAgreement.as_view(), name="agreement-review"),
    path(f"{ONE}/suspend/", agreements.SuspendAgreement.as_view(), name="agreement-suspend"),
    path(f"{ONE}/resume/", agreements.ResumeAgreement.as_view(), name="agreement-resume"),
    path(f"{ONE}/end/", agreements.EndAgreement.as_view(), name="agreement-end"),
    path(f"{ONE}/contacts/add/", agreements.AddContact.as_view(), name="agreement-contact-add"),
    path(f"{ONE}/contacts/<int:key>/end/", agreements.EndContact.as_view(), name="agreement-contact-end"),
]
