"""Agreements: who keeps them, what they must say, that suspending counts from the next statement, and that both sides are told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action, Notification
from audit.models import Event
from sharing.models import AgencyChange, AgencyContact, Agreement, Release
from sharing.services.agreement_news import tell_of_agreements
from sharing.services.agreements import (
    add_agreement,
    add_contact,
    change_agreement,
    end_agreement,
    end_contact,
    raise_agreement_reviews,
    resume_agreement,
    review_agreement,
    suspend_agreement,
)
from tests.factories import make_agency, make_force, make_nominal, make_user
from tests.sharing.making_decisions import YESTERDAY, make_agreement, make_decision_row, make_partner, make_release_row

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def keeper():
    return make_user(Role.INFORMATION_GOVERNANCE)


def said(**values):
    """What a new agreement says."""
    plain = {
        "agency": make_agency(), "title": "Sharing under MAPPA", "purposes": ["protect_child"], "data_classes": ["risk"],
        "powers": ["cja_325"], "first_day": TODAY, "last_day": TODAY + timedelta(days=90), "review_on": TODAY + timedelta(days=60),
        "signed_by": "Superintendent; head of service", "document": "",
    }  # fmt: skip
    return plain | values


def test_information_governance_keeps_an_agreement(keeper):
    kept = add_agreement(actor=keeper, **said())

    assert (kept.force, kept.state, kept.last_day) == (keeper.organisation, "in force", TODAY + timedelta(days=90))
    assert Event.objects.get(detail__act="Agreement added").subject_id == kept.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purposes": []}, "purposes"), ({"data_classes": ["gossip"]}, "data_classes"), ({"powers": ["dpa_28"]}, "powers"),
        ({"last_day": TODAY - timedelta(days=1)}, "last_day"), ({"review_on": TODAY + timedelta(days=99)}, "review_on"),
        ({"review_on": TODAY}, "review_on"),
    ],
)  # fmt: skip
def test_an_agreement_says_everything(keeper, wrong, field):
    with pytest.raises(DomainError) as refused:
        add_agreement(actor=keeper, **said(**wrong))

    assert refused.value.field == field


def test_no_force_is_the_other_side_and_no_closed_agency(keeper):
    for other in (make_force(), make_agency(is_active=False)):
        with pytest.raises(DomainError, match="agency that works"):
            add_agreement(actor=keeper, **said(agency=other))


def test_nobody_else_keeps_one_not_even_of_an_agency(keeper):
    agency = make_agency()
    agreement = make_agreement(force=keeper.organisation, agency=agency)
    outsiders = (
        make_user(Role.SUPERVISOR, organisation=keeper.organisation), make_user(Role.INFORMATION_GOVERNANCE),
        make_user(Role.INFORMATION_GOVERNANCE, organisation=agency), make_partner(agency),
    )  # fmt: skip
    for outsider in outsiders:
        with pytest.raises(NotPermitted):
            suspend_agreement(actor=outsider, agreement=agreement, version=1, reason="x")
    for outsider in (outsiders[0], *outsiders[2:]):
        with pytest.raises(NotPermitted):
            add_agreement(actor=outsider, **said())


def test_who_reads_an_agreement(keeper):
    agency = make_agency()
    agreement = make_agreement(force=keeper.organisation, agency=agency)
    readers = (keeper, make_user(Role.OPERATIONAL, organisation=keeper.organisation), make_partner(agency))
    others = (
        make_user(Role.INFORMATION_GOVERNANCE),
        make_partner(make_agency()),
        make_user(Role.CONTROL_ROOM, organisation=agreement.force),
    )

    assert [list(Agreement.objects.for_user(user)) for user in readers] == [[agreement]] * 3
    assert [list(Agreement.objects.for_user(user)) for user in others] == [[]] * 3


def test_suspending_counts_from_the_next_statement(keeper):
    """What the agency could read a statement ago is gone in the next one: in the list, by key, and in the count."""
    nominal = make_nominal(unit=make_user(organisation=keeper.organisation).unit)
    release = make_release_row(nominal=nominal)
    partner, agreement = make_partner(release.agency), release.decision.agreement
    rows = Release.objects.for_user(partner, Perm.VIEW_SHARED)
    assert (list(rows.all()), rows.filter(subject_name__icontains="arthur").count()) == ([release], 1)

    suspended = suspend_agreement(actor=keeper, agreement=agreement, version=1, reason="A breach")

    rows = Release.objects.for_user(partner, Perm.VIEW_SHARED)
    assert (list(rows.all()), rows.filter(pk=release.pk).exists(), rows.filter(subject_name__icontains="arthur").count()) == ([], False, 0)
    resume_agreement(actor=keeper, agreement=suspended, version=2, reason="Mended")
    assert list(Release.objects.for_user(partner, Perm.VIEW_SHARED)) == [release]


def test_an_agreement_that_ends_takes_its_releases_with_it_at_midnight(keeper):
    release = make_release_row(nominal=make_nominal(unit=make_user(organisation=keeper.organisation).unit))
    partner = make_partner(release.agency)
    end_agreement(actor=keeper, agreement=release.decision.agreement, version=1, last_day=TODAY, reason="Contract over")

    assert list(Release.objects.for_user(partner, Perm.VIEW_SHARED)) == [release]
    with time_machine.travel(TODAY + timedelta(days=1, hours=0)):
        assert list(Release.objects.for_user(partner, Perm.VIEW_SHARED)) == []


def test_suspending_twice_resuming_nothing_and_acting_on_an_old_copy_is_refused(keeper):
    agreement = make_agreement(force=keeper.organisation)
    with pytest.raises(DomainError, match="not suspended"):
        resume_agreement(actor=keeper, agreement=agreement, version=1, reason="x")
    with pytest.raises(DomainError, match="Say why"):
        suspend_agreement(actor=keeper, agreement=agreement, version=1, reason="  ")
    suspend_agreement(actor=keeper, agreement=agreement, version=1, reason="A breach")
    with pytest.raises(StaleRecord):
        suspend_agreement(actor=keeper, agreement=agreement, version=1, reason="x")
    with pytest.raises(DomainError, match="suspended already"):
        suspend_agreement(actor=keeper, agreement=agreement, version=2, reason="x")


def test_what_ended_stays_as_it_was(keeper):
    over = make_agreement(force=keeper.organisation, period=YESTERDAY)
    with pytest.raises(DomainError, match="has ended"):
        review_agreement(actor=keeper, agreement=over, version=1, review_on=TODAY + timedelta(days=9), reason="x")
    with pytest.raises(DomainError, match="has ended"):
        end_agreement(actor=keeper, agreement=over, version=1, last_day=TODAY, reason="x")


def test_a_change_lets_it_hold_longer_and_never_cuts_it_short(keeper):
    agreement = make_agreement(force=keeper.organisation)
    terms = {"purposes": ["housing"], "data_classes": ["plan"], "powers": ["oma_14"], "title": "New"}
    changed = change_agreement(actor=keeper, agreement=agreement, version=1, last_day=date(2099, 1, 1), **terms)

    assert (changed.title, changed.last_day, changed.purposes) == ("New", date(2099, 1, 1), ["housing"])
    with pytest.raises(DomainError, match="End it"):
        change_agreement(actor=keeper, agreement=agreement, version=2, last_day=TODAY, **terms)
    with pytest.raises(DomainError, match="already"):
        end_agreement(actor=keeper, agreement=agreement, version=2, last_day=date(2099, 1, 2), reason="x")


def test_a_review_is_asked_for_once_for_its_day_and_done(keeper):
    near = make_agreement(force=keeper.organisation, review_on=TODAY + timedelta(days=20))
    make_agreement(force=keeper.organisation, review_on=TODAY + timedelta(days=40))
    make_agreement(force=keeper.organisation, review_on=TODAY, period=YESTERDAY)
    raise_agreement_reviews(actor=None)
    raise_agreement_reviews(actor=None)

    action = Action.objects.get(kind="agreement-review")
    assert (action.subject_id, action.owner_role, action.state) == (near.pk, Role.INFORMATION_GOVERNANCE, "open")
    assert list(Action.objects.for_user(keeper)) == [action]
    review_agreement(actor=keeper, agreement=near, version=1, review_on=TODAY + timedelta(days=80), reason="Still needed")
    action.refresh_from_db()
    assert action.state == "done"


def told() -> list[str]:
    """What the agency's systems are told, in order."""
    return list(AgencyChange.objects.values_list("kind", flat=True))


