"""The picture itself, for whoever may read the card."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import get_or_404
from offenders.models import Photograph
from offenders.views.base import NominalEdge


class PhotographFile(NominalEdge):
    """Sends the file through the access rule; the web server never serves the folder."""

    unhindered = True  # pages fetch it by themselves
    permission = Perm.VIEW_CARD

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Send one picture and record that it was seen."""
        row = get_or_404(Photograph.objects.for_user(request.user).filter(nominal=self.nominal), pk=kwargs["pk"])
        try:
            file = row.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        record_read(Verb.VIEWED, row, page="PhotographFile")
        return FileResponse(file, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})
