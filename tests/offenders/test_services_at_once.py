"""Two people change the same thing at the same moment: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, StaleRecord
from offenders.models import Nominal, Notice, OperationalFacts, RiskPeriod
from offenders.services.notices import answer_notice
from offenders.services.operational import change_facts, set_risk
from offenders.services.records import allocate_nominal
from tests.factories import make_nominal, make_notice, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Start every act at the same moment; return how each ended, in the order of the alphabet."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait(timeout=20)
        try:
            act()
        except DomainError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_hand_overs_leave_one_manager():
    boss = make_user(Role.SUPERVISOR)
    officers = [make_user(unit=boss.unit) for _ in range(3)]
    nominal = make_nominal(offender_manager=officers[0])
    ends = at_once(
        *(
            lambda taker=taker: allocate_nominal(
                actor=boss, nominal=nominal, unit=boss.unit, offender_manager=taker, version=1, reason="Workload"
            )
            for taker in officers[1:]
        )
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert Nominal.objects.get().version == 2


def test_two_levels_of_risk_leave_one():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    ends = at_once(
        *(
            lambda level=level: set_risk(
                actor=officer, nominal=nominal, level=level, at_risk=["public"], reason="Assessment", starts_on=localdate(), version=1
            )
            for level in (1, 4)
        )
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert RiskPeriod.objects.count() == 2


def test_two_first_cards_leave_one():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    OperationalFacts.objects.all().delete()
    ends = at_once(
        *(
            lambda line=line: change_facts(actor=officer, nominal=nominal, version=0, on_encounter=line)
            for line in ("Call the DI.", "Double-crew.")
        )
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert OperationalFacts.objects.get().version == 1


def test_two_answers_leave_one():
    officer = make_user()
    notice = make_notice(nominal=make_nominal(offender_manager=officer))
    ends = at_once(*(lambda answer=answer: answer_notice(actor=officer, notice=notice, answer=answer) for answer in ("Visited", "Known")))
    assert ends == [StaleRecord.__name__, "done"]
    assert Notice.objects.get().answered_by == officer
