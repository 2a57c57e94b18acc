"""Packs for investigators: what goes in, who may open them, and the receipt."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.permissions import Perm
from actions.models import Action
from audit.models import Event
from intelligence.models import Briefing
from intelligence.reports.briefings import PARTS
from intelligence.services.briefings import add_recipients, end_briefing, make_briefing
from offenders.choices import IdentifierKind
from offenders.models import Associate, OperationalFacts
from tests.factories import make_exclusion, make_identifier, make_name, make_nominal, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    nominal = make_nominal(offender_manager=officer)
    OperationalFacts.objects.filter(nominal=nominal).update(modus_operandi="Offers lifts.", on_encounter="Double-crew.")
    make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value="NM24ABC")
    return nominal


@pytest.fixture
def detective(officer):
    return make_user(Role.OPERATIONAL, organisation=officer.organisation, collar_number="4417")


def pack(officer, nominal, *readers, **more):
    values = {
        "offence": "Attempted abduction",
        "crime_reference": "NM/26/1",
        "handling": "Do not copy",
        "parts": list(PARTS),
        "intelligence": "",
    }
    values |= {"valid_until": localdate() + timedelta(days=30), "recipients": readers}
    return make_briefing(actor=officer, nominal=nominal, **{**values, **more})


def test_a_pack_holds_what_its_maker_may_see_as_it_stands(officer, nominal, detective):
    make_section(nominal=nominal, owner=officer, body="The informant lives at number nine.")
    briefing = pack(officer, nominal, detective)
    OperationalFacts.objects.update(modus_operandi="Something new.")
    text = str(Briefing.objects.get(pk=briefing.pk).contents)
    assert "Offers lifts." in text
    assert "NM24ABC" in text
    assert "number nine" not in text
    assert "Something new" not in text


def test_a_pack_names_no_other_record(officer, nominal, detective):
    other = make_nominal(unit=officer.unit, surname="Elsewhere")
    period = DateRange(localdate() - timedelta(days=9), None)
    Associate.objects.create(nominal=nominal, kind="friend", other=other, period=period, added_by=officer)
    Associate.objects.create(nominal=nominal, kind="friend", name="Joan Example", period=period, added_by=officer)
    text = str(pack(officer, nominal, detective, parts=["associates"]).contents)
    assert "Joan Example" in text
    assert "Another person on record" in text
    assert other.reference not in text
    assert "Elsewhere" not in text


def test_a_left_out_part_is_not_in_it(officer, nominal, detective):
    briefing = pack(officer, nominal, detective, parts=["identity"])
    assert [part["heading"] for part in briefing.contents] == [PARTS["identity"].heading]


def test_readers_open_it_and_their_reading_is_the_receipt(client, officer, nominal, detective):
    briefing = pack(officer, nominal, detective)
    assert Action.objects.waiting().get().owner == detective
    client.force_login(detective)
    assert "Attempted abduction" in client.get(reverse("intelligence:briefing-list")).content.decode()
    page = client.get(reverse("intelligence:briefing", args=[briefing.public_id])).content.decode()
    assert "Offers lifts." in page
    assert briefing.recipients.get().read_at is not None
    assert not Action.objects.waiting().exists()
    assert Event.objects.filter(nominal=nominal.pk, actor=detective, verb="viewed").exists()
    assert not may(detective, Perm.VIEW_CASE_FILE, nominal)


@pytest.mark.parametrize("ending", ["ended", "excluded", "restricted"])
def test_readers_lose_it_at_once(ending, client, officer, nominal, detective):
    briefing = pack(officer, nominal, detective)
    client.force_login(detective)
    url = reverse("intelligence:briefing", args=[briefing.public_id])
    assert client.get(url).status_code == 200
    if ending == "ended":
        end_briefing(actor=officer, briefing=briefing, reason="Charged")
    elif ending == "excluded":
        make_exclusion(nominal=nominal, user=detective)
    else:
        type(nominal).objects.filter(pk=nominal.pk).update(is_restricted=True)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}paper/").status_code == 404


def test_strangers_to_a_pack_find_nothing(client, officer, nominal, detective):
    briefing = pack(officer, nominal, detective)
    client.force_login(make_user(Role.OPERATIONAL, organisation=officer.organisation))
    assert client.get(reverse("intelligence:briefing", args=[briefing.public_id])).status_code == 404
    assert b"Attempted abduction" not in client.get(reverse("intelligence:briefing-list")).content


def test_on_paper_each_reader_has_a_numbered_copy(client, officer, nominal, detective):
    make_name(nominal=nominal, surname="Quillfeather", given_names="Ann")
    briefing = pack(officer, nominal, make_user(Role.OPERATIONAL, unit=officer.unit), detective)
    client.force_login(detective)
    response = client.post(reverse("intelligence:briefing-paper", args=[briefing.public_id]))
    assert response["Content-Type"] == "application/pdf"
    assert nominal.reference in response["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "Copy 2 of 2" in text
    assert "Quillfeather" in text
    assert Event.objects.filter(verb="printed", actor=detective).count() == 1


def test_nobody_receives_what_they_may_not_know_of(officer, nominal, detective):
    make_exclusion(nominal=nominal, user=detective)
    with pytest.raises(DomainError, match="cannot receive"):
        pack(officer, nominal, detective)
    assert not Briefing.objects.exists()


@pytest.mark.parametrize("wrong", [{"valid_until": localdate()}, {"parts": []}])
def test_an_empty_or_ended_pack_is_refused(wrong, officer, nominal, detective):
    with pytest.raises(DomainError):
        pack(officer, nominal, detective, **wrong)


def test_only_the_team_makes_and_gives(officer, nominal, detective):
    briefing = pack(officer, nominal, detective)
    with pytest.raises(NotPermitted):
        pack(detective, nominal)
    with pytest.raises(NotPermitted):
        add_recipients(actor=detective, briefing=briefing, recipients=[detective])


def test_the_form_takes_collar_numbers(client, officer, nominal, detective):
    client.force_login(officer)
    url = reverse("intelligence:briefing-make", args=[nominal.reference])
    day = localdate() + timedelta(days=9)
    form = {"offence": "Theft", "crime_reference": "NM/2", "parts": ["identity"], "handling": "None", "recipients": "4417, 9999"}
    form |= {"valid_until_day": day.day, "valid_until_month": day.month, "valid_until_year": day.year}
    wrong = client.post(url, form)
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"recipients"})
    assert client.post(url, form | {"recipients": "4417"}).status_code == 302
    listed = client.get(reverse("intelligence:nominal-briefings", args=[nominal.reference])).content.decode()
    assert "Not read yet" in listed
