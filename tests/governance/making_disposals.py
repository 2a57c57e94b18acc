"""Records that are taken away as a disposal does it, where a test is about what stays."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from governance.models import Disposal
from offenders.models import Nominal


def take_away(nominal: Nominal) -> None:
    """Remove a record under a certificate, as an operator does after a restore."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        certificate = Disposal.objects.create(
            references=[nominal.reference], keys=[nominal.pk], force_id=nominal.force_id, unit_id=nominal.unit_id, done_at=now(),
            is_reapplied=True,
        )  # fmt: skip
        nominal.delete()
        Disposal.objects.filter(pk=certificate.pk).update(transaction=None)
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
