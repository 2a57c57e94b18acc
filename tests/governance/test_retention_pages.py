"""Pages of retention: the work list, a record's page, its forms, and certificates."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.choices import Role
from accounts.models import User
from audit.models import Event
from governance.choices.retention import Criterion
from governance.models import Disposal, LegalHold, RetentionReview, RetentionRule
from offenders.models import Nominal
from tests.factories import make_unit, make_user
from tests.governance.making_retention import make_decided, make_hold, make_keeper, make_old_record, make_review, rule_of

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """A browser of this user."""
    client = Client()
    client.force_login(user)
    return client


def dispose_by_page(nominal: Nominal, keeper: User) -> Disposal:
    """Carry out a decided disposal on its page."""
    review = make_decided(nominal=nominal)
    address = reverse("governance:retention-dispose", args=[nominal.reference, review.public_id])
    answer = signed_in(keeper).post(address, {"version": 1, "confirmation": nominal.reference})
    disposal = Disposal.objects.get()
    assert answer["Location"] == reverse("governance:disposal", args=[disposal.public_id])
    return disposal


def test_the_record_page_says_group_days_holds_and_what_stands_in_the_way() -> None:
    nominal = make_old_record()
    make_hold(nominal=nominal)
    make_review(nominal=nominal)

    page = signed_in(make_keeper(nominal.force)).get(reverse("governance:retention", args=[nominal.reference])).content.decode()

    for words in ("Group 1: public protection", "MAPPA, category 2", "4 May 2020", "A complaint is open.", "must lift it first"):
        assert words in page
    assert reverse("governance:retention-propose", args=[nominal.reference, RetentionReview.objects.get().public_id]) in page


@pytest.mark.parametrize(("show", "is_shown"), [("due", True), ("approval", False), ("held", True), ("overdue", False), ("nothing", True)])
def test_the_work_list_shows_what_waits(show: str, is_shown: bool) -> None:
    nominal = make_old_record()
    make_hold(nominal=nominal)
    make_review(nominal=nominal)

    answer = signed_in(make_keeper(nominal.force)).get(reverse("governance:retention-list"), {"show": show})

    assert (nominal.reference in answer.content.decode()) is is_shown


def test_the_list_of_another_force_is_empty() -> None:
    make_review(nominal=make_old_record())

    answer = signed_in(make_keeper(make_unit().organisation)).get(reverse("governance:retention-list"))

    assert "Nothing stands here" in answer.content.decode()


def test_nothing_is_chosen_before_and_what_was_typed_stays() -> None:
    nominal = make_old_record()
    review, client = make_review(nominal=nominal), signed_in(make_keeper(nominal.force))
    address = reverse("governance:retention-propose", args=[nominal.reference, review.public_id])
    assert "checked" not in client.get(address).content.decode()
    data: dict[str, Any] = {each.value: "no" for each in Criterion} | {f"{each.value}_reason": "Nothing says so." for each in Criterion}
    data |= {"version": 1, "decision": "keep", "reason": "It may be of use."}

    refused = client.post(address, data | {"harm": "yes"})
    assert refused.status_code == 409
    assert "It may be of use." in refused.content.decode()
    stored = client.post(address, data | {"decision": "dispose"})

    assert stored.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.decision, review.answers.count()) == ("proposed", "dispose", 5)


def test_the_old_address_of_a_record_that_is_gone_is_that_of_a_missing_one() -> None:
    nominal = make_old_record()
    keeper, auditor = make_keeper(nominal.force), make_user(Role.AUDITOR, organisation=nominal.force, unit=None)
    disposal = dispose_by_page(nominal, keeper)

    for user in (keeper, nominal.offender_manager, auditor):
        gone = signed_in(user).get(reverse("offenders:nominal", args=[nominal.reference]))
        missing = signed_in(user).get(reverse("offenders:nominal", args=["V-999999"]))
        assert gone.status_code == missing.status_code
    assert signed_in(keeper).get(reverse("governance:retention", args=[nominal.reference])).status_code == 404
    page = signed_in(auditor).get(reverse("governance:disposal", args=[disposal.public_id])).content.decode()
    assert nominal.reference in page
    assert disposal.decided_by.display_name in page
    assert Event.objects.filter(subject_type="governance.disposal", detail__page="DisposalPage").exists()


def test_the_certificate_is_a_paper_too() -> None:
    nominal = make_old_record()
    keeper = make_keeper(nominal.force)
    disposal = dispose_by_page(nominal, keeper)

    answer = signed_in(keeper).post(reverse("governance:disposal-paper", args=[disposal.public_id]))

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert nominal.reference in text
    assert "Sample" not in text
    assert Event.objects.filter(verb="printed", subject_id=disposal.pk).exists()


@pytest.mark.parametrize(
    ("role", "is_own_force", "status"),
    [
        (Role.AUDITOR, True, 200),
        (Role.AUDITOR, False, 404),
        (Role.INFORMATION_GOVERNANCE, False, 404),
        (Role.OFFENDER_MANAGER, True, 403),
        (Role.CONTROL_ROOM, True, 403),
        (Role.ADMINISTRATOR, True, 403),
    ],
)
def test_who_sees_a_certificate(role: Role, is_own_force: bool, status: int) -> None:
    nominal = make_old_record()
    disposal = dispose_by_page(nominal, make_keeper(nominal.force))
    client = signed_in(make_user(role, unit=make_unit(organisation=nominal.force) if is_own_force else make_unit()))

    assert client.get(reverse("governance:disposal", args=[disposal.public_id])).status_code == status
    assert client.post(reverse("governance:disposal-paper", args=[disposal.public_id])).status_code == status
    listed = client.get(reverse("governance:disposal-list"))
    assert (listed.status_code, nominal.reference in listed.content.decode()) == (403 if status == 403 else 200, status == 200)


def test_holds_are_placed_and_lifted_on_pages() -> None:
    nominal = make_old_record()
    day = {"review_on_day": "1", "review_on_month": "1", "review_on_year": "2099"}
    placed = signed_in(make_keeper(nominal.force)).post(
        reverse("governance:retention-hold", args=[nominal.reference]), {"kind": "inquiry", "reason": "An inquest is open.", **day}
    )
    assert placed.status_code == 302
    hold = LegalHold.objects.get()
    lifted = signed_in(make_keeper(nominal.force)).post(
        reverse("governance:retention-lift", args=[nominal.reference, hold.public_id]), {"version": 1, "reason": "It is closed now."}
    )

    assert lifted.status_code == 302
    hold.refresh_from_db()
    assert not hold.is_live


def test_administrators_change_rules_and_others_read_them() -> None:
    rule = rule_of(3)
    address = reverse("governance:retention-rule-change", args=[rule.pk])
    data = {"covers": rule.covers, "first_years": 8, "later_years": 5, "needs_clear": "on", "until_age": "", "source": "Policy 7",
            "starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2099", "reason": "Policy changed"}  # fmt: skip

    assert signed_in(make_user(Role.SUPERVISOR)).post(address, data).status_code == 403
    assert signed_in(make_user(Role.ADMINISTRATOR)).post(address, data).status_code == 302

    assert RetentionRule.objects.filter(group=3).count() == 2
    page = signed_in(make_user(Role.SUPERVISOR)).get(reverse("governance:retention-rules")).content.decode()
    assert "8 clear years" in page
    assert "retention/rules/" not in page
