"""Confidential sections and emergency openings: the services and the alert."""

from datetime import date, timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core import mail
from django.utils import timezone

from accounts.access import may, row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from offenders import tasks
from offenders.models import BreakGlass, ConfidentialSection, SectionUserGrant
from offenders.services.access import break_glass, review_break_glass
from offenders.services.sections import add_section, grant_section, revoke_section_grant
from tests.factories import FAR, make_exclusion, make_nominal, make_opening, make_section, make_section_grant, make_user

pytestmark = pytest.mark.django_db
WHY = "Plans the safeguarding visit"
EMERGENCY = "A child is missing from home and was seen with this person"
SECRET = "Lives with an aunt in Millbrook"


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
def section(nominal):
    return make_section(nominal=nominal, body=SECRET)


def sees(user, section):
    with row_security(user):
        return may(user, Perm.VIEW_CONFIDENTIAL, section)


def in_days(days):
    return timezone.now() + timedelta(days=days)


def values(**changed):
    return {
        "kind": "victim",
        "body": SECRET,
        "basis": "safeguarding",
        "lawful_basis": "Safeguarding",
        "originator": "Victim liaison",
        "handling": "",
        "review_on": FAR,
    } | changed


def test_whoever_adds_a_section_owns_it_and_is_the_only_reader(nominal, owner, supervisor):
    section = add_section(actor=owner, nominal=nominal, **values())
    assert section.owner == owner
    assert sees(owner, section)
    assert [sees(user, section) for user in (supervisor, make_user(unit=owner.unit), make_user())] == [False, False, False]


def test_no_text_of_a_section_reaches_the_trail(nominal, owner):
    add_section(actor=owner, nominal=nominal, **values())
    kept = [*LogEntry.objects.values_list("changes", "object_repr", "additional_data"), *Event.objects.values_list("detail", "reason")]
    assert kept
    assert [row for row in kept if "Millbrook" in str(row) or "Victim liaison" in str(row)] == []


def test_only_the_team_adds_a_section_and_its_review_lies_ahead(nominal, owner):
    for actor in (make_user(), make_user(Role.OPERATIONAL, organisation=owner.organisation)):
        with pytest.raises(NotPermitted):
            add_section(actor=actor, nominal=nominal, **values())
    with pytest.raises(DomainError) as refused:
        add_section(actor=owner, nominal=nominal, **values(review_on=timezone.localdate()))
    assert refused.value.field == "review_on"


def test_the_owner_names_a_reader_and_ends_it(section, owner):
    reader = make_user(organisation=owner.organisation)
    grant = grant_section(actor=owner, section=section, user=reader, reason=WHY, expires_at=in_days(7))
    assert sees(reader, section)
    revoke_section_grant(actor=owner, grant=grant, reason="The visit took place")
    assert not sees(reader, section)
    recorded = Event.objects.filter(verb__in=[Verb.GRANTED, Verb.REVOKED]).order_by("pk").values_list("subject_id", "nominal", "reason")
    assert list(recorded) == [(section.pk, section.nominal_id, WHY), (section.pk, section.nominal_id, "The visit took place")]


def test_a_grant_on_a_section_ends_in_the_second_it_says(section, owner):
    reader = make_user(organisation=owner.organisation)
    grant = grant_section(actor=owner, section=section, user=reader, reason=WHY, expires_at=in_days(7))
    with time_machine.travel(grant.expires_at - timedelta(seconds=1), tick=False):
        assert sees(reader, section)
    with time_machine.travel(grant.expires_at, tick=False):
        assert not sees(reader, section)


def test_a_lead_of_the_unit_names_readers_only_once_let_in(section, owner, supervisor):
    reader = make_user(organisation=owner.organisation)
    with pytest.raises(NotPermitted):
        grant_section(actor=supervisor, section=section, user=reader, reason=WHY, expires_at=in_days(7))
    grant_section(actor=owner, section=section, user=supervisor, reason=WHY, expires_at=in_days(7))
    grant_section(actor=supervisor, section=section, user=reader, reason=WHY, expires_at=in_days(7))
    assert sees(reader, section)


def test_a_reader_who_is_no_lead_names_nobody(section, owner):
    reader = make_user(unit=owner.unit)
    grant_section(actor=owner, section=section, user=reader, reason=WHY, expires_at=in_days(7))
    with pytest.raises(NotPermitted):
        grant_section(actor=reader, section=section, user=make_user(organisation=owner.organisation), reason=WHY, expires_at=in_days(7))


def test_an_emergency_opening_names_nobody(section, owner, supervisor):
    make_opening(nominal=section.nominal, user=supervisor)
    assert sees(supervisor, section)
    with pytest.raises(NotPermitted):
        grant_section(actor=supervisor, section=section, user=make_user(unit=owner.unit), reason=WHY, expires_at=in_days(7))


def test_grants_on_a_section_that_would_have_no_effect_are_refused(section, owner):
    excluded = make_user(organisation=owner.organisation)
    make_exclusion(nominal=section.nominal, user=excluded)
    refused = {
        owner: "owns the section",
        excluded: "is excluded",
        make_user(): "owning force",
        make_user(Role.PRESS_OFFICER, organisation=owner.organisation): "role, training or vetting",
        make_user(organisation=owner.organisation, trained_until=date(2020, 1, 1)): "role, training or vetting",
    }
    for user, words in refused.items():
        with pytest.raises(DomainError, match=words):
            grant_section(actor=owner, section=section, user=user, reason=WHY, expires_at=in_days(7))
    assert not SectionUserGrant.objects.exists()


