"""Numbered copies: one recipient each, without what is not for them; restricted parts and actions."""

import hashlib
import re
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localdate
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from actions.services.work import complete_action
from audit.models import Event
from offenders.models import MinutesCopy, RestrictedItem
from offenders.reports.meetings import track
from offenders.services.minutes_parts import (
    add_meeting_action,
    add_restricted_item,
    close_meeting_action,
    issue_copy,
    remove_restricted_item,
)
from tests.factories import make_agency, make_nominal, make_user
from tests.offenders.making_meetings import (
    coordinator_of,
    make_invitation,
    make_item,
    make_meeting_action,
    make_minutes,
    make_restricted,
)

pytestmark = pytest.mark.django_db
SECRET = "Kingfisher Terrace is the new address"


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def minutes(nominal):
    return make_minutes(item=make_item(nominal=nominal, days=-7), state="approved")


@pytest.fixture
def draft(nominal):
    return make_minutes(item=make_item(nominal=nominal, days=-3))


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def streams_of(pdf):
    """Every stream of the file, unpacked, and the file itself."""
    found = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def test_a_copy_is_numbered_recorded_and_tagged(nominal, minutes):
    recipient = make_invitation(item=minutes.item, person="J Marsh", agency=make_agency(name="Northmere Homes"))
    make_invitation(item=minutes.item)
    copy, pdf = issue_copy(actor=nominal.offender_manager, minutes=minutes, recipient=recipient)
    assert (copy.number, copy.of, copy.sha256) == (1, 2, hashlib.sha256(pdf).hexdigest())
    text = text_of(pdf)
    assert "Copy 1 of 2, issued to J Marsh, Northmere Homes" in text
    assert "Visits each month; curfew with a tag." in text
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Sample" not in text, "the record goes by its reference"
    event = Event.objects.get(nominal=nominal.pk, verb="exported")
    assert event.detail["sha256"] == copy.sha256


def test_a_restricted_part_is_in_the_copies_of_its_recipients_and_nowhere_else(nominal, minutes):
    trusted, other = make_invitation(item=minutes.item), make_invitation(item=minutes.item)
    make_restricted(minutes=minutes, recipients=(trusted,), text=SECRET)
    _, with_it = issue_copy(actor=nominal.offender_manager, minutes=minutes, recipient=trusted)
    _, without = issue_copy(actor=nominal.offender_manager, minutes=minutes, recipient=other)
    assert SECRET in text_of(with_it)
    assert "Kingfisher" not in text_of(without)
    assert not any(b"Kingfisher" in stream for stream in streams_of(without))
    assert "recipient only" not in text_of(without), "the copy does not tell that something is missing"


def test_a_copy_goes_only_to_somebody_invited_who_holds_the_post(nominal, minutes):
    elsewhere = make_invitation(item=make_item(nominal=nominal, days=-9))
    left = make_invitation(item=minutes.item, left_on=localdate())
    inactive = make_invitation(item=minutes.item, user=make_user(unit=nominal.unit, is_active=False))
    for recipient in (elsewhere, left, inactive):
        with pytest.raises(DomainError):
            issue_copy(actor=nominal.offender_manager, minutes=minutes, recipient=recipient)
    assert not MinutesCopy.objects.exists()


def test_only_approved_minutes_are_issued_by_those_who_arrange(nominal, minutes):
    recipient = make_invitation(item=minutes.item)
    reader = make_user(Role.OPERATIONAL, organisation=nominal.force)
    with pytest.raises(NotPermitted):
        issue_copy(actor=reader, minutes=minutes, recipient=recipient)
    draft = make_minutes(item=make_item(nominal=nominal, days=-3))
    with pytest.raises(DomainError, match="once the chair has approved"):
        issue_copy(actor=coordinator_of(nominal), minutes=draft, recipient=make_invitation(item=draft.item))
    assert issue_copy(actor=coordinator_of(nominal), minutes=minutes, recipient=recipient)[0].number == 1


