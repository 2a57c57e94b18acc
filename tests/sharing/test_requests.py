"""Requests of agencies from the first word to the answer: who sees them, how they move, and what the agency learns."""

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action
from offenders.models import Nominal
from sharing.choices.requests import NOTHING_TO_SHARE, CameBy
from sharing.models import AgencyChange, Agreement, InformationRequest
from sharing.reports.requests import as_asked, releases_for
from sharing.rules.requests import MOVES, Side, State, may_move
from sharing.services import requests as services
from tests.factories import make_agency, make_exclusion, make_nominal, make_unit, make_user
from tests.sharing.making_decisions import make_agreement, make_partner, make_release_row
from tests.sharing.making_partners import ASKED, answer_with_nothing, make_request, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """An offender manager."""
    return make_user()


def take(request, officer) -> InformationRequest:
    """An officer takes it."""
    return services.take_request(actor=officer, request=request, version=request.version)


def waiting(request) -> list[Action]:
    """What must be done about it."""
    return list(Action.objects.waiting().filter(kind="partner-request", subject_id=request.pk))


def test_only_the_named_sides_move_a_request():
    assert {pair for pair, sides in MOVES.items() if Side.AGENCY in sides} == {(State.QUESTION, State.TAKEN)}
    assert not any(before in (State.ANSWERED, State.REFUSED) for before, _ in MOVES)
    assert not may_move(State.RECEIVED, State.ANSWERED, Side.UNIT)


def test_request_without_a_unit_is_seen_by_every_unit_until_one_takes_it(officer):
    elsewhere = make_user(unit=make_unit(organisation=officer.organisation))
    other_force, chair = make_user(), make_user(Role.MAPP_CHAIR, unit=officer.unit)
    request = make_request(officer=officer)
    assert waiting(request)[0].owner_role == Role.SUPERVISOR
    sees = [InformationRequest.objects.for_user(user).filter(pk=request.pk).exists() for user in (officer, elsewhere, other_force, chair)]
    assert sees == [True, True, False, False]
    taken = take(request, officer)
    assert not InformationRequest.objects.for_user(elsewhere).exists()
    assert [(action.owner, action.starts_at) for action in waiting(taken)] == [(officer, request.asked_at)]
    with pytest.raises(NotPermitted):
        services.take_request(actor=elsewhere, request=request)


def test_what_two_take_at_once_is_the_first_ones(officer):
    request = make_request(officer=officer)
    colleague = make_user(unit=officer.unit)
    take(request, officer)
    with pytest.raises(StaleRecord):
        services.take_request(actor=colleague, request=request, version=request.version)


def test_request_about_a_hidden_record_is_hidden_with_it(officer):
    nominal = make_nominal(offender_manager=officer)
    colleague = make_user(unit=officer.unit)
    make_exclusion(nominal=nominal, user=colleague)
    taken = take(make_request(officer=officer), officer)
    assert InformationRequest.objects.for_user(colleague).exists()
    services.link_request(actor=officer, request=taken, nominal=nominal, version=taken.version)
    assert not InformationRequest.objects.for_user(colleague).exists()


def test_record_that_one_may_not_know_is_not_linked(officer):
    nominal = make_nominal(unit=officer.unit)
    make_exclusion(nominal=nominal, user=officer)
    taken = take(make_request(officer=officer), officer)
    with pytest.raises(NotPermitted):
        services.link_request(actor=officer, request=taken, nominal=nominal, version=taken.version)


def test_request_goes_to_the_unit_that_manages_the_person(officer):
    theirs: Nominal = make_nominal(unit=make_unit(organisation=officer.organisation))
    taken = take(make_request(officer=officer), officer)
    linked = services.link_request(actor=officer, request=taken, nominal=theirs, version=taken.version)
    given = services.give_back_request(actor=officer, request=linked, version=linked.version)
    assert (given.unit, given.state, waiting(given)[0].owner_unit) == (theirs.unit, "received", theirs.unit)


def test_question_goes_back_and_the_reply_starts_the_clock_anew(officer):
    agency = make_agency()
    person = make_partner(agency)
    taken = take(make_request(officer=officer, agency=agency, person=person), officer)
    asked = services.ask_back(actor=officer, request=taken, text="Which Arthur Sample?", version=taken.version)
    assert (asked.state, waiting(asked)) == ("question", [])
    assert list(AgencyChange.objects.values_list("kind", "subject")) == [("request.question", asked.public_id)]
    with pytest.raises(DomainError):
        services.reply_to_question(actor=person, request=asked, text=" ")
    replied = services.reply_to_question(actor=person, request=asked, text="Born in 1970.", on_behalf_of="B. Worker")
    assert (replied.state, [action.owner for action in waiting(replied)]) == ("taken", [officer])
    assert [(note.is_question, note.text) for note in replied.notes.all()] == [(True, "Which Arthur Sample?"), (False, "Born in 1970.")]
    with pytest.raises(DomainError):
        services.reply_to_question(actor=person, request=replied, text="Once more")


