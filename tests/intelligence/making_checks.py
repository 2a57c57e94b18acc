"""Sources and checks for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import now

from accounts.models import User
from intelligence.choices.checks import AdapterKind, CheckResult, CheckState
from intelligence.models import CheckSource, SystemCheck
from offenders.models import Nominal

SINCE = date(2000, 1, 1)


def make_source(code: str = "pnc", **values: Any) -> CheckSource:
    """The source of this code; made where no migration has made it."""
    defaults = {"name": f"System {code}", "adapter": AdapterKind.HTTP_JSON, "needs": ["name", "birth", "pnc"], "is_routine": True}
    source, _ = CheckSource.objects.get_or_create(code=code, defaults={"period": DateRange(SINCE, None), **defaults, **values})
    return source


def make_check(
    *, nominal: Nominal, source: CheckSource | None = None, asked_by: User | None = None, days_ago: float = 1, **values: Any
) -> SystemCheck:
    """A check that found nothing; `state` asked: one without an answer."""
    at = now() - timedelta(days=days_ago)
    answer = {"state": CheckState.ANSWERED, "result": CheckResult.NO_TRACE, "finished_at": at}
    if values.get("state") == CheckState.ASKED:
        answer = {}
    adapter = AdapterKind.HTTP_JSON if values.get("state") else AdapterKind.BY_HAND
    common = {"source": source or make_source(), "asked_by": asked_by or nominal.offender_manager, "asked_at": at, "adapter": adapter}
    return SystemCheck.objects.create(nominal=nominal, **{**common, **answer, **values})
