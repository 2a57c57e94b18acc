"""Flags and occurrences for tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import now

from accounts.models import User
from actions.choices import Happening
from actions.models import Occurrence
from actions.services.occurrences import note_occurrence
from intelligence.choices.flags import Audience, Channel, Urgency
from intelligence.models import FlagSetting, FlagSettingVersion
from offenders.models import Nominal


def make_flag(*, nominal: Nominal, kind: str = Happening.STOP_CHECK, **values: Any) -> FlagSetting:
    """A flag that tells the managing officer of stop checks, in Vigil and at once."""
    defaults = {
        "audience": Audience.MANAGER, "channel": Channel.BROWSER, "urgency": Urgency.AT_ONCE, "review_months": 6, "set_at": now(),
        "set_by": nominal.offender_manager, "review_due_on": date(2099, 1, 1),
    }  # fmt: skip
    setting = FlagSetting.objects.create(nominal=nominal, kind=kind, **{**defaults, **values})
    FlagSettingVersion.objects.create(setting=setting, number=setting.version, by=setting.set_by, reason="Set", snapshot={})
    return setting


def happen(*, nominal: Nominal, kind: str = Happening.STOP_CHECK, actor: User | None = None, at: datetime | None = None) -> Occurrence:
    """A stop check, done by nobody in particular."""
    return note_occurrence(actor=actor, kind=kind, nominal=nominal, at=at, route="offenders:nominal")
