"""Which documents may leave, and how lists fetch the newest file of each."""

from __future__ import annotations

from typing import Self

from django.db.models import Prefetch

from offenders.querysets import PartQuerySet, rows


class DocumentQuerySet(PartQuerySet):
    """Papers about nominals."""

    def exportable(self) -> Self:
        """Leave out what may never be part of a disclosure, a bundle or a share."""
        return self.filter(is_privileged=False, withdrawn_at__isnull=True)

    def with_files(self) -> Self:
        """Fetch each document's files, newest first, and who added them."""
        files = rows("DocumentFile").select_related("added_by").order_by("-number")
        return self.select_related("added_by", "withdrawn_by").prefetch_related(Prefetch("files", files, to_attr="versions"))
