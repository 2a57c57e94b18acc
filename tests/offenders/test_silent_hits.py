"""A search for somebody whose record is kept from the searcher: nothing for the searcher, a quiet word for the manager."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from actions.models import Notification
from audit.context import acting_as
from audit.models import Event
from intelligence.services.report_search import run_report_search, save_report_search
from offenders.choices import IdentifierKind
from offenders.models import SilentHit
from offenders.search import index_names
from offenders.services.silent_hits import TOLD, look_at_searches
from tests.factories import make_birth, make_exclusion, make_identifier, make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def hidden(manager):
    nominal = make_nominal(offender_manager=manager, surname="Quillfeather", given_names="Barnaby", is_restricted=True)
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="01632960417")
    index_names([nominal.pk])
    return nominal


@pytest.fixture
def searcher(hidden):
    return make_user(Role.OPERATIONAL, organisation=hidden.force)


def search(client, text):
    """Search as the page's script does."""
    assert client.post(reverse("offenders:find"), {"text": text}, headers={"HX-Request": "true"}).status_code == 200


def told(user):
    """How often the user was told."""
    return Notification.objects.filter(recipient=user, text=TOLD).count()


@pytest.mark.parametrize("text", ["Barnaby Quillfeather", "quillfeather barnaby", "01632 960417"])
def test_the_manager_is_told_once_a_day_and_the_searcher_never(client, hidden, manager, searcher, text):
    look_at_searches(actor=None)
    client.force_login(searcher)
    search(client, text)
    search(client, text)
    assert (look_at_searches(actor=None), look_at_searches(actor=None)) == (1, 0)
    assert (told(manager), told(searcher)) == (1, 0)
    client.force_login(manager)
    looked = client.get(reverse("offenders:looked", args=[hidden.reference])).content.decode()
    assert f"{searcher.display_name} searched for this person and was shown nothing" in looked
    assert not Event.objects.filter(actor=searcher, nominal=hidden.pk).exists()


@pytest.mark.parametrize(
    "text",
    [
        *("Barnaby Quilfeather", "quillfaether barnaby", "Barnbay Quillfeathers"),  # slips of the keyboard
        *("Barney Quillfeather 14/3/1971", "Quilfeather 14 March 1971", "Barnabas Quillfeather 14.3.71"),  # beside the date of birth
        *("Barnaby Quillfeather 1971", "Barnaby Quillfeather tel 01632 960417"),
    ],
)
def test_a_search_in_another_spelling_that_surely_means_the_person_tells_the_manager_alone(client, hidden, manager, searcher, text):
    make_birth(nominal=hidden, year=1971, month=3, day=14)
    look_at_searches(actor=None)
    client.force_login(searcher)
    search(client, text)
    assert (look_at_searches(actor=None), look_at_searches(actor=None)) == (1, 0)
    assert (told(manager), told(searcher)) == (1, 0)
    assert not Event.objects.filter(actor=searcher, nominal=hidden.pk).exists()


def test_who_fits_better_or_as_well_as_many_is_meant_instead(client, hidden, manager, searcher):
    """A namesake whom the searcher may know, spelt as it was typed; then more people than a name tells apart."""
    look_at_searches(actor=None)
    client.force_login(searcher)
    namesake = make_nominal(unit=searcher.unit, surname="Quillfeathers", given_names="Barnbay")
    index_names([namesake.pk])
    search(client, "Barnbay Quillfeathers")
    assert look_at_searches(actor=None) == 0
    others = [make_nominal(unit=searcher.unit, surname="Quillfeather", given_names="Barnaby") for _ in range(3)]
    index_names([other.pk for other in others])
    search(client, "Barnaby Quillfaether")
    assert (look_at_searches(actor=None), told(manager)) == (0, 0)


def test_words_of_a_search_of_reports_mean_a_person_only_when_they_are_equal(hidden, manager, searcher):
    look_at_searches(actor=None)
    with acting_as(searcher):
        run_report_search(actor=searcher, search=save_report_search(actor=searcher, text="Barnbay Quillfeathers"))
    assert look_at_searches(actor=None) == 0
    with acting_as(searcher):
        run_report_search(actor=searcher, search=save_report_search(actor=searcher, text="Barnaby Quillfeather"))
    assert (look_at_searches(actor=None), told(manager)) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("Quillfeather", "Quilfeather", "B Quillfeather", "Barnabas Quillfeather", "Barney Quillfeather", "01632 960418"),
        *("Barnaby Quilfeather 15/4/1980", "Barney Quillfeather 1971", "Ottilie Thistlewood 14/3/1971", "14/3/1971", "99/13/1971 Barnaby"),
    ],
)
def test_what_does_not_surely_mean_the_person_tells_nobody(client, hidden, manager, searcher, text):
    make_birth(nominal=hidden, year=1971, month=3, day=14)
    look_at_searches(actor=None)
    client.force_login(searcher)
    search(client, text)
    assert (look_at_searches(actor=None), told(manager)) == (0, 0)


def test_who_may_know_of_the_record_and_whoever_left_are_no_silent_hits(client, hidden, manager, searcher):
    look_at_searches(actor=None)
    client.force_login(manager)
    search(client, "Barnaby Quillfeather")
    client.force_login(searcher)
    search(client, "Barnaby Quillfeather")
    searcher.is_active = False
    searcher.save()
    assert (look_at_searches(actor=None), SilentHit.objects.count()) == (0, 0)


def test_somebody_excluded_from_an_open_record_is_one(client, manager):
    nominal = make_nominal(offender_manager=manager, surname="Thistlewood", given_names="Ottilie")
    index_names([nominal.pk])
    kept_away = make_user(unit=nominal.unit)
    make_exclusion(nominal=nominal, user=kept_away)
    look_at_searches(actor=None)
    client.force_login(kept_away)
    search(client, "Ottilie Thistlewood")
    assert (look_at_searches(actor=None), told(manager)) == (1, 1)
