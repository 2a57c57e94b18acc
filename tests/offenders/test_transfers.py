"""A record passes from one unit to another by an offer and an answer, and always has exactly one owner."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action
from audit.models import Event
from offenders.choices.custody import TransferState
from offenders.models import Nominal, Transfer
from offenders.rules.custody import TRANSFER_MOVES
from offenders.services.records import allocate_nominal
from offenders.services.transfers import accept_transfer, offer_transfer, refuse_transfer, withdraw_transfer
from tests.factories import make_exclusion, make_nominal, make_partnership, make_section, make_unit, make_user
from tests.offenders.test_services_at_once import at_once
from tests.safety.things.custody import make_transfer

pytestmark = pytest.mark.django_db
WORDS = {"reason": "Moved to the coast", "handover": "Visited monthly; plan in date."}


@pytest.fixture
def giver():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def nominal(giver):
    return make_nominal(offender_manager=make_user(unit=giver.unit), local_reference="NM-1")


@pytest.fixture
def taker(giver):
    return make_user(Role.SUPERVISOR, unit=make_unit(organisation=giver.organisation))


def offer(giver, nominal, taker, **more):
    return offer_transfer(actor=giver, nominal=nominal, to_unit=taker.unit, version=nominal.version, **WORDS, **more)


def test_an_offer_changes_nothing_but_gives_the_other_side_a_clock(giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    nominal.refresh_from_db()
    action = Action.objects.for_user(taker).get()
    assert (nominal.unit_id, transfer.state, action.rule_code) == (giver.unit_id, "offered", "transfer-decision")
    assert not may(taker, Perm.CHANGE_RECORD, nominal)


def test_accepting_gives_the_record_a_manager_of_the_new_unit_in_the_same_moment(giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    manager = make_user(unit=taker.unit)
    accept_transfer(actor=taker, transfer=transfer, offender_manager=manager, reason="Lives here now")
    nominal.refresh_from_db()
    transfer.refresh_from_db()
    assert (nominal.unit_id, nominal.offender_manager_id, nominal.local_reference) == (taker.unit_id, manager.pk, "NM-1")
    assert (transfer.state, transfer.taken_by_id) == ("accepted", manager.pk)
    assert may(manager, Perm.CHANGE_RECORD, nominal)
    assert not may(giver, Perm.CHANGE_RECORD, nominal)
    assert not Action.objects.waiting().filter(kind="transfer").exists()
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Record accepted from another unit").count() == 1


def test_another_force_takes_the_record_and_the_giver_may_stay_a_partner(giver, nominal):
    taker = make_user(Role.SUPERVISOR)
    make_partnership(nominal=nominal, force=taker.organisation)
    transfer = offer(giver, nominal, taker, keeps_partnership=True)
    accept_transfer(actor=taker, transfer=transfer, offender_manager=taker, reason="Lives here now")
    nominal.refresh_from_db()
    partners = nominal.partnerships.filter(ended_at__isnull=True)
    assert (nominal.force_id, nominal.local_reference, transfer.nominal.transfers.get().former_reference) == (
        taker.organisation_id,
        "",
        "NM-1",
    )
    assert [row.unit_id for row in partners] == [giver.unit_id]
    assert may(giver, Perm.VIEW_CASE_FILE, nominal)


def test_confidential_sections_do_not_move_by_themselves(giver, nominal, taker):
    section = make_section(nominal=nominal, owner=nominal.offender_manager)
    owner = nominal.offender_manager
    accept_transfer(actor=taker, transfer=offer(giver, nominal, taker), offender_manager=taker, reason="Lives here now")
    assert owner.notifications.filter(route="offenders:own-sections").count() == 1
    assert not type(section).objects.for_user(taker).filter(pk=section.pk).exists()


def test_a_refusal_leaves_the_record_and_tells_why(giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    refuse_transfer(actor=taker, transfer=transfer, reason="Only here on holiday")
    nominal.refresh_from_db()
    assert nominal.unit_id == giver.unit_id
    assert giver.notifications.get().text == "An offered record was refused"
    with pytest.raises(StaleRecord):
        withdraw_transfer(actor=giver, transfer=transfer, reason="Too late")


def test_one_offer_stands_at_a_time(giver, nominal, taker):
    offer(giver, nominal, taker)
    nominal.refresh_from_db()
    with pytest.raises(DomainError, match="on offer"):
        offer(giver, nominal, make_user(Role.SUPERVISOR))
    with pytest.raises(IntegrityError, match="transfer_one_open_offer"):
        make_transfer(nominal=nominal)


def test_an_offer_lapses_when_the_record_moves_within_its_force(giver, nominal, taker):
    offer(giver, nominal, taker)
    other = make_user(unit=make_unit(organisation=giver.organisation))
    allocate_nominal(actor=giver, nominal=nominal, unit=other.unit, offender_manager=other, version=1, reason="Workload")
    assert Transfer.objects.get().state == TransferState.LAPSED


@pytest.mark.parametrize("who", ["offender_manager", "stranger", "other unit"])
def test_only_the_two_sides_may_act(who, giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    actor = {
        "offender_manager": nominal.offender_manager,
        "stranger": make_user(unit=taker.unit),
        "other unit": make_user(Role.SUPERVISOR, unit=make_unit(organisation=giver.organisation)),
    }[who]
    with pytest.raises(NotPermitted):
        accept_transfer(actor=actor, transfer=transfer, offender_manager=taker, reason="Mine")
    with pytest.raises(NotPermitted):
        withdraw_transfer(actor=actor, transfer=transfer, reason="Mine")


def test_nobody_excluded_can_take_it_or_see_the_offer(client, giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    manager = make_user(unit=taker.unit)
    make_exclusion(nominal=nominal, user=manager)
    with pytest.raises(DomainError, match="cannot take"):
        accept_transfer(actor=taker, transfer=transfer, offender_manager=manager, reason="Lives here now")
    make_exclusion(nominal=nominal, user=taker)
    client.force_login(taker)
    assert client.get(reverse("offenders:offer", args=[transfer.public_id])).status_code == 404
    assert b"V-" not in client.get(reverse("offenders:transfer-list")).content


def test_both_sides_do_it_in_the_browser(client, giver, nominal, taker):
    client.force_login(giver)
    url = reverse("offenders:transfer-offer", args=[nominal.reference])
    assert client.post(url, {"to_unit": taker.unit_id, "version": 1, **WORDS}).status_code == 302
    assert "Offered" in client.get(reverse("offenders:transfers", args=[nominal.reference])).content.decode()
    client.force_login(taker)
    transfer = Transfer.objects.get()
    page = client.get(reverse("offenders:offer", args=[transfer.public_id])).content.decode()
    assert WORDS["handover"] in page
    accepted = client.post(reverse("offenders:offer-accept", args=[transfer.public_id]), {"offender_manager": taker.pk, "reason": "Here"})
    assert accepted.status_code == 302
    assert Nominal.objects.get().unit_id == taker.unit_id


@pytest.mark.parametrize("path", ["offenders:offer", "offenders:offer-accept", "offenders:offer-refuse"])
def test_offers_to_other_units_do_not_exist(client, path, giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    client.force_login(taker)
    assert client.get(reverse(path, args=[transfer.public_id])).status_code == 200
    client.force_login(make_user(Role.SUPERVISOR, unit=make_unit(organisation=taker.organisation)))
    assert client.get(reverse(path, args=[transfer.public_id])).status_code == 404


def test_every_move_leads_to_a_known_state():
    assert set(TRANSFER_MOVES) == set(TransferState)
    assert set().union(*TRANSFER_MOVES.values()) <= set(TransferState) - {TransferState.OFFERED}


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    ends = at_once(
        lambda: accept_transfer(actor=taker, transfer=transfer, offender_manager=taker, reason="Here"),
        lambda: withdraw_transfer(actor=giver, transfer=transfer, reason="Changed our mind"),
    )
    assert "done" in ends
    nominal.refresh_from_db()
    transfer.refresh_from_db()
    assert (transfer.state == "accepted") == (nominal.unit_id == taker.unit_id)
    assert ends.count("done") == 1 or transfer.state in {"accepted", "withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_of_two_takers_at_once_one_gets_the_record(giver, nominal, taker):
    transfer = offer(giver, nominal, taker)
    second = make_user(Role.SUPERVISOR, unit=taker.unit)
    ends = at_once(
        lambda: accept_transfer(actor=taker, transfer=transfer, offender_manager=taker, reason="Here"),
        lambda: accept_transfer(actor=second, transfer=transfer, offender_manager=second, reason="Here"),
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert Nominal.objects.get().offender_manager_id in {taker.pk, second.pk}
