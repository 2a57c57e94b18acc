"""What disclosure goes by changes from a day on, by a force's administrators; what held before stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from audit.models import Event
from disclosure.choices.grounds import Law
from disclosure.models import Ground, SmallNumber, StandardText
from disclosure.reports.practice import grounds_on, least_on, text_on
from disclosure.rules.freedom import RIGHTS, STANDARD
from disclosure.services.practice import change_ground, change_small_number, change_text, end_ground, end_text
from tests.factories import make_agency, make_user
from tests.safety.expectations import PAGES, Perm

pytestmark = pytest.mark.django_db
TODAY = localdate()
LATER = TODAY + timedelta(days=10)
EVE = LATER - timedelta(days=1)
FROM = {"starts_on": LATER, "reason": "Policy 12"}
WORDED = {"name": "Cost", "section": "Section 12", "explains": "Too dear.", "told_as": "", "needs_test": True, "source": "Policy 12"}


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR)


def cost() -> Ground:
    """The limit of cost as it holds today."""
    return Ground.objects.on(TODAY).get(law="freedom", code="cost")


def test_every_reply_has_its_words_and_every_exemption_says_whether_the_public_interest_is_weighed():
    assert all(text_on(code, TODAY) for code in (*STANDARD.values(), RIGHTS))
    tests = {each.code: each.needs_test for each in grounds_on(Law.FREEDOM, TODAY)}
    assert (len(tests), tests["law_enforcement"], tests["personal"]) == (15, True, False)
    assert least_on(TODAY) == 5


def test_each_changes_from_its_day_on_and_the_past_stays(admin):
    number, text = SmallNumber.objects.get(), StandardText.objects.get(code=RIGHTS)
    change_ground(actor=admin, ground=cost(), **WORDED, **FROM)
    change_text(actor=admin, text=text, name="Rights", words="Write to us.", source="Policy 12", **FROM)
    change_small_number(actor=admin, number=number, least=10, source="Policy 12", **FROM)
    days = {day: (grounds_on(Law.FREEDOM, day).get(code="cost").name, text_on(RIGHTS, day), least_on(day)) for day in (EVE, LATER)}
    assert days == {EVE: (cost().name, text.text, 5), LATER: ("Cost", "Write to us.", 10)}
    assert Event.objects.filter(reason="Policy 12").count() == 3
    with pytest.raises(StaleRecord):
        change_ground(actor=admin, ground=cost(), **WORDED, **FROM)


def test_what_is_ended_is_offered_no_more(admin):
    end_ground(actor=admin, ground=cost(), **FROM)
    end_text(actor=admin, text=StandardText.objects.get(code=RIGHTS), **FROM)
    assert ("cost" in {each.code for each in grounds_on(Law.FREEDOM, EVE)}, bool(text_on(RIGHTS, EVE))) == (True, True)
    assert ("cost" in {each.code for each in grounds_on(Law.FREEDOM, LATER)}, text_on(RIGHTS, LATER)) == (False, "")


def test_nothing_is_emptied_and_nobody_else_changes_it(admin):
    for act in (
        lambda: change_ground(actor=admin, ground=cost(), **WORDED | {"explains": " "}, **FROM),
        lambda: change_text(actor=admin, text=StandardText.objects.get(code=RIGHTS), name="x", words=" ", source="x", **FROM),
        lambda: change_small_number(actor=admin, number=SmallNumber.objects.get(), least=0, source="x", **FROM),
    ):
        with pytest.raises(DomainError, match="Enter"):
            act()
    for outsider in (make_user(Role.ADMINISTRATOR, organisation=make_agency()), make_user(Role.INFORMATION_GOVERNANCE)):
        with pytest.raises(NotPermitted):
            end_ground(actor=outsider, ground=cost(), **FROM)
        with pytest.raises(NotPermitted):
            end_text(actor=outsider, text=StandardText.objects.get(code=RIGHTS), **FROM)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_changes(client, role):
    client.force_login(make_user(role))
    keys = {"ground": cost().pk, "text": StandardText.objects.get(code=RIGHTS).pk}
    changing = [reverse(f"disclosure:{what}-{act}", args=[key]) for what, key in keys.items() for act in ("change", "end")]
    changing.append(reverse("disclosure:small-number-change", args=[SmallNumber.objects.get().pk]))
    read = client.get(reverse("disclosure:practice"))
    assert read.status_code == (200 if role in PAGES[Perm.VIEW_RULES] else 403)
    changes = role in PAGES[Perm.CHANGE_RULES]
    assert {client.get(page).status_code for page in changing} == {200 if changes else 403}
    assert [page in read.content.decode() for page in changing] == [changes] * 5


def test_pages_change_what_counts_from_a_day(client, admin):
    client.force_login(admin)
    day = {"starts_on_day": LATER.day, "starts_on_month": LATER.month, "starts_on_year": LATER.year, "reason": "x", "source": "Policy 12"}
    ground = cost()
    assert client.post(reverse("disclosure:ground-change", args=[ground.pk]), WORDED | day).status_code == 302
    assert Ground.objects.on(LATER).get(code="cost").needs_test is True
    text = StandardText.objects.get(code="freedom-neither")
    page = reverse("disclosure:text-change", args=[text.pk])
    assert client.get(page).context["form"]["words"].value() == text.text
    assert client.post(page, {"name": "Neither", "words": "We say neither.", **day}).status_code == 302
    number = reverse("disclosure:small-number-change", args=[SmallNumber.objects.get().pk])
    assert client.post(number, {"least": 0, **day}).status_code == 422
    shown = client.get(reverse("disclosure:practice")).content.decode()
    assert "We say neither." in shown
    assert text.text[:40] in shown
    assert client.post(reverse("disclosure:ground-end", args=[ground.pk]), day).status_code == 409