def test_both_sides_are_told_once_that_an_agreement_is_in_force_and_that_it_is_not(keeper):
    nominal = make_nominal(unit=make_user(organisation=keeper.organisation).unit)
    agreement = make_agreement(force=keeper.organisation, added_by=keeper)
    contact = add_contact(actor=keeper, agreement=agreement, post="Duty desk", email="desk@agency.invalid")
    AgencyContact.objects.create(force=agreement.force, agency=agreement.agency, post="Gone", email="gone@agency.invalid", ended_on=TODAY)
    sender = make_user(unit=nominal.unit)
    decision = make_decision_row(nominal=nominal, by=sender, agency=agreement.agency, agreement=agreement)
    make_release_row(nominal=nominal, decision=decision)
    bystander = make_user(unit=nominal.unit)

    assert (tell_of_agreements(actor=None), tell_of_agreements(actor=None)) == (1, 0)
    assert told() == ["agreement.begun"]
    suspend_agreement(actor=keeper, agreement=agreement, version=1, reason="A breach")
    Notification.objects.all().delete()
    assert (tell_of_agreements(actor=None), tell_of_agreements(actor=None)) == (1, 0)

    assert told() == ["agreement.begun", "agreement.ended"]
    assert AgencyChange.objects.latest("pk").subject == agreement.public_id
    texts = {(note.recipient, note.text) for note in Notification.objects.all()}
    assert texts == {
        (keeper, "An agreement with an agency is no longer in force"),
        (sender, "An agreement is no longer in force: the agency cannot read what you shared under it"),
        (nominal.offender_manager, "An agreement is no longer in force: the agency cannot read what you shared under it"),
    }
    assert bystander not in {person for person, _ in texts}
    assert [message.bcc for message in mail.outbox] == [[contact.email]] * 2
    assert "no longer in force" in mail.outbox[1].subject
    assert "Arthur" not in mail.outbox[1].body


