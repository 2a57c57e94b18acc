"""Plain functions that make reviews, holds and decisions about how long records are kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import Organisation, Unit, User
from governance.models import Disposal, LegalHold, RetentionReview, RetentionRule
from governance.services.disposal import lock_records
from offenders.choices import Registration
from offenders.models import Nominal
from tests.factories import make_birth, make_mappa, make_nominal, make_unit, make_user


def make_keeper(force: Organisation, **values: Any) -> User:
    """Somebody of records management."""
    return make_user(Role.INFORMATION_GOVERNANCE, organisation=force, unit=None, **values)


def make_old_record(unit: Unit | None = None, **values: Any) -> Nominal:
    """A record that may go: the person would be over 100, and nothing holds any more."""
    nominal = make_nominal(unit=unit or make_unit(), registration=Registration.OTHER_MAPPA, **values)
    nominal.mappa_periods.all().delete()
    make_mappa(nominal=nominal, start=date(1990, 1, 1), end=date(1999, 1, 1), category=2)
    make_mappa(nominal=nominal, start=date(1999, 1, 1), category=None, level=None)
    make_birth(nominal=nominal, year=1920, month=5, day=4)
    return nominal


def rule_of(group: int = 1) -> RetentionRule:
    """The rule of a group."""
    return RetentionRule.objects.filter(group=group).order_by("-period")[0]


def make_review(*, nominal: Nominal, **values: Any) -> RetentionReview:
    """A review that waits."""
    return RetentionReview.objects.create(
        **{"nominal": nominal, "due_on": date(2026, 1, 1), "group": 1, "rule": rule_of(), "working": [], **values}
    )


def make_decided(*, nominal: Nominal, days_ago: int = 1, **values: Any) -> RetentionReview:
    """A decision to dispose by two people."""
    at = now() - timedelta(days=days_ago)
    first, second = make_keeper(nominal.force), make_keeper(nominal.force)
    decided = {"state": "approved", "decision": "dispose", "reason": "Nothing speaks for keeping it.", "approval_words": "I agree wholly."}
    people = {"proposed_by": first, "proposed_at": at, "approved_by": second, "approved_at": at}
    return make_review(nominal=nominal, **decided, **people, **values)


def make_hold(*, nominal: Nominal, **values: Any) -> LegalHold:
    """A hold that stands."""
    by = values.pop("placed_by", None) or make_keeper(nominal.force)
    return LegalHold.objects.create(
        **{
            "nominal": nominal,
            "kind": "complaint",
            "reason": "A complaint is open.",
            "review_on": date(2099, 1, 1),
            "placed_by": by,
            **values,
        }
    )


def make_certificate(*, review: RetentionReview, **values: Any) -> Disposal:
    """The certificate that opens a disposal."""
    records = lock_records(review.nominal)
    return Disposal.objects.create(
        **{
            "references": [record.reference for record in records], "keys": [record.pk for record in records],
            "force": review.nominal.force, "unit": review.nominal.unit, "group": review.group, "rule": review.rule,
            "decided_by": review.proposed_by, "decided_at": review.proposed_at, "approved_by": review.approved_by,
            "approved_at": review.approved_at, "done_by": review.proposed_by, "done_at": now(), **values,
        }
    )  # fmt: skip