def test_a_grant_on_a_section_of_a_restricted_record_needs_the_card_first(owner):
    section = make_section(nominal=make_nominal(offender_manager=owner, is_restricted=True))
    with pytest.raises(DomainError, match="cannot open the record"):
        grant_section(actor=owner, section=section, user=make_user(organisation=owner.organisation), reason=WHY, expires_at=in_days(7))


@pytest.mark.parametrize("days", [-1, 0, 94])
def test_a_grant_on_a_section_ends_within_the_rule(section, owner, days):
    with pytest.raises(DomainError) as refused:
        grant_section(actor=owner, section=section, user=make_user(organisation=owner.organisation), reason=WHY, expires_at=in_days(days))
    assert refused.value.field == "expires_at"


# Emergencies


def test_breaking_the_glass_opens_for_one_hour_and_is_recorded(section, supervisor):
    assert not sees(supervisor, section)
    opening = break_glass(actor=supervisor, nominal=section.nominal, reason=EMERGENCY)
    assert sees(supervisor, section)
    with time_machine.travel(opening.expires_at - timedelta(seconds=1), tick=False):
        assert sees(supervisor, section)
    with time_machine.travel(opening.expires_at, tick=False):
        assert not sees(supervisor, section)
    assert opening.expires_at - opening.opened_at <= timedelta(hours=1, seconds=5)
    assert list(Event.objects.filter(verb=Verb.BROKE_GLASS).values_list("nominal", "reason")) == [(section.nominal_id, EMERGENCY)]


def test_only_some_roles_break_the_glass_and_not_where_they_are_excluded(section, owner, supervisor):
    make_exclusion(nominal=section.nominal, user=supervisor)
    force = owner.organisation
    others = [make_user(role, organisation=force) for role in (Role.OPERATIONAL, Role.CONTROL_ROOM, Role.AUDITOR, Role.ADMINISTRATOR)]
    for actor in (owner, supervisor, make_user(Role.INTELLIGENCE), *others):
        with pytest.raises(NotPermitted):
            break_glass(actor=actor, nominal=section.nominal, reason=EMERGENCY)
    assert not BreakGlass.objects.exists()


def test_an_emergency_needs_words_and_is_not_prolonged_while_it_lasts(section, supervisor):
    with pytest.raises(DomainError) as refused:
        break_glass(actor=supervisor, nominal=section.nominal, reason="Life at risk")
    assert refused.value.field == "reason"
    break_glass(actor=supervisor, nominal=section.nominal, reason=EMERGENCY)
    with pytest.raises(DomainError, match="You have it open until"):
        break_glass(actor=supervisor, nominal=section.nominal, reason=EMERGENCY)


def test_breaking_the_glass_is_the_same_where_there_is_nothing(nominal, supervisor):
    break_glass(actor=supervisor, nominal=nominal, reason=EMERGENCY)
    with row_security(supervisor):
        assert not ConfidentialSection.objects.for_user(supervisor).exists()


def test_owners_and_auditors_are_mailed_after_commit_without_personal_data(
    section, owner, supervisor, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr(tasks.tell_of_emergency_opening, "delay", sent.append)
    auditor = make_user(Role.AUDITOR, organisation=owner.organisation)
    make_user(Role.AUDITOR)
    make_user(Role.AUDITOR, organisation=owner.organisation, is_active=False)
    excluded = make_user(organisation=owner.organisation)
    make_section(nominal=section.nominal, owner=excluded)
    make_exclusion(nominal=section.nominal, user=excluded)
    with django_capture_on_commit_callbacks(execute=True):
        opening = break_glass(actor=supervisor, nominal=section.nominal, reason=EMERGENCY)
        assert sent == []
    assert sent == [opening.pk]

    tasks.tell_of_emergency_opening(opening.pk)

    (message,) = mail.outbox
    assert set(message.recipients()) == {owner.email, auditor.email}
    text = message.subject + message.body
    assert [word for word in (section.nominal.reference, "Sample", "child", supervisor.last_name, SECRET) if word in text] == []


def test_an_auditor_reviews_an_opening_once(section, owner, supervisor):
    opening = make_opening(nominal=section.nominal, user=supervisor)
    auditor = make_user(Role.AUDITOR, organisation=owner.organisation)
    reviewed = review_break_glass(actor=auditor, opening=opening, was_justified=False, note="The owner was on duty and could be asked")
    assert (reviewed.reviewed_by, reviewed.was_justified) == (auditor, False)
    assert list(Event.objects.filter(verb=Verb.REVIEWED).values_list("subject_id", "nominal")) == [(opening.pk, section.nominal_id)]
    with pytest.raises(DomainError, match="Somebody else"):
        review_break_glass(actor=auditor, opening=opening, was_justified=True, note="The owner was on duty")


def test_nobody_reviews_their_own_opening_or_another_forces(section, owner):
    both = make_user(Role.SUPERVISOR, Role.AUDITOR, unit=owner.unit)
    opening = make_opening(nominal=section.nominal, user=both)
    for actor in (both, owner, make_user(Role.AUDITOR)):
        with pytest.raises(NotPermitted):
            review_break_glass(actor=actor, opening=opening, was_justified=True, note="It was justified")
    assert list(BreakGlass.objects.for_user(make_user(Role.AUDITOR, organisation=owner.organisation))) == [opening]


def test_a_reader_does_not_lose_the_grant_rows_of_others(section, owner):
    first, second = make_user(organisation=owner.organisation), make_user(organisation=owner.organisation)
    with row_security(owner):
        make_section_grant(section=section, user=first)
    grant_section(actor=owner, section=section, user=second, reason=WHY, expires_at=in_days(7))
    assert (sees(first, section), sees(second, section)) == (True, True)