@pytest.mark.parametrize("how", ["not begun", "ended long ago"])
def test_nothing_is_told_of_what_never_was_in_force(keeper, how):
    period = YESTERDAY if how == "ended long ago" else DateRange(TODAY + timedelta(days=2), TODAY + timedelta(days=99))
    make_agreement(force=keeper.organisation, period=period)

    assert tell_of_agreements(actor=None) == 0


def test_closing_the_agency_and_the_calendar_are_told_too(keeper):
    first, second = (make_agreement(force=keeper.organisation, days=1) for _ in range(2))
    tell_of_agreements(actor=None)
    first.agency.is_active = False
    first.agency.save()
    assert tell_of_agreements(actor=None) == 1
    with time_machine.travel(TODAY + timedelta(days=1, hours=1)):
        assert tell_of_agreements(actor=None) == 1
    assert AgencyChange.objects.filter(kind="agreement.ended", agency__in=[first.agency, second.agency]).count() == 2


def test_a_mail_that_cannot_go_keeps_nobody_else_waiting_and_goes_the_next_minute(keeper, monkeypatch):
    agreement = make_agreement(force=keeper.organisation)
    add_contact(actor=keeper, agreement=agreement, post="Duty desk", email="desk@agency.invalid")
    with monkeypatch.context() as patched:
        patched.setattr("sharing.services.agreement_news.EmailMessage.send", lambda self: (_ for _ in ()).throw(ConnectionError))
        with pytest.raises(ConnectionError):
            tell_of_agreements(actor=None)
    assert (told(), mail.outbox) == (["agreement.begun"], [])
    tell_of_agreements(actor=None)
    assert (told(), len(mail.outbox)) == (["agreement.begun"], 1)


def test_contacts_can_be_reached_and_end(keeper):
    agreement = make_agreement(force=keeper.organisation)
    with pytest.raises(DomainError, match="telephone number or an e-mail"):
        add_contact(actor=keeper, agreement=agreement, post="Desk")
    contact = add_contact(actor=keeper, agreement=agreement, post="Desk", phone="01632 960300")
    officer = make_user(Role.OPERATIONAL, organisation=keeper.organisation)
    assert list(AgencyContact.objects.for_user(officer).live()) == [contact]
    assert list(AgencyContact.objects.for_user(make_partner(agreement.agency))) == []
    end_contact(actor=keeper, contact=contact)
    with pytest.raises(DomainError, match="ended already"):
        end_contact(actor=keeper, contact=contact)
    assert list(AgencyContact.objects.for_user(officer).live()) == []
