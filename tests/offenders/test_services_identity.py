"""Names, dates of birth, numbers, looks and marks."""

import pytest
from auditlog.models import LogEntry

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from audit.context import acting_as
from audit.models import Event
from offenders.models import DateOfBirth, Identifier, Mark, Name
from offenders.services.identity import add_date_of_birth, add_identifier, add_mark, add_name, change_description, remove_identity_fact
from tests.factories import make_birth, make_name, make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def test_add_name_keeps_any_script_and_can_be_searched(officer, nominal):
    name = add_name(actor=officer, nominal=nominal, kind="alias", surname="Петров", given_names="Иван", source="Passport")
    name.refresh_from_db()
    assert (name.full_name, name.source, bool(name.tokens)) == ("Иван Петров", "Passport", True)
    assert Event.objects.get(nominal=nominal.pk).detail["act"] == "Name added"


def test_new_primary_name_makes_the_old_one_previous(officer, nominal):
    add_name(actor=officer, nominal=nominal, kind="primary", surname="Married")
    assert set(Name.objects.values_list("surname", "kind")) == {("Sample", "previous"), ("Married", "primary")}


def test_same_name_twice_and_days_in_the_wrong_order_are_refused(officer, nominal, django_assert_num_queries):
    add_name(actor=officer, nominal=nominal, kind="alias", surname="Archer")
    with pytest.raises(DomainError) as twice:
        add_name(actor=officer, nominal=nominal, kind="alias", surname=" Archer ")
    with pytest.raises(DomainError) as backwards:
        add_name(actor=officer, nominal=nominal, kind="alias", surname="Bowman", used_from="2020-01-02", used_until="2020-01-01")
    assert (twice.value.field, backwards.value.field) == ("surname", "used_until")
    assert Name.objects.count() == 2


def test_add_date_of_birth_moves_the_primary_one(officer, nominal):
    first = add_date_of_birth(actor=officer, nominal=nominal, birth=(1971, 3, 14))
    second = add_date_of_birth(actor=officer, nominal=nominal, birth=(1971, None, None), is_primary=True)
    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)
    for birth in [(1971, 3, 14), (1971, 13, 1), (1971, None, 5), (2190, None, None)]:
        with pytest.raises(DomainError) as error:
            add_date_of_birth(actor=officer, nominal=nominal, birth=birth)
        assert error.value.field == "birth"
    assert DateOfBirth.objects.count() == 2


def test_add_identifier_stores_the_canonical_form_and_checks_the_letter(officer, nominal):
    stored = add_identifier(actor=officer, nominal=nominal, kind="phone", number="+44 1632 960 123")
    assert (stored.value, stored.as_given) == ("01632960123", "+44 1632 960 123")
    for kind, number in [("pnc", "1971/0000417A"), ("phone", "01632 960123"), ("pnc", "nonsense")]:
        with pytest.raises(DomainError) as error:
            add_identifier(actor=officer, nominal=nominal, kind=kind, number=number)
        assert error.value.field == "number"
    assert Identifier.objects.count() == 1


def test_add_mark_and_change_description_are_logged_with_the_actor(officer, nominal):
    with acting_as(officer):
        mark = add_mark(actor=officer, nominal=nominal, kind="tattoo", place="left forearm", description="anchor")
        looks = change_description(actor=officer, nominal=nominal, height_cm=178, ethnicity="White")
    assert [LogEntry.objects.get_for_object(row).get().actor for row in (mark, looks)] == [officer, officer]
    assert [event.detail["act"] for event in Event.objects.order_by("pk")] == ["Mark added", "Description changed"]


def test_remove_takes_a_fact_off_and_keeps_what_it_said_in_the_log(officer, nominal):
    alias = make_name(nominal=nominal, surname="Archer")
    pk = alias.pk
    remove_identity_fact(actor=officer, fact=alias, reason="Somebody else's")
    assert set(Name.objects.values_list("surname", flat=True)) == {"Sample"}
    assert "Archer" in str(LogEntry.objects.filter(object_pk=str(pk), action=LogEntry.Action.DELETE).get().changes)
    assert Event.objects.get(nominal=nominal.pk).reason == "Somebody else's"


def test_what_the_record_goes_by_cannot_be_removed(officer, nominal):
    for fact in (Name.objects.get(nominal=nominal), make_birth(nominal=nominal, year=1971)):
        with pytest.raises(DomainError):
            remove_identity_fact(actor=officer, fact=fact, reason="x")
    assert (Name.objects.count(), DateOfBirth.objects.count()) == (1, 1)


def test_readers_and_strangers_change_nothing(officer, nominal):
    reader, stranger = make_user(Role.OPERATIONAL, organisation=officer.organisation), make_user()
    for actor in (reader, stranger):
        for act in (
            lambda actor=actor: add_name(actor=actor, nominal=nominal, kind="alias", surname="X"),
            lambda actor=actor: add_date_of_birth(actor=actor, nominal=nominal, birth=(1970, 1, 1)),
            lambda actor=actor: add_identifier(actor=actor, nominal=nominal, kind="phone", number="01632 960999"),
            lambda actor=actor: add_mark(actor=actor, nominal=nominal, kind="scar", place="chin", description="small"),
            lambda actor=actor: change_description(actor=actor, nominal=nominal, build="slim"),
            lambda actor=actor: remove_identity_fact(actor=actor, fact=Name.objects.get(nominal=nominal), reason="x"),
        ):
            with pytest.raises(NotPermitted):
                act()
    assert (Name.objects.count(), Mark.objects.count(), Event.objects.count()) == (1, 0, 0)
