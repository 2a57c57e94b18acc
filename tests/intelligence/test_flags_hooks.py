"""What officers record, and what the calendar makes happen, is noted for flags: once, with who did it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from actions.choices import Happening
from actions.models import Occurrence
from intelligence.choices.checks import CheckResult
from intelligence.services.checks import record_check
from offenders.choices import RiskLevel
from offenders.choices.custody import CustodyKind
from offenders.choices.visits import VisitState
from offenders.models import Address, Nominal
from offenders.services.case_file import add_entry, end_entry
from offenders.services.custody import record_custody, record_release
from offenders.services.happenings import note_what_is_due
from offenders.services.notices import tell_manager
from offenders.services.operational import set_mappa, set_risk
from offenders.services.orders import add_order
from offenders.services.visits import record_visit
from tests.factories import make_nominal, make_user
from tests.intelligence.making_checks import make_source
from tests.offenders.making_registration import make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal() -> Nominal:
    """A record with a high level of risk."""
    return make_nominal()


def noted() -> list[tuple[str, int | None]]:
    """What was noted, and who did it."""
    return list(Occurrence.objects.order_by("pk").values_list("kind", "raised_by"))


@pytest.mark.parametrize("kind", [Happening.CAME_TO_NOTICE, Happening.STOP_CHECK])
def test_news_from_the_street(nominal, kind):
    officer = make_user(unit=nominal.unit)

    notice = tell_manager(actor=officer, nominal=nominal, what_happened="Seen at the pool", kind=kind)

    occurrence = Occurrence.objects.get()
    assert (occurrence.kind, occurrence.nominal, occurrence.raised_by, occurrence.subject_id) == (kind, nominal.pk, officer, notice.pk)


def test_custody_and_release(nominal):
    actor, today = nominal.offender_manager, localdate()
    custody = record_custody(
        actor=actor, nominal=nominal, kind=CustodyKind.SENTENCE, establishment="HMP Example", starts_on=today - timedelta(days=9)
    )

    record_release(actor=actor, custody=custody, released_on=today)

    assert noted() == [(Happening.CUSTODY, actor.pk), (Happening.RELEASE, actor.pk)]


def test_address_that_begins_and_ends(nominal):
    actor, today = nominal.offender_manager, localdate()
    place = {"kind": "stays", "line_1": "4 Quay Road", "town": "Northport", "postcode": "NM1 2AB"}
    address = add_entry(actor=actor, nominal=nominal, model=Address, starts_on=today - timedelta(days=5), **place)

    end_entry(actor=actor, entry=address, ends_on=today, reason="Left")

    assert noted() == [(Happening.ADDRESS_CHANGE, actor.pk)] * 2


def test_visit_that_found_nobody_and_one_that_did(nominal):
    actor, moment = nominal.offender_manager, now() - timedelta(hours=1)
    tomorrow = {"next_at": now() + timedelta(days=1)}
    visits = ((VisitState.NO_REPLY, moment, tomorrow), (VisitState.DONE, now(), {"seen": "Alone", "risk": "unchanged"}))
    for state, at, words in visits:
        record_visit(actor=actor, nominal=nominal, state=state, happened_at=at, officer=actor, lone_reason="Short notice", **words)

    assert noted() == [(Happening.MISSED_VISIT, actor.pk)]


def test_level_that_changes_and_one_that_is_said_again(nominal):
    actor, today = nominal.offender_manager, localdate()
    for level in (RiskLevel.HIGH, RiskLevel.VERY_HIGH):
        set_risk(actor=actor, nominal=nominal, level=level, at_risk=["children"], reason="Assessed", starts_on=today)
    for level in (1, 2):
        set_mappa(actor=actor, nominal=nominal, category=1, level=level, reason="Screened", starts_on=today)

    assert noted() == [(Happening.LEVEL_CHANGE, actor.pk)] * 2


@pytest.mark.parametrize(("result", "expected"), [(CheckResult.TRACE, 1), (CheckResult.POSSIBLE, 1), (CheckResult.NO_TRACE, 0)])
def test_system_check_with_a_trace(nominal, result, expected):
    record_check(actor=nominal.offender_manager, nominal=nominal, source=make_source(), result=result, checked_on=localdate())

    assert [kind for kind, _ in noted()] == [Happening.CHECK_HIT] * expected


def test_duty_whose_last_day_has_passed_is_noted_once(nominal):
    today = localdate()
    late = make_duty(nominal=nominal, starts_on=today - timedelta(days=9), due_on=today - timedelta(days=1))
    make_duty(nominal=nominal, due_on=today)

    assert [note_what_is_due(actor=None, today=today) for _ in range(2)] == [1, 0]
    assert list(Occurrence.objects.values_list("kind", "nominal", "subject_type", "subject_id", "key")) == [
        ("duty-missed", nominal.pk, "offenders.notificationduty", late.pk, f"duty-missed-{late.pk}")
    ]


def test_order_that_ends_soon_is_noted_once_near_its_review(nominal):
    actor, today = nominal.offender_manager, localdate()
    add_order(
        actor=actor, nominal=nominal, kind="sro", court="Northmere Magistrates' Court", made_on=today, starts_on=today,
        ends_on=today + timedelta(days=800),
    )  # fmt: skip

    early, late, again = (note_what_is_due(actor=None, today=today + timedelta(days=days)) for days in (100, 690, 691))

    assert (early, late, again) == (0, 1, 0)
    assert [kind for kind, _ in noted()] == [Happening.ORDER_EXPIRING]
