"""One line of time: merged, cut and filtered without loss; only what the reader may see."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Role
from audit.models import Event
from offenders.models import Condition, RiskPeriod
from offenders.services.records import check_card
from offenders.timeline import Entry, Kind, reading
from offenders.timeline.reading import moment_of, read_timeline
from tests.factories import make_exclusion, make_grant, make_nominal, make_notice, make_user
from tests.offenders.making_case_file import make_associate, make_contact, make_home, make_marking, make_online

START = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = (Kind.CONTACT, Kind.VISIT, Kind.RISK)


@pytest.fixture
def officer(db):
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def source(name, minutes):
    """A source with an entry for each of these minutes; kinds by turns."""
    entries = [Entry(START + timedelta(minutes=minute), KINDS[index % 3], f"{name} {index}") for index, minute in enumerate(minutes)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return lambda user, nominal, before, limit: [entry for entry in entries if entry.at < before][:limit]


def walk(kind="", size=5):
    """Read every page, from the newest to the oldest entry."""
    before, seen = START + timedelta(days=1), []
    while before:
        page = read_timeline(None, None, before, kind, size)
        assert all(entry.at < before for entry in page.entries)
        seen += page.entries
        before = page.next_before
    return seen


MINUTES = st.lists(st.integers(0, 12), max_size=40)


@given(st.lists(MINUTES, max_size=4), st.sampled_from(["", KINDS[0], KINDS[2]]), st.integers(1, 6))
def test_pages_together_show_everything_once_and_in_order(sources, kind, size):
    made = [source(f"source {number}", minutes) for number, minutes in enumerate(sources)]
    with mock.patch.object(reading, "every_source", return_value=made):
        seen = walk(kind, size)
    everything = [entry for each in made for entry in each(None, None, START + timedelta(days=1), 10_000)]
    wanted = [entry for entry in everything if not kind or entry.kind == kind]
    assert sorted(entry.title for entry in seen) == sorted(entry.title for entry in wanted)
    assert [entry.at for entry in seen] == sorted((entry.at for entry in wanted), reverse=True)


@given(st.text(max_size=40))
def test_any_text_in_the_address_is_a_moment_before_now(text):
    assert moment_of(text, START) <= START


def titles(user, nominal, **values):
    return [entry.title for entry in read_timeline(user, nominal, now() + timedelta(seconds=1), **values).entries]


def test_what_exists_is_told_newest_first(officer, nominal):
    today = localdate()
    days = {"starts_on": today - timedelta(days=9), "ends_on": today + timedelta(days=9)}
    Condition.objects.create(nominal=nominal, kind="licence", text="Curfew", **days)
    make_home(nominal, start=today - timedelta(days=8))
    make_online(nominal, end_reason="", handle="early")
    make_marking(nominal, start=today - timedelta(days=7))
    make_contact(nominal, at=now() - timedelta(days=3), with_whom="Mx Adeyemi")
    make_notice(nominal=nominal)
    check_card(actor=officer, nominal=nominal)
    assert titles(officer, nominal) == [
        "Card checked",
        "Came to notice",
        "Telephone, Mx Adeyemi: Curfew",
        "Marked OFFICIAL",
        "Address begins: 1 Mill Lane, Northport, NM1 2AB (Home)",
        "Licence condition begins",
        "Risk set to high, to children",
        "MAPPA category 1, level 1",
        "Online identity in use: early (Blockland)",
    ]
    assert titles(officer, nominal, kind="contact") == ["Telephone, Mx Adeyemi: Curfew"]


def test_a_reader_sees_only_what_may_be_seen(officer, nominal):
    other = make_nominal(unit=officer.unit)
    make_associate(nominal, other=other)
    make_notice(nominal=nominal)
    make_contact(nominal)
    granted, card_only = make_user(), make_user()
    make_grant(nominal=nominal, user=granted)
    make_grant(nominal=nominal, user=card_only, permission="view_card")
    call, card = "Telephone, another agency: Curfew", {"Risk set to high, to children", "MAPPA category 1, level 1"}
    assert set(titles(officer, nominal)) == {"Came to notice", f"Associate: Alex Sample {other.reference}", call, *card}
    make_exclusion(nominal=other, user=granted)
    assert set(titles(granted, nominal)) == {call, *card}
    assert set(titles(card_only, nominal)) == card
    assert titles(make_user(Role.ADMINISTRATOR), nominal) == []


def test_the_page_filters_compacts_pages_and_prints(client, officer, nominal):
    for number in range(40):
        make_contact(nominal, at=now() - timedelta(hours=number + 1), about=f"Talk {number:02}.")
    client.force_login(officer)
    url = reverse("offenders:timeline", args=[nominal.reference])
    first = client.get(url)
    assert (len(first.context["page"].entries), first.context["page"].kinds) == (30, ["contact", "risk"])
    second = client.get(url, {"before": first.context["next_before"]})
    assert [entry.title for entry in second.context["page"].entries][-3:] == [
        "Telephone, another agency: Talk 39.", "Risk set to high, to children", "MAPPA category 1, level 1",
    ]  # fmt: skip
    assert second.context["next_before"] is None
    assert "Talk 00." not in client.get(url, {"kind": "risk"}).content.decode()
    compact = client.get(url, {"view": "compact"}).content.decode()
    assert ("Talk 00." in compact, "He keeps it." in compact) == (True, False)
    answer = client.post(reverse("offenders:timeline-print", args=[nominal.reference]), {"kind": "contact"})
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(nominal=nominal.pk, verb="printed", detail__page="Timeline").count() == 1


@pytest.mark.parametrize(
    "query", ["before=x", "before=%00", "before=2026-01-01", "before=0001-01-01T00:00:00Z", "kind=%00", "kind=nothing", "view=x"]
)
def test_the_page_takes_any_query(client, officer, nominal, query):
    client.force_login(officer)
    assert client.get(f"{reverse('offenders:timeline', args=[nominal.reference])}?{query}").status_code == 200


def test_nothing_yet_says_what_will_show(client, officer, nominal):
    RiskPeriod.objects.all().delete()
    nominal.mappa_periods.all().delete()
    client.force_login(officer)
    assert "Nothing has happened yet." in client.get(reverse("offenders:timeline", args=[nominal.reference])).content.decode()


def test_the_future_does_not_show_before_it_comes(officer, nominal):
    make_home(nominal, start=localdate() + timedelta(days=1))
    assert [title for title in titles(officer, nominal) if "Address" in title] == []
