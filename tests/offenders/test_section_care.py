"""Changing, reviewing, closing, passing on and printing a confidential section: the services."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.services.people import deactivate_user
from actions.models import Action, Notification
from audit.choices import Verb
from audit.models import Event
from offenders.models import ConfidentialSection, SectionVersion
from offenders.services.section_care import change_section, pass_on_of_leaver, pass_on_section, print_section, review_section
from offenders.services.sections import add_section
from tests.factories import make_exclusion, make_nominal, make_opening, make_section_grant, make_user

pytestmark = pytest.mark.django_db
SECRET = "Lives with an aunt in Millbrook"
WHY = "The owner moves to another post"


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


@pytest.fixture
def supervisor(owner):
    return make_user(Role.SUPERVISOR, unit=owner.unit)


@pytest.fixture
def section(nominal, owner):
    values = {"basis": "safeguarding", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}
    review = localdate() + timedelta(days=30)
    return add_section(actor=owner, nominal=nominal, kind="victim", body=SECRET, review_on=review, **values)


def stored(section, user):
    """What the database shows this user of the section."""
    with row_security(user):
        return ConfidentialSection.objects.for_user(user).filter(pk=section.pk).first()


def earlier(section, user):
    """The earlier texts that the database shows this user."""
    with row_security(user):
        return list(SectionVersion.objects.for_user(user).filter(section=section).values_list("number", "body"))


def test_a_change_keeps_the_earlier_text_for_the_same_readers_and_for_nobody_else(section, owner, supervisor):
    reader = make_user(organisation=owner.organisation)
    with row_security(owner):
        make_section_grant(section=section, user=reader)
    change_section(actor=owner, section=section, version=1, body="Lives with her father now")
    assert (stored(section, owner).body, stored(section, owner).version) == ("Lives with her father now", 2)
    assert earlier(section, owner) == earlier(section, reader) == [(1, SECRET)]
    assert earlier(section, supervisor) == []


def test_the_orm_s_rule_alone_hides_earlier_texts_too(section, owner, supervisor):
    change_section(actor=owner, section=section, version=1, body="Lives with her father now")
    with row_security(owner):  # the database shows the row: what stays away does so by the rule in Python
        assert SectionVersion.objects.for_user(owner).exists()
        assert not SectionVersion.objects.for_user(supervisor).exists()


def test_the_database_alone_hides_earlier_texts(section, owner, supervisor):
    change_section(actor=owner, section=section, version=1, body="Lives with her father now")
    shown = []
    for user in (owner, supervisor):
        with row_security(user), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM offenders_sectionversion")
            shown.append(cursor.fetchone()[0])
    assert shown == [1, 0]


def test_no_earlier_text_reaches_the_change_log_or_the_trail(section, owner):
    change_section(actor=owner, section=section, version=1, body="Lives with her father now")
    kept = [*LogEntry.objects.values_list("changes", "object_repr", "additional_data"), *Event.objects.values_list("detail", "reason")]
    assert [row for row in kept if "Millbrook" in str(row) or "father" in str(row)] == []
    assert Event.objects.filter(verb=Verb.CHANGED, subject_id=section.pk, detail__fields=["body"]).exists()


def test_a_stale_copy_is_told_and_only_the_owner_changes(section, owner, supervisor):
    change_section(actor=owner, section=section, version=1, body="First")
    with pytest.raises(StaleRecord):
        change_section(actor=owner, section=section, version=1, body="Second")
    with row_security(owner):
        make_section_grant(section=section, user=supervisor)
    for act in (
        lambda: change_section(actor=supervisor, section=section, version=2, body="Mine"),
        lambda: review_section(actor=supervisor, section=section, version=2, outcome="close", reason=WHY),
        lambda: pass_on_section(actor=supervisor, section=section, user=make_user(unit=owner.unit), reason=WHY),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_database_changes_no_earlier_text_and_takes_none_from_a_reader(section, owner, supervisor):
    with row_security(owner):
        make_section_grant(section=section, user=supervisor)
    change_section(actor=owner, section=section, version=1, body="Second")
    with row_security(owner):
        assert SectionVersion.objects.update(body="Forged") == 0
        assert SectionVersion.objects.all()._raw_delete("default") == 0
    values = {"section": section, "number": 9, "kind": "victim", "body": "x", "basis": "policing", "lawful_basis": "x", "originator": "x"}
    with pytest.raises(DatabaseError, match="row-level security"), row_security(supervisor):
        SectionVersion.objects.create(changed_by=supervisor, **values)


def test_the_review_waits_as_an_action_that_names_no_record_and_only_its_owner_sees(section, owner, supervisor):
    action = Action.objects.waiting().get(kind="section-review")
    assert (action.title, action.nominal, action.unit, action.owner) == ("A review is due", None, None, owner)
    assert localdate(action.due) == section.review_on
    assert [user for user in (supervisor, make_user(unit=owner.unit)) if Action.objects.for_user(user).filter(pk=action.pk).exists()] == []
    assert section.nominal.reference not in action.title + action.detail


def test_a_review_keeps_it_until_another_day_and_raises_the_next(section, owner):
    later = localdate() + timedelta(days=200)
    with pytest.raises(DomainError) as refused:
        review_section(actor=owner, section=section, version=1, outcome="keep", reason="Still needed for the trial", review_on=localdate())
    assert refused.value.field == "review_on"
    review_section(actor=owner, section=section, version=1, outcome="keep", reason="Still needed for the trial", review_on=later)
    assert stored(section, owner).review_on == later
    assert [localdate(action.due) for action in Action.objects.waiting().filter(kind="section-review")] == [later]


def test_a_closed_section_stays_for_its_readers_and_changes_no_more(section, owner):
    review_section(actor=owner, section=section, version=1, outcome="close", reason="The case is over")
    assert stored(section, owner).close_reason == "The case is over"
    assert not Action.objects.waiting().filter(kind="section-review").exists()
    with pytest.raises(DomainError, match="is closed"):
        change_section(actor=owner, section=section, version=2, body="More")
    with pytest.raises(IntegrityError), row_security(owner), transaction.atomic():
        ConfidentialSection.objects.filter(pk=section.pk).update(close_reason="")


def test_passing_on_makes_the_other_the_owner_and_the_only_reader(section, owner):
    taker = make_user(unit=owner.unit)
    pass_on_section(actor=owner, section=section, user=taker, reason=WHY)
    assert (stored(section, owner), stored(section, taker).owner) == (None, taker)
    (action,) = Action.objects.waiting().filter(kind="section-review")
    assert action.owner == taker
    assert Notification.objects.filter(recipient=taker, nominal=None, text="Something kept apart was passed on to you").exists()


def test_nobody_takes_over_what_they_must_not_know_of_or_cannot_read(section, owner):
    excluded = make_user(unit=owner.unit)
    make_exclusion(nominal=section.nominal, user=excluded)
    for taker in (excluded, owner, make_user(), make_user(Role.PRESS_OFFICER, organisation=owner.organisation)):
        with pytest.raises(DomainError):
            pass_on_section(actor=owner, section=section, user=taker, reason=WHY)
    assert stored(section, owner).owner == owner


def test_the_database_lets_nobody_pass_on_what_is_not_theirs(section, owner, supervisor):
    taker = make_user(unit=owner.unit)
    with pytest.raises(DatabaseError, match="cannot be passed on"), row_security(supervisor), connection.cursor() as cursor:
        cursor.execute("SELECT vigil_pass_on_section(%s, %s)", [section.public_id, taker.pk])
    with row_security(supervisor), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.keeper', 'on', true); SELECT count(*) FROM offenders_confidentialsection")
        assert cursor.fetchone() == (0,)  # the policy for functions is of no use to the application's role


def hand_over_cases(owner, supervisor):
    """The leaver manages nothing any more."""
    owner.managed_nominals.update(offender_manager=make_user(unit=supervisor.unit))


def test_a_supervisor_names_a_keeper_for_a_leaver_without_reading(section, owner, supervisor):
    taker = make_user(unit=owner.unit)
    with pytest.raises(DomainError, match="still manages cases"):
        pass_on_of_leaver(actor=supervisor, leaver=owner, user=taker, reason=WHY)
    hand_over_cases(owner, supervisor)
    pass_on_of_leaver(actor=supervisor, leaver=owner, user=taker, reason=WHY)
    assert (stored(section, supervisor), stored(section, owner), stored(section, taker).owner) == (None, None, taker)
    event = Event.objects.filter(verb=Verb.CHANGED, detail__act="What a leaver keeps apart passed on").get()
    assert (event.nominal, event.subject_id) == (None, None)
    assert Notification.objects.filter(recipient=owner, nominal=None).exists()


def test_a_supervisor_cannot_name_themselves_nor_act_on_another_unit(section, owner, supervisor):
    hand_over_cases(owner, supervisor)
    taker, stranger = make_user(unit=owner.unit), make_user(Role.SUPERVISOR, organisation=owner.organisation)
    for actor, user in ((supervisor, supervisor), (stranger, taker)):
        with pytest.raises(DomainError):
            pass_on_of_leaver(actor=actor, leaver=owner, user=user, reason=WHY)
    with pytest.raises(NotPermitted):
        pass_on_of_leaver(actor=taker, leaver=owner, user=make_user(unit=owner.unit), reason=WHY)
    for actor, user in ((supervisor, supervisor), (stranger, taker), (taker, taker)):
        with pytest.raises(DatabaseError), row_security(actor), connection.cursor() as cursor:
            cursor.execute("SELECT vigil_pass_on_of_leaver(%s, %s)", [owner.pk, user.pk])
    assert stored(section, owner).owner == owner


def test_nothing_kept_apart_answers_a_supervisor_alike(owner, supervisor):
    pass_on_of_leaver(actor=supervisor, leaver=owner, user=make_user(unit=owner.unit), reason=WHY)


def test_a_leaver_stays_active_until_everything_has_a_keeper(section, owner, supervisor):
    hand_over_cases(owner, supervisor)
    administrator = make_user(Role.ADMINISTRATOR, organisation=owner.organisation)
    with pytest.raises(DomainError) as refused:
        deactivate_user(actor=administrator, user=owner)
    assert "keeps something apart" in str(refused.value)
    assert section.nominal.reference not in str(refused.value)
    pass_on_of_leaver(actor=supervisor, leaver=owner, user=make_user(unit=owner.unit), reason=WHY)
    deactivate_user(actor=administrator, user=owner)
    owner.refresh_from_db()
    assert not owner.is_active


def test_printing_takes_a_reason_and_a_reader_by_name(section, owner, supervisor):
    with pytest.raises(DomainError):
        print_section(actor=owner, section=section, reason="Paper")
    print_section(actor=owner, section=section, reason="For the meeting with the prosecutor")
    assert Event.objects.filter(verb=Verb.PRINTED, subject_id=section.pk, reason="For the meeting with the prosecutor").count() == 1
    make_opening(nominal=section.nominal, user=supervisor)
    assert stored(section, supervisor)
    with pytest.raises(NotPermitted):
        print_section(actor=supervisor, section=section, reason="For the meeting with the prosecutor")
