"""Titles of actions and texts of notifications: stored and mailed in English, shown in the reader's language."""

from __future__ import annotations

from html import escape

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, override

from accounts.choices import Role
from actions.models import Action, Notification
from actions.services import tell
from actions.services.mailing import mail_notifications
from actions.templatetags.actions import told
from tests.factories import make_nominal, make_user
from tests.safety.things.actions import make_action

pytestmark = pytest.mark.django_db
TITLE, WELSH_TITLE = "System checks", "Gwiriadau system"


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def in_welsh(client, officer):
    client.force_login(officer)
    client.cookies["vigil-language"] = "cy"
    return client


def shown(client, page, *args):
    return client.get(reverse(page, args=args)).content.decode()


def test_a_title_is_shown_in_welsh_and_kept_in_english(in_welsh, nominal):
    action = make_action(nominal=nominal, title=TITLE)
    for page in (("actions:action-list",), ("actions:action", action.public_id), ("offenders:actions", nominal.reference)):
        assert WELSH_TITLE in shown(in_welsh, *page)
        assert TITLE not in shown(in_welsh, *page)
    assert Action.objects.get().title == TITLE


def test_a_title_that_somebody_wrote_is_shown_as_it_is(in_welsh, nominal):
    title = "Ask <Sam> for 100% & 5%% of it"
    action = make_action(nominal=nominal, title=title)
    in_welsh.force_login(make_user(Role.SUPERVISOR, unit=nominal.unit))
    for page in ("actions:action", "actions:hand-over"):
        assert escape(title) in shown(in_welsh, page, action.public_id)


def test_what_people_are_told_is_shown_in_welsh_and_kept_and_mailed_in_english(in_welsh, officer, nominal):
    make_action(nominal=nominal, title=TITLE)
    tell(actor=None, people=[officer], text="Overdue", nominal=nominal.pk)
    page = shown(in_welsh, "actions:notification-list")
    with override("cy"):
        new = gettext("New action")
        mail_notifications(actor=None, now=now())
    assert f"{new}: {WELSH_TITLE}, {nominal.reference}" in page
    assert f"Hwyr, {nominal.reference}" in page
    assert set(Notification.objects.values_list("text", flat=True)) == {f"New action: {TITLE}", "Overdue"}
    assert "2 new notifications" in mail.outbox[0].body


def test_what_is_done_on_a_welsh_page_is_told_in_english(in_welsh, nominal):
    action, boss = make_action(nominal=nominal, title=TITLE), make_user(unit=nominal.unit)
    Action.objects.update(raised_by=boss)
    done = in_welsh.post(reverse("actions:action", args=[action.public_id]), {"outcome": "Asked all of them", "version": 1})
    assert done.status_code == 302
    assert Notification.objects.get(recipient=boss).text == f"Done: {TITLE}"


@pytest.mark.parametrize(
    ("text", "welsh"),
    [
        ("Overdue", "Hwyr"),
        ("Overdue: System checks", "Hwyr: Gwiriadau system"),
        ("Overdue: Ring the hostel: it is late", "Hwyr: Ring the hostel: it is late"),
        ("Ring the hostel", "Ring the hostel"),
        ("", ""),
    ],
)
def test_each_side_of_the_first_colon_is_looked_up_where_the_whole_is_unknown(text, welsh):
    with override("cy"):
        assert told(text) == welsh
    assert told(text) == text
