"""Pages of unused material: what an officer in the case reads nothing of, and forms that keep what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from actions.services import Owner, raise_action
from audit.models import Event
from disclosure.reports.prosecutions import CLOCKS
from disclosure.services.prosecution_schedules import give_copy
from offenders.services.sections import add_section
from tests.disclosure.making_prosecutions import OPEN, SEALED, SECRET, look_at, make_application, make_item, make_prosecution, make_schedule
from ui.templatetags.ui import uk_date

pytestmark = pytest.mark.django_db


def url(case, name="", *args):
    """The address of a page of a prosecution."""
    return reverse(f"disclosure:prosecution{name}", args=[case.public_id, *args])


def test_the_officer_in_the_case_reads_no_sign_of_sensitive_material(client):
    case = make_prosecution()
    sealed = make_item(case, is_sensitive=True)
    plain = make_item(case)
    look_at(sealed, assists="yes", decision="court")
    look_at(plain)
    make_application(case, sealed)
    schedule = make_schedule(case, "mg6d")
    client.force_login(case.officer)
    shown = client.get(url(case)).content.decode() + client.get(url(case, "-item", plain.public_id)).content.decode()
    assert OPEN in shown
    assert [words for words in (SEALED, SECRET, ">Sensitive<", "the court", "MG6D", "2. <a", "Item 2", "2 of 2") if words in shown] == []
    assert "Is it sensitive" not in client.get(url(case, "-item-add")).content.decode()
    for name, args in (("-item", [sealed.public_id]), ("-schedule", [schedule.public_id]), ("-court", []), ("-issue", [])):
        assert client.get(url(case, name, *args)).status_code == 404, name
    client.force_login(case.disclosure_officer)
    shown = client.get(url(case)).content.decode()
    assert [words for words in (SEALED, ">Sensitive<", "Applications to the court", "MG6D", "1. <a") if words not in shown] == []
    client.get(url(case, "-court"))
    assert not Event.objects.filter(detail__page="AskCourt").exists()


def test_the_list_says_how_long_is_left_for_what_is_due_first(client):
    case = make_prosecution()
    for kind, days in zip(CLOCKS, (9, 4), strict=True):
        raise_action(
            actor=None, kind=kind, title="Due", owner=Owner(user=case.disclosure_officer), force=case.unit.organisation, subject=case,
            due_on=localdate() + timedelta(days=days),
        )  # fmt: skip
    client.force_login(case.disclosure_officer)
    shown = client.get(reverse("disclosure:prosecution-list")).content.decode()
    assert "due in 4 days" in shown
    assert f"Next due {uk_date(localdate() + timedelta(days=4))}." in shown
    assert "due in 9 days" not in shown


def test_a_warning_keeps_what_was_typed_and_a_tick_lets_it_through(client):
    case = make_prosecution()
    client.force_login(case.officer)
    typed = {"description": "Papers", "what": "A book", "kept_at": "Store 9"}
    held = client.post(url(case, "-item-add"), typed)
    assert (held.status_code, "Store 9" in held.content.decode(), "Say more" in held.content.decode()) == (409, True, True)
    assert client.post(url(case, "-item-add"), typed | {"is_sure": "on"}).status_code == 302
    assert case.items.get().description == "Papers"


def test_a_description_that_repeats_what_is_kept_apart_is_held_up(client):
    case = make_prosecution()
    add_section(
        actor=case.officer, nominal=case.nominal, kind="victim", body="Marigold Penhaligon told us", originator="Victim liaison",
        lawful_basis="Safeguarding", basis="policing", handling="Ask first", review_on=localdate() + timedelta(days=30),
    )  # fmt: skip
    client.force_login(case.officer)
    typed = {"description": "Statement of Marigold Penhaligon of 3 May about the car", "what": "A book", "kept_at": "Store 9"}
    held = client.post(url(case, "-item-add"), typed)
    assert (held.status_code, "may repeat something that is kept apart" in held.content.decode()) == (409, True)
    assert client.post(url(case, "-item-add"), typed | {"leak_checked": "on"}).status_code == 302


def test_before_the_charge_the_page_says_so(client):
    case = make_prosecution(charged_on=None)
    client.force_login(case.officer)
    assert "Not under the law on unused material yet" in client.get(url(case)).content.decode()
    assert "One officer for both" not in client.get(url(case)).content.decode()
    same = make_prosecution(nominal=case.nominal, disclosure_officer=case.officer)
    assert "One officer for both" in client.get(url(same)).content.decode()


def test_a_copy_comes_as_a_file_named_by_references(client):
    case = make_prosecution()
    look_at(make_item(case))
    schedule = make_schedule(case)
    client.force_login(case.disclosure_officer)
    refused = client.post(url(case, "-copy", schedule.public_id), {"given_to": "Solicitor"})
    assert (refused.status_code, "Solicitor" in refused.content.decode()) == (422, True)
    values = {"recipient": "defence", "given_to": "Solicitor", "given_on": localdate()}
    copy = give_copy(actor=case.disclosure_officer, schedule=schedule, **values)
    paper = client.post(url(case, "-copy-print", schedule.public_id, copy.public_id))
    assert paper["Content-Disposition"] == f'attachment; filename="{case.reference}-mg6c-version-1-copy-1.pdf"'
    assert paper.content.startswith(b"%PDF-")