def test_reply_of_another_agency_is_refused(officer):
    taken = take(make_request(officer=officer), officer)
    asked = services.ask_back(actor=officer, request=taken, text="Which?", version=taken.version)
    with pytest.raises(NotPermitted):
        services.reply_to_question(actor=make_partner(make_agency()), request=asked, text="Mine")


def test_agency_reads_the_same_whether_nothing_is_held_or_it_is_withheld(officer):
    held, unknown = (take(make_request(officer=officer), officer) for _ in range(2))
    held = services.link_request(actor=officer, request=held, nominal=make_nominal(offender_manager=officer), version=held.version)
    answers = []
    for request in (held, unknown):
        closed = services.answer_request(
            actor=officer, request=request, releases=[], has_nothing=True, note="Internal", version=request.version
        )
        answers.append(as_asked(closed)["answer"] | {"at": None})
    assert answers[0] == answers[1] == {"at": None, "refusal": "", "words": [NOTHING_TO_SHARE], "shared": []}
    assert waiting(held) == []


def test_answer_names_releases_to_that_agency_only(officer):
    nominal, agency = make_nominal(offender_manager=officer), make_agency()
    request = take(make_request(officer=officer, agency=agency), officer)
    agreement = Agreement.objects.get(agency=agency)
    release, other = share(nominal, agency, agreement), make_release_row(nominal=nominal)
    assert list(releases_for(officer, request)) == [release]
    for releases in ([], [other]):
        with pytest.raises(DomainError):
            services.answer_request(actor=officer, request=request, releases=releases, has_nothing=False, note="x", version=request.version)
    closed = services.answer_request(
        actor=officer, request=request, releases=[release], has_nothing=False, note="Shared", version=request.version
    )
    assert as_asked(closed)["answer"]["shared"] == [{"public_id": release.public_id, "reference": release.reference, "channel": "online"}]
    assert AgencyChange.objects.get().kind == "request.answered"


def test_refusal_has_a_reason_that_the_agency_reads(officer):
    request = take(make_request(officer=officer), officer)
    with pytest.raises(DomainError):
        services.refuse_request(actor=officer, request=request, refusal="because", note="x", version=request.version)
    closed = services.refuse_request(actor=officer, request=request, refusal="unclear", note="No birth date", version=request.version)
    shown = as_asked(closed)["answer"]
    assert shown["words"][0].startswith("We cannot tell whom you mean")
    assert "No birth date" not in str(as_asked(closed))
    assert AgencyChange.objects.get().kind == "request.refused"
    with pytest.raises(DomainError):
        services.take_request(actor=officer, request=closed)


def test_officer_writes_down_what_came_by_telephone(officer):
    agency = make_agency()
    words = {**ASKED, "asked_for": "Duty social worker"}
    request = services.write_down_request(actor=officer, agency=agency, came_by=CameBy.TELEPHONE, **words)
    assert (request.unit, request.agency, waiting(request)[0].owner_unit) == (officer.unit, agency, officer.unit)
    with pytest.raises(DomainError):
        services.write_down_request(actor=officer, agency=agency, came_by="api", **words)
    with pytest.raises(NotPermitted):
        services.write_down_request(actor=make_partner(agency), agency=agency, came_by=CameBy.MAIL, **words)


def test_agency_asks_only_under_an_agreement(officer):
    agency = make_agency()
    make_agreement(force=officer.organisation, agency=agency, days=-1)
    with pytest.raises(DomainError):
        services.ask_police(actor=make_partner(agency), force=officer.organisation, came_by=CameBy.BROWSER, **ASKED)


def test_agency_sees_all_its_own_requests_and_no_other(officer):
    agency = make_agency()
    request = answer_with_nothing(make_request(officer=officer, agency=agency), officer)
    assert list(InformationRequest.objects.for_user(make_partner(agency), Perm.ASK_POLICE)) == [request]
    assert not InformationRequest.objects.for_user(make_partner(make_agency()), Perm.ASK_POLICE).exists()
    assert request.answered_at.date() <= localdate()