def test_restricted_parts_change_only_while_the_minutes_are_a_draft(nominal, minutes):
    officer = nominal.offender_manager
    draft = make_minutes(item=make_item(nominal=nominal, days=-3))
    invited = make_invitation(item=draft.item)
    part = add_restricted_item(actor=officer, minutes=draft, text=SECRET, reason="Safety", recipients=[invited])
    remove_restricted_item(actor=officer, part=part, reason="Not needed")
    with pytest.raises(DomainError):
        add_restricted_item(actor=officer, minutes=draft, text="x", reason="x", recipients=[make_invitation(item=minutes.item)])
    with pytest.raises(StaleRecord):
        add_restricted_item(actor=officer, minutes=minutes, text="x", reason="x", recipients=[])
    with pytest.raises(StaleRecord):
        remove_restricted_item(actor=officer, part=make_restricted(minutes=minutes), reason="x")


def test_restricted_parts_are_read_by_those_who_arrange_chair_or_are_named(nominal, minutes):
    named = make_user(Role.SUPERVISOR, unit=nominal.unit)
    part = make_restricted(minutes=minutes, recipients=(make_invitation(item=minutes.item, user=named),))
    readers = {user: list(RestrictedItem.objects.for_user(user)) for user in (named, coordinator_of(nominal), nominal.offender_manager)}
    assert all(rows == [part] for rows in readers.values())
    assert not RestrictedItem.objects.for_user(make_user(Role.OPERATIONAL, organisation=nominal.force)).exists()


def test_an_action_for_a_colleague_is_theirs_and_one_for_an_agency_is_chased(nominal, draft):
    item, officer = draft.item, nominal.offender_manager
    own = add_meeting_action(actor=officer, item=item, text="Check the address", due_on=localdate() + timedelta(days=7), owner=officer)
    invited = make_invitation(item=item)
    theirs = add_meeting_action(actor=officer, item=item, text="Find a bed", due_on=localdate() + timedelta(days=7), agency_owner=invited)
    rows = {row.subject_id: row for row in Action.objects.filter(nominal=nominal.pk)}
    assert (rows[own.pk].kind, rows[own.pk].owner) == ("mappa-action", officer)
    assert (rows[theirs.pk].kind, rows[theirs.pk].owner_role) == ("mappa-chase", Role.MAPPA_COORDINATOR)
    assert "Check" not in rows[own.pk].title
    complete_action(actor=officer, action=rows[own.pk], outcome="Lives there")
    close_meeting_action(actor=coordinator_of(nominal), action=theirs, outcome="Room found")
    assert [row.words for row in track([own, theirs])] == ["Done: Lives there", "Done: Room found"]
    with pytest.raises(DomainError, match="closed already"):
        close_meeting_action(actor=officer, action=own, outcome="again")


@pytest.mark.parametrize("field", ["owner", "due_on", "agency_owner"])
def test_an_action_has_one_owner_and_a_day_after_the_meeting(nominal, draft, field):
    item, officer = draft.item, nominal.offender_manager
    values = {"owner": officer, "due_on": localdate() + timedelta(days=7)}
    values |= {"owner": {"owner": None}, "due_on": {"due_on": localdate() - timedelta(days=30)}}.get(field, {})
    if field == "agency_owner":
        values |= {"owner": None, "agency_owner": make_invitation(item=make_item(nominal=nominal, days=-9))}
    with pytest.raises(DomainError) as error:
        add_meeting_action(actor=officer, item=item, text="x", **values)
    assert error.value.field == field


def test_no_action_is_added_to_what_the_chair_approved(nominal, minutes):
    with pytest.raises(DomainError, match="no longer a draft"):
        add_meeting_action(actor=nominal.offender_manager, item=minutes.item, text="x", due_on=localdate(), owner=nominal.offender_manager)


def test_others_set_and_close_nothing(nominal, minutes):
    reader = make_user(Role.OPERATIONAL, organisation=nominal.force)
    action = make_meeting_action(item=minutes.item)
    for act in (
        lambda: add_meeting_action(actor=reader, item=minutes.item, text="x", due_on=localdate(), owner=reader),
        lambda: close_meeting_action(actor=reader, action=action, outcome="x"),
        lambda: add_restricted_item(actor=reader, minutes=minutes, text="x", reason="x", recipients=[]),
    ):
        with pytest.raises(NotPermitted):
            act()
