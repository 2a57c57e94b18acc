"""Pages of clock rules and bank holidays: all police read, a force's administrators change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from actions.models import BankHoliday, ClockRule
from tests.factories import make_user
from tests.safety.expectations import PAGES, Perm

pytestmark = pytest.mark.django_db
READERS, CHANGERS = PAGES[Perm.VIEW_RULES], PAGES[Perm.CHANGE_RULES]
RULE, CHANGE = "/rules/of/approval/", "/rules/of/approval/change/"


@pytest.fixture
def admin(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def latest():
    return ClockRule.objects.filter(code="approval").order_by("-period").first()


def change(**values):
    day = values.pop("day", localdate() + timedelta(days=10))
    data = {"quantity": 3, "unit": "working_days", "warn_days": 2, "escalate_days": "0, 4", "source": "Policy", "reason": "Quicker"}
    return data | {"latest": latest().pk, "starts_on_day": day.day, "starts_on_month": day.month, "starts_on_year": day.year} | values


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_changes(client, role):
    client.force_login(make_user(role))
    holiday = BankHoliday.objects.filter(day__gt=localdate()).first()
    rule = latest()
    assert client.get(RULE).status_code == (200 if role in READERS else 403)
    assert client.get(CHANGE).status_code == (200 if role in CHANGERS else 403)
    assert client.get(reverse("actions:holiday-remove", args=[holiday.pk])).status_code == (200 if role in CHANGERS else 403)
    assert client.get(reverse("actions:rule-withdraw", args=[rule.public_id])).status_code == (200 if role in CHANGERS else 403)
    assert client.post(reverse("actions:rule-confirm", args=[rule.public_id])).status_code == (302 if role in CHANGERS else 403)
    assert ("New version" in client.get(RULE).content.decode()) is (role in CHANGERS)


def test_an_agencys_administrator_reads_and_changes_nothing(client):
    client.force_login(make_user(Role.ADMINISTRATOR, organisation=make_user(Role.PARTNER).organisation))
    assert "New version" not in client.get(RULE).content.decode()
    assert client.get(CHANGE).status_code == 404
    assert "Add a bank holiday" not in client.get("/rules/bank-holidays/").content.decode()
    day = {"nation": "ENG", "name": "x", "source": "x", "day_day": 5, "day_month": 5, "day_year": 2027}
    assert client.post("/rules/bank-holidays/add/", day).status_code == 403


def test_the_list_names_what_is_to_be_confirmed_and_what_comes(client, admin):
    page = client.get("/rules/").content.decode()
    assert "Approval by a supervisor" in page
    assert "To be confirmed by the force" in page
    assert client.post(CHANGE, change()).status_code == 302
    assert "3 working days" in client.get("/rules/").content.decode()


def test_a_new_version_is_set_and_withdrawn(client, admin):
    assert client.post(CHANGE, change(counts_for_running="on")).status_code == 302
    new = latest()
    assert (new.quantity, new.warn_days, new.escalate_days, new.counts_for_running) == (3, 2, [0, 4], True)
    page = client.get(RULE).content.decode()
    assert "and clocks that ran already" in page
    assert "Withdraw the latest version" in page
    client.post(reverse("actions:rule-withdraw", args=[new.public_id]), {"reason": "A slip"})
    assert latest().quantity == 5
    assert latest().period.upper is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quantity": 0}, "greater than or equal to 1"),
        ({"escalate_days": "7, 0"}, "the smallest first"),
        ({"escalate_days": "soon"}, "whole numbers with commas"),
        ({"escalate_days": "1,2,3,4,5,6"}, "up to 5"),
        ({"reason": ""}, "Enter why it changes"),
        ({"day": date(1990, 1, 1)}, "Choose a later day"),
    ],
)
def test_wrong_versions_say_what_to_do(client, admin, values, words):
    answer = client.post(CHANGE, change(**values))
    assert answer.status_code in {409, 422}
    assert words in answer.content.decode()


def test_the_second_of_two_administrators_is_told(client, admin):
    seen = change()
    client.post(CHANGE, change())
    answer = client.post(CHANGE, seen | {"starts_on_year": 2030})
    assert answer.status_code == 409
    assert "Somebody else changed this rule" in answer.content.decode()


def test_confirming_says_so_once(client, admin):
    address = reverse("actions:rule-confirm", args=[latest().public_id])
    assert "The rule is confirmed." in client.post(address, follow=True).content.decode()
    assert "confirmed already" in client.post(address, follow=True).content.decode()


def test_bank_holidays_are_shown_by_nation_added_and_removed(client, admin):
    assert "Andrew" in client.get("/rules/bank-holidays/?nation=SCT").content.decode()
    assert "Andrew" not in client.get("/rules/bank-holidays/?nation=%00").content.decode()
    day = {"nation": "ENG", "name": "Extra day", "source": "Proclamation", "day_day": 5, "day_month": 5, "day_year": 2027}
    assert client.post("/rules/bank-holidays/add/", day).status_code == 302
    assert client.post("/rules/bank-holidays/add/", day).status_code == 409
    added = BankHoliday.objects.get(name="Extra day")
    assert "Add a bank holiday" in client.get("/rules/bank-holidays/").content.decode()
    client.post(reverse("actions:holiday-remove", args=[added.pk]), {"reason": "Announced for another day"})
    assert not BankHoliday.objects.filter(name="Extra day").exists()


def test_a_rule_that_is_none_is_not_found(client, admin):
    assert client.get("/rules/of/nothing/").status_code == 404
    assert client.get("/rules/of/nothing/change/").status_code == 404
