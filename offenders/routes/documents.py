"""Addresses of pages: documents."""
from django.urls import URLPattern, path

from offenders.views import documents

DOCUMENTS = "nominals/<reference:reference>/documents"
ONE = f"{DOCUMENTS}/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{DOCUMENTS}/", documents.DocumentList.as_view(), name="document-list"),
    path(f"{DOCUMENTS}/add/", documents.AddDocument.as_view(), name="document-add"),
    path(f"{ONE}/", documents.DocumentPage.as_view(), name="document"),
    path(f"{ONE}/change/", documents.ChangeDocument.as_view(), name="document-change"),
    path(f"{ONE}/withdraw/", documents.WithdrawDocument.as_view(), name="document-withdraw"),
    path(f"{ONE}/versions/add/", documents.AddVersion.as_view(), name="document-version-add"),
    path(f"{DOCUMENTS}/files/<uuid:public_id>/download/", documents.DownloadFile.as_view(), name="document-download"),
    path(f"{DOCUMENTS}/files/<uuid:public_id>/picture/", documents.PreviewPicture.as_view(), name="document-picture"),
    path(f"{DOCUMENTS}/files/<uuid:public_id>/page/", documents.PreviewPage.as_view(), name="document-page"),
]
