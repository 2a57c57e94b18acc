"""Meetings on a record's line of time, and in the synthetic force."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.choices import Role
from offenders.demo.meetings import add_meetings
from offenders.demo.staff import make_staff
from offenders.models import Minutes
from offenders.reports.meetings import content_of
from offenders.rules.meetings import content_hash, missing_parts
from offenders.timeline.meetings import meeting_entries
from tests.factories import make_nominal, make_user
from tests.offenders.making_meetings import make_item, make_minutes, make_referral

pytestmark = pytest.mark.django_db


def titles(user, nominal, before=None, limit=10):
    return [entry.title for entry in meeting_entries(user, nominal, before or now(), limit)]


def test_the_line_of_time_tells_of_what_took_place_newest_first():
    nominal = make_nominal()
    make_minutes(item=make_item(nominal=nominal, days=-7), state="approved")
    make_item(nominal=nominal, days=7)
    make_referral(nominal=nominal)
    officer = nominal.offender_manager
    assert titles(officer, nominal) == ["Referred to MAPPA, level 2", "Minutes approved, version 1", "Level 2 meeting"]
    assert titles(officer, nominal, before=now() - timedelta(days=1)) == ["Level 2 meeting"]
    assert len(titles(officer, nominal, limit=1)) == 1
    assert titles(make_user(Role.CONTROL_ROOM, organisation=nominal.force), nominal) == []


def test_the_synthetic_story_keeps_every_rule():
    today = localdate()
    users = make_staff({"northmere": 10, "eastvale": 2}, today).users
    arthur, *others = [make_nominal(offender_manager=users["offender_manager"]) for _ in range(5)]
    add_meetings(users, arthur, others, today)
    rows = list(Minutes.objects.select_related("item__meeting"))
    assert [missing_parts(vars(row)) for row in rows] == [[]] * 3
    assert all(row.content_hash in {"", content_hash(content_of(row))} for row in rows)
    assert {row.state for row in rows if row.nominal_id == arthur.pk} == {"approved"}
    assert all(entry.url for entry in meeting_entries(users["offender_manager"], arthur, now(), 50))
