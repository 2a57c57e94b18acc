"""The database's own rules: nothing leaves without a decision, and what left stays as it was."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from sharing.models import Approval, Release
from tests.factories import make_agency, make_nominal
from tests.sharing.making_decisions import YESTERDAY, make_agreement, make_decision_row, make_release_row

pytestmark = pytest.mark.django_db


def refused(constraint: str, **values) -> None:
    """Try to write a release, which the database refuses by this rule."""
    with pytest.raises(IntegrityError, match=r".") as raised, transaction.atomic():
        make_release_row(**values)
    assert raised.value.__cause__.diag.constraint_name == constraint


def test_release_rests_on_an_approved_decision():
    decision = make_decision_row(nominal=make_nominal())

    assert make_release_row(nominal=decision.nominal, decision=decision).decision == decision


def test_nothing_leaves_when_it_was_decided_not_to_share():
    nominal = make_nominal()

    refused("release_needs_a_decision", nominal=nominal, decision=make_decision_row(nominal=nominal, choice="do_not"))


@pytest.mark.parametrize("state", ["draft", "ended", "submitted"])
def test_nothing_leaves_under_a_decision_in_another_state(state):
    nominal = make_nominal()
    decision = make_decision_row(nominal=nominal)
    decision.state = state
    decision.save()

    refused("release_needs_a_decision", nominal=nominal, decision=decision)


def test_nothing_leaves_once_the_approval_lapsed():
    nominal = make_nominal()
    decision = make_decision_row(nominal=nominal)
    decision.approvals.update(lapsed_at=now())

    refused("release_needs_a_decision", nominal=nominal, decision=decision)


def test_nothing_leaves_under_another_seal():
    nominal = make_nominal()
    decision = make_decision_row(nominal=nominal)

    refused("release_needs_a_decision", nominal=nominal, decision=decision, content_hash="0" * 64)


@pytest.mark.parametrize("over", ["ended", "suspended", "agency closed"])
def test_nothing_goes_online_without_an_agreement_in_force(over):
    nominal = make_nominal()
    agency = make_agency(kind="probation")
    agreement = make_agreement(force=nominal.force, agency=agency)
    decision = make_decision_row(nominal=nominal, agency=agency, agreement=agreement)
    if over == "ended":
        agreement.period = YESTERDAY
    elif over == "suspended":
        agreement.suspended_at, agreement.suspended_by, agreement.suspend_reason = now(), nominal.offender_manager, "A breach"
    else:
        agency.is_active = False
        agency.save()
    agreement.save()

    refused("release_needs_an_agreement", nominal=nominal, decision=decision)


def test_on_paper_an_own_basis_will_do():
    nominal = make_nominal()
    decision = make_decision_row(nominal=nominal, channel="paper", agreement=make_agreement(force=nominal.force, period=YESTERDAY))

    assert make_release_row(nominal=nominal, decision=decision, expires_on=None).channel == "paper"


@pytest.mark.parametrize(
    "values", [{"contents": []}, {"handling": "None"}, {"expires_on": localdate() + timedelta(days=999)}], ids=["text", "handling", "end"]
)
def test_what_left_stays_as_it_was(values):
    release = make_release_row(nominal=make_nominal())

    with pytest.raises(IntegrityError, match="left and stays"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**values)


def test_a_verdict_stays_as_it_was():
    approval = make_release_row(nominal=make_nominal()).approval

    with pytest.raises(IntegrityError, match="left and stays"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(verdict="refused")
