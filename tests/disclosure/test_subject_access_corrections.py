"""What people dispute: decided thing by thing, done by the unit that keeps the record, answered in writing."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from disclosure.choices.subject_access import Basis, Outcome
from disclosure.models import Correction
from disclosure.rules.subject_access_corrections import BASES, NEITHER
from disclosure.services import subject_access as services
from disclosure.services import subject_access_bundles as bundles
from disclosure.services import subject_access_collecting as collecting
from disclosure.services import subject_access_corrections as corrections
from tests.disclosure.making_subject_access import make_bundle, make_correction, make_governance, make_subject_request
from tests.factories import make_nominal, make_user
from tests.sharing.making_decisions import make_release_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather")


@pytest.fixture
def governance(nominal):
    return make_governance(nominal)


@pytest.fixture
def request_to_rectify(nominal, governance):
    """Taken and proved by service, so that its clock runs, and linked."""
    taken = services.take_subject_request(
        actor=governance, asks="rectify", name="Barnaby Quillfeather", received_by="letter", received_at=now() - timedelta(days=1)
    )
    proved = services.prove_identity(actor=governance, request=taken, version=None, identity="passport", identity_detail="", at=now())
    type(proved).objects.filter(pk=proved.pk).update(nominal=nominal)
    proved.refresh_from_db()
    return proved


def decide(governance, row, outcome, basis, **values):
    row.refresh_from_db()
    plain = {"version": row.version, "reasons": "The tenancy shows it", "outcome": outcome, "basis": basis}
    return corrections.decide_correction(actor=governance, correction=row, **plain | values)


def finish(user, row, **values):
    row.refresh_from_db()
    plain = {"version": row.version, "done": "The address was ended on the page of addresses", "recipients": "Probation, by telephone"}
    return corrections.finish_correction(actor=user, correction=row, **plain | values)


def test_what_is_disputed_is_decided_done_and_answered(request_to_rectify, nominal, governance):
    request = request_to_rectify
    assert request.state == "deciding"
    with pytest.raises(DomainError, match="Write down what is disputed"):
        bundles.seal_bundle(actor=governance, request=request, version=None)
    for what, asked in ((" ", "Wrong"), ("The address", " ")):
        with pytest.raises(DomainError, match="Say"):
            corrections.dispute(actor=governance, request=request, version=None, what=what, asked=asked)
    first = corrections.dispute(actor=governance, request=request, version=None, what="The address of 3 May", asked="I never lived there")
    other = corrections.dispute(actor=governance, request=request, version=None, what="A visit in June", asked="Take it out")
    with pytest.raises(DomainError, match="2 are undecided"):
        bundles.seal_bundle(actor=governance, request=request, version=None)
    decide(governance, other, "refused", "needed", reasons="It is still needed")
    decide(governance, first, "rectified", "wrong")
    with pytest.raises(DomainError, match="1 thing is not done"):
        bundles.seal_bundle(actor=governance, request=request, version=None)
    action = Action.objects.get(kind="subject-correction")
    assert (action.owner_unit, action.nominal, action.state) == (nominal.unit, nominal.pk, "open")
    assert "address" not in action.title + action.detail

    finish(nominal.offender_manager, first)

    assert Action.objects.get(kind="subject-correction").state == "done"
    bundle = bundles.seal_bundle(actor=governance, request=request, version=None)
    paper = bundles.print_bundle(actor=governance, bundle=bundle)
    said = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)
    for words in ("The address of 3 May", "Put right. It is not accurate (section 46(1)).", "The tenancy shows it", "Refused."):
        assert words in said
    assert "complain to the Commissioner" in said
    assert "Probation" not in said
    bundles.hand_over(actor=governance, request=request, version=None, way="post", to_whom="Barnaby Quillfeather", at=now())
    assert set(Action.objects.filter(kind="subject-access").values_list("state", flat=True)) == {"done"}
    with pytest.raises(DomainError, match="has ended"):
        decide(governance, other, "erased", "unlawful")
    assert "never lived" not in str(list(Event.objects.values_list("detail", "reason")))


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_rests_on_its_own_part_of_the_law(outcome, request_to_rectify, governance):
    row = make_correction(request_to_rectify)
    for basis in set(Basis) - set(BASES[outcome]):
        with pytest.raises(DomainError, match="on what it rests"):
            decide(governance, row, outcome, basis)
    for basis in BASES[outcome]:
        assert decide(governance, row, outcome, basis).basis == basis
    assert Action.objects.waiting().filter(kind="subject-correction").count() == (outcome != Outcome.REFUSED)


def test_the_person_is_told_nothing_only_of_what_is_refused_and_on_a_ground(request_to_rectify, governance):
    row = make_correction(request_to_rectify)
    with pytest.raises(DomainError, match="told nothing"):
        decide(governance, row, "rectified", "wrong", untold="inquiry")
    for untold in ("privileged", "invented"):
        with pytest.raises(DomainError, match="told nothing"):
            decide(governance, row, "refused", "needed", untold=untold)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=row.pk).update(untold="inquiry")
    decide(governance, row, "refused", "needed", untold="inquiry")

    bundle = bundles.seal_bundle(actor=governance, request=request_to_rectify, version=None)

    assert [each["text"] for each in bundle.contents] == [NEITHER]
    assert "tenancy" not in str(bundle.contents) + bundle.letter


def test_nothing_changes_where_no_record_is_linked(governance, nominal):
    request = make_subject_request(nominal=nominal, officer=governance, asks="erase", unit=None)
    type(request).objects.update(nominal=None)
    row = make_correction(request)
    with pytest.raises(DomainError, match="Link the record first"):
        decide(governance, row, "erased", "unlawful")
    assert decide(governance, row, "refused", "not_held").outcome == "refused"


def test_only_who_may_change_the_record_says_that_it_was_done_once(request_to_rectify, nominal, governance):
    row = make_correction(request_to_rectify)
    with pytest.raises(DomainError, match="waits to be done"):
        finish(governance, row)
    decide(governance, row, "restricted", "evidence")
    for other in (governance, make_user(Role.SUPERVISOR)):
        with pytest.raises(NotPermitted):
            finish(other, row)
    with pytest.raises(DomainError, match="nobody had it"):
        finish(nominal.offender_manager, row, recipients=" ")
    with pytest.raises(StaleRecord):
        finish(nominal.offender_manager, row, version=row.version - 1)
    finish(nominal.offender_manager, row)
    with pytest.raises(DomainError, match="waits to be done"):
        finish(nominal.offender_manager, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=row.pk).update(done="Nothing")


def test_a_copy_and_a_dispute_do_not_mix(request_to_rectify, nominal, governance):
    with pytest.raises(DomainError, match="Nothing is collected"):
        collecting.start_collecting(actor=governance, request=request_to_rectify)
    with pytest.raises(DomainError, match="asks for a copy"):
        corrections.dispute(actor=governance, request=make_subject_request(nominal=nominal), version=None, what="A", asked="B")
    with pytest.raises(DomainError, match="Choose what is asked"):
        services.take_subject_request(actor=governance, asks="more", name="A", received_by="letter", received_at=now())


@pytest.mark.parametrize("answer", ["bundle", "correction"])
def test_the_database_lets_no_answer_go_before_what_is_disputed_is_done(answer, request_to_rectify):
    make_correction(request_to_rectify, is_granted=True)
    with pytest.raises(IntegrityError, match="disputed is undecided or not done"):
        make_bundle(request_to_rectify, answer=answer, contents=[{"heading": "A", "label": "B", "text": "C"}])


def test_pages_write_down_decide_and_show_who_had_it(client, request_to_rectify, nominal, governance):
    release = make_release_row(nominal=nominal)
    client.force_login(governance)
    address = reverse("disclosure:subject-dispute", args=[request_to_rectify.public_id])
    client.post(address, {"what": "The address of 3 May", "asked": "Never there", "version": request_to_rectify.version})
    row = Correction.objects.get()
    one = [request_to_rectify.public_id, row.public_id]
    shown = client.get(reverse("disclosure:subject-correction", args=one)).content.decode()
    assert "Never there" in shown
    assert shown.count(" checked") == 0
    sent = {"outcome": "rectified", "basis": "wrong", "reasons": "It was another", "untold": "", "version": row.version}
    refused = client.post(reverse("disclosure:subject-correction", args=one), sent | {"basis": "needed"})
    assert refused.status_code == 409
    assert "It was another" in refused.content.decode()
    assert client.post(reverse("disclosure:subject-correction", args=one), sent).status_code == 302
    assert "Say what was done" not in client.get(reverse("disclosure:subject", args=one[:1])).content.decode()

    client.force_login(nominal.offender_manager)
    assert "Say what was done" in client.get(reverse("disclosure:subject", args=one[:1])).content.decode()
    assert release.reference in client.get(reverse("disclosure:subject-correction-done", args=one)).content.decode()
