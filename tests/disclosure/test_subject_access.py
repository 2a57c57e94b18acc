"""Requests for one's own data from the proof of who asks to handing over: what is blocked says what is missing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action
from actions.reports import work_of
from actions.services import Owner, raise_action
from audit.models import Event
from disclosure.documents.subject_access import bundle_paper
from disclosure.models import Bundle, Ground
from disclosure.reports import personal
from disclosure.reports import subject_access as reports
from disclosure.reports.subject_access import history_of, items_for, returned_with
from disclosure.services import subject_access as services
from disclosure.services import subject_access_bundles as bundles
from disclosure.services import subject_access_clock as clock
from disclosure.services import subject_access_collecting as collecting
from disclosure.services import subject_access_deciding as deciding
from tests.disclosure.making_subject_access import make_bundle_item, make_governance, make_subject_request
from tests.factories import make_exclusion, make_nominal, make_reason, make_unit, make_user

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Source:
    """An invented table."""

    name: str
    heading: str


OPEN, SENSITIVE = Source("offenders.contact", "Conversations"), Source("offenders.sensitiveitem", "Sensitive")
HELD = {
    OPEN: [
        personal.Piece("offenders.contact:1", "Conversations", "Conversation", "Came to see us. Spoke of Maud Tallow."),
        personal.Piece("offenders.contact:2", "Conversations", "Conversation", "Nothing new."),
    ],
    SENSITIVE: [personal.Piece("offenders.sensitiveitem:1", "Sensitive", "Item", "A neighbour rang.")],
}


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather")


@pytest.fixture
def governance(nominal):
    return make_governance(nominal)


@pytest.fixture
def second(nominal):
    return make_governance(nominal)


@pytest.fixture
def held(monkeypatch, nominal):
    """Two sources: one for whoever reads the case file, one for the record's manager alone."""

    def may_read(user, about, source):
        return may(user, Perm.VIEW_CASE_FILE if source == OPEN else Perm.VIEW_SENSITIVE, about)

    def suggest(user, about, pieces):
        parts = [piece.text.replace(". ", ". |").split("|") for piece in pieces]
        return [[{"text": text, "keep": None, "code": "", "found": ["A name"] * ("Maud" in text)} for text in each] for each in parts]

    fakes = {
        "held_sources": lambda: list(HELD),
        "may_read": may_read,
        "read_source": lambda _user, _about, source: HELD[source],
        "suggest": suggest,
    }
    for module in (personal, collecting, reports):
        for name, fake in fakes.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, fake)
    monkeypatch.setattr(collecting, "run_later", lambda _pk: None)


def take(governance, **values):
    plain = {"name": "Barnaby Quillfeather", "received_by": "letter", "received_at": now() - timedelta(days=1)}
    return services.take_subject_request(actor=governance, **plain | values)


def prove(governance, request, **values):
    plain = {"identity": "passport", "identity_detail": "", "at": now(), "version": request.version}
    return services.prove_identity(actor=governance, request=request, **plain | values)


def collect(actor, request):
    collecting.start_collecting(actor=actor, request=request)
    collecting.run_collection(actor=None, request_id=request.pk)
    request.refresh_from_db()


def collected(governance, nominal):
    """A request for which everything was collected, by data protection and the record's manager."""
    request = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    make_reason(nominal=nominal, user=governance, permission=Perm.VIEW_CASE_FILE)
    collect(governance, request)
    collect(nominal.offender_manager, request)
    return request


def choose(actor, item, *choices):
    item.refresh_from_db()
    return deciding.decide_items(actor=actor, request=item.request, decisions={item.pk: (item.version, choices)})


def decide_all(governance, second, request):
    """Decide everything, one passage removed, and have the second person read."""
    named, plain, sensitive = request.items.all()
    choose(governance, named, "keep", "others")
    choose(governance, plain, "keep")
    choose(governance, sensitive, "prevention")
    for item in (named, sensitive):
        item.refresh_from_db()
        deciding.read_item(actor=second, request=request, item=item, version=item.version)
    request.refresh_from_db()


def waiting(request, kind="subject-access"):
    return Action.objects.waiting().filter(subject_type="disclosure.subjectrequest", subject_id=request.pk, kind=kind)


def test_nothing_is_done_before_who_asks_is_proved(governance, nominal):
    request = take(governance)
    acts = [
        lambda: services.link_subject_record(actor=governance, request=request, version=1, nominal=nominal),
        lambda: services.find_nothing(actor=governance, request=request, version=1, words="Every system"),
        lambda: services.ask_unit_for_help(actor=governance, request=request, version=1, unit=nominal.unit),
        lambda: collecting.start_collecting(actor=governance, request=request),
        lambda: bundles.seal_bundle(actor=governance, request=request, version=1),
        lambda: clock.extend_time(actor=governance, request=request, months=1, reason="Much"),
    ]
    for act in acts:
        with pytest.raises(DomainError, match="Prove who asks first"):
            act()
    assert not waiting(request).exists()


def test_who_could_not_prove_it_has_no_clock_and_may_try_again(governance):
    request = prove(governance, take(governance), identity="not_proved")
    assert (request.state, request.identity_at) == ("new", None)
    assert not waiting(request).exists()

    at = now() - timedelta(hours=3)
    proved = prove(governance, request, at=at)

    action = waiting(proved).get()
    assert (proved.state, action.starts_at, action.owner, action.unit) == ("collecting", at, governance, None)
    assert "Quillfeather" not in action.title + str(list(Event.objects.values_list("detail", "reason")))


@pytest.mark.parametrize("at", [timedelta(days=-2), timedelta(hours=1)])
def test_proof_lies_between_the_request_and_now(governance, at):
    with pytest.raises(DomainError, match="after the request came") as caught:
        prove(governance, take(governance), at=now() + at)
    assert caught.value.field == "time"


def test_only_data_protection_of_the_force_takes_and_answers(nominal):
    with pytest.raises(NotPermitted):
        take(nominal.offender_manager)
    request = make_subject_request(nominal=nominal)
    for other in (make_user(Role.INFORMATION_GOVERNANCE), nominal.offender_manager):
        with pytest.raises(NotPermitted):
            services.withdraw_subject_request(actor=other, request=request, version=1, reasons="By letter")


def test_the_unit_that_is_asked_links_a_record_that_data_protection_cannot_find(governance):
    hidden = make_nominal(is_restricted=True)
    hidden.offender_manager.groups.clear()
    lead = make_user(Role.SUPERVISOR, unit=hidden.unit)
    request = prove(make_governance(hidden), take(make_governance(hidden)))
    officer = request.identity_by
    with pytest.raises(NotPermitted):
        services.link_subject_record(actor=officer, request=request, version=request.version, nominal=hidden)
    asked = services.ask_unit_for_help(actor=officer, request=request, version=request.version, unit=hidden.unit)
    assert waiting(asked, "subject-access-help").get().owner_unit == hidden.unit

    linked = services.link_subject_record(actor=lead, request=asked, version=asked.version, nominal=hidden)

    assert linked.nominal == hidden
    stranger = make_user(Role.OFFENDER_MANAGER, unit=hidden.unit)
    assert not may(stranger, Perm.VIEW_SUBJECT_REQUEST, linked), "one may not know of the record, nor of a request about it"
    assert may(lead, Perm.VIEW_SUBJECT_REQUEST, linked)
    assert history_of(lead, hidden)[0][2] == f"{linked.reference}: What is held is collected"
    assert history_of(stranger, hidden) == []


def test_another_force_answers_for_its_own_record(governance):
    request = prove(governance, take(governance))
    with pytest.raises(DomainError, match="Another force") as caught:
        services.link_subject_record(actor=governance, request=request, version=request.version, nominal=make_nominal())
    assert caught.value.field == "nominal"
    with pytest.raises(DomainError, match="unit of your force"):
        services.ask_unit_for_help(actor=governance, request=request, version=request.version, unit=make_unit())


def test_each_source_is_collected_in_the_rights_of_somebody_who_may_read_it(governance, nominal, held):
    request = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    with pytest.raises(DomainError, match="nothing left that you may read"):
        collecting.start_collecting(actor=governance, request=request)
    make_reason(nominal=nominal, user=governance, permission=Perm.VIEW_CASE_FILE)

    collect(governance, request)

    assert [(row.source, row.by) for row in request.collected.all()] == [(OPEN.name, governance)]
    assert (request.state, request.collector, request.claimed_at) == ("collecting", None, None)
    with pytest.raises(DomainError, match="Collect what is held first"):
        bundles.seal_bundle(actor=governance, request=request, version=None)
    collect(nominal.offender_manager, request)
    assert request.state == "deciding"
    assert [item.key for item in request.items.all()] == ["offenders.contact:1", "offenders.contact:2", "offenders.sensitiveitem:1"]
    assert {each["keep"] for item in request.items.all() for each in item.passages} == {None}


def test_a_task_that_comes_twice_collects_once_and_one_that_runs_is_left_alone(governance, nominal, held):
    request = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    collecting.start_collecting(actor=nominal.offender_manager, request=request)
    type(request).objects.update(claimed_at=now())
    collecting.run_collection(actor=None, request_id=request.pk)
    assert not request.items.exists(), "another worker has it"
    with pytest.raises(DomainError, match="being collected now"):
        collecting.start_collecting(actor=nominal.offender_manager, request=request)

    type(request).objects.update(claimed_at=now() - timedelta(hours=1))
    collecting.run_collection(actor=None, request_id=request.pk)
    collecting.run_collection(actor=None, request_id=request.pk)

    assert request.items.count() == 3


def test_rights_that_ended_before_the_worker_came_collect_nothing(governance, nominal, held):
    request = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    reason = make_reason(nominal=nominal, user=governance, permission=Perm.VIEW_CASE_FILE)
    collecting.start_collecting(actor=governance, request=request)
    type(reason).objects.update(expires_at=now())

    collecting.run_collection(actor=None, request_id=request.pk)

    assert not request.items.exists()


def test_sources_stay_out_only_with_words(governance, nominal, held):
    request = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    make_reason(nominal=nominal, user=governance, permission=Perm.VIEW_CASE_FILE)
    with pytest.raises(DomainError, match="Collect something first"):
        collecting.leave_out_sources(actor=governance, request=request, version=None, reason="Not there")
    collect(governance, request)
    with pytest.raises(DomainError, match="why they stay out"):
        collecting.leave_out_sources(actor=governance, request=request, version=None, reason=" ")

    assert collecting.leave_out_sources(actor=governance, request=request, version=None, reason="Outside the scope").state == "deciding"
    assert Event.objects.filter(reason="Outside the scope", detail__sources=[SENSITIVE.name]).exists()


def test_another_record_throws_away_what_was_collected(governance, nominal, held):
    request = collected(governance, nominal)
    other = make_nominal(unit=nominal.unit)
    request.unit = nominal.unit
    request.save()
    with pytest.raises(NotPermitted):
        services.link_subject_record(actor=nominal.offender_manager, request=request, version=request.version, nominal=other)

    services.link_subject_record(actor=governance, request=request, version=request.version, nominal=other)

    assert (request.items.count(), request.collected.count()) == (0, 0)


def test_one_act_keeps_what_no_rule_suggests_and_leaves_the_rest_undecided(governance, nominal, held):
    request = collected(governance, nominal)

    assert deciding.keep_everything_plain(actor=governance, request=request, source=OPEN.name) == 2

    named, plain, sensitive = request.items.all()
    assert [each["keep"] for each in named.passages] == [True, None]
    assert (named.decided_by, plain.decided_by, sensitive.decided_by) == (None, governance, None)
    with pytest.raises(DomainError, match="2 passages are undecided"):
        bundles.seal_bundle(actor=governance, request=request, version=None)


def test_an_unknown_ground_and_a_stale_page_are_refused(governance, nominal, held):
    item = collected(governance, nominal).items.first()
    with pytest.raises(DomainError, match="changed meanwhile"):
        choose(governance, item, "keep", "invented")
    with pytest.raises(DomainError, match="changed meanwhile"):
        choose(governance, item, "keep")
    with pytest.raises(StaleRecord):
        deciding.decide_items(actor=governance, request=item.request, decisions={item.pk: (item.version + 1, ["keep", "keep"])})


def test_the_second_reader_is_another_and_an_edit_lapses_the_reading(governance, second, nominal, held):
    request = collected(governance, nominal)
    named, plain, _ = request.items.all()
    choose(governance, plain, "keep")
    choose(governance, named, "keep", "keep")
    named.refresh_from_db()
    assert named.needs_second, "a rule suggested a look, and it stays"
    with pytest.raises(DomainError, match="somebody else must read it"):
        deciding.read_item(actor=governance, request=request, item=named, version=named.version)
    with pytest.raises(NotPermitted):
        deciding.read_item(actor=nominal.offender_manager, request=request, item=named, version=named.version)
    plain.refresh_from_db()
    with pytest.raises(DomainError, match="does not wait"):
        deciding.read_item(actor=second, request=request, item=plain, version=plain.version)

    read = deciding.read_item(actor=second, request=request, item=named, version=named.version)
    assert read.read_by == second
    assert choose(governance, named, "keep", "keep") == 0
    named.refresh_from_db()
    assert named.read_by == second, "nothing changed"
    choose(governance, named, "keep", "others")
    named.refresh_from_db()
    assert named.read_by is None


def test_the_second_reader_returns_with_words_and_is_asked_once(governance, second, nominal, held):
    request = collected(governance, nominal)
    named, plain, sensitive = request.items.all()
    choose(governance, plain, "keep")
    choose(governance, sensitive, "keep")
    assert not waiting(request, "subject-access-second").exists()
    choose(governance, named, "keep", "others")
    assert waiting(request, "subject-access-second").count() == 1
    named.refresh_from_db()
    with pytest.raises(DomainError, match="decided otherwise"):
        deciding.return_item(actor=second, request=request, item=named, version=named.version, reason="")

    returned = deciding.return_item(actor=second, request=request, item=named, version=named.version, reason="It is about them too")

    assert [each["keep"] for each in returned.passages] == [True, None]
    assert returned_with([returned]) == {named.pk: "It is about them too"}
    assert not waiting(request, "subject-access-second").exists()
    with pytest.raises(DomainError, match="1 passage is undecided"):
        bundles.seal_bundle(actor=governance, request=request, version=None)


def test_whoever_leads_the_unit_finds_in_a_work_list_what_they_may_read_as_the_second_person(
    governance, second, nominal, monkeypatch
):
    boss, elsewhere = make_user(Role.SUPERVISOR, unit=nominal.unit), make_user(Role.SUPERVISOR, organisation=nominal.force)

    def counted(user, at=None):
        return [(work.number, work.late) for work in work_of(user, at or now()) if work.address == reverse("disclosure:subject-list")]

    request = make_subject_request(nominal=nominal, officer=governance)
    make_bundle_item(request)
    make_bundle_item(request, keep=False, decided_by=boss)
    make_bundle_item(request, keep=False, read_by=second, read_at=now())
    sources = [*personal.held_sources(), SimpleNamespace(name="of.others", permission=Perm.VIEW_REPORT)]
    monkeypatch.setattr(reports, "held_sources", lambda: sources)
    make_bundle_item(request, keep=False, source="of.others")
    assert counted(boss) == [], "nothing needs it, or they decided it, or it is read, or it is not theirs to read"
    choose(governance, make_bundle_item(request, keep=None), "others")
    assert counted(boss) == [(1, 0)]
    assert counted(boss, now() + timedelta(days=60)) == [(1, 1)]
    assert [counted(user) for user in (elsewhere, nominal.offender_manager, second)] == [[], [], []]
    make_exclusion(nominal=nominal, user=boss)
    assert counted(boss) == [], "what they may not know of"


def test_the_unit_reads_of_a_bundle_only_what_it_may_read_where_it_comes_from(governance, nominal, held):
    request = collected(governance, nominal)
    request.unit = nominal.unit
    request.save()
    colleague = make_user(unit=nominal.unit)

    assert [item.source for item in items_for(colleague, request)] == [OPEN.name] * 2
    assert items_for(governance, request).count() == 3
    make_exclusion(nominal=nominal, user=colleague)
    assert not items_for(colleague, request).exists()


def test_what_is_removed_is_nowhere_in_the_paper_and_the_paper_is_the_same_each_time(governance, second, nominal, held):
    request = collected(governance, nominal)
    with pytest.raises(DomainError, match="4 passages are undecided"):
        bundles.seal_bundle(actor=governance, request=request, version=None)
    decide_all(governance, second, request)

    bundle = bundles.seal_bundle(actor=governance, request=request, version=request.version)

    first, again = bundles.print_bundle(actor=governance, bundle=bundle), bundle_paper(Bundle.objects.get(pk=bundle.pk))
    assert first == again
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(first)).pages]
    text = " ".join(pages)
    assert "Came to see us. [removed]" in text
    assert "Conversations (2), page 2" in pages[0]
    assert "Page 2 of 2" in pages[1]
    assert "Information Commissioner" in pages[0]
    assert "Information that the law lets us hold back was left out." in pages[0]
    for removed in ("Maud", "Tallow", "neighbour", "Sensitive", "somebody else's", governance.display_name):
        assert removed not in text.removeprefix("OFFICIAL – SENSITIVE")
    assert b"Maud" not in first
    with pytest.raises(DomainError, match="sealed"):
        choose(governance, request.items.first(), "keep", "keep")


def test_nothing_held_and_everything_withheld_read_the_same(governance, second, nominal, held):
    empty = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    type(empty).objects.filter(pk=empty.pk).update(nominal=None)
    services.find_nothing(actor=governance, request=empty, version=None, words="By name and birth in every system")
    full = make_subject_request(nominal=nominal, officer=governance)
    item = make_bundle_item(full, keep=None)
    choose(governance, item, "prevention")
    item.refresh_from_db()
    deciding.read_item(actor=second, request=full, item=item, version=item.version)

    nothing = bundles.seal_bundle(actor=governance, request=empty, version=None)
    withheld = bundles.seal_bundle(actor=governance, request=full, version=None)

    assert (nothing.answer, withheld.answer) == ("nothing", "withheld")
    withheld.sealed_at = nothing.sealed_at
    papers = [page_words(bundle_paper(each)).replace(each.request.reference, "") for each in (nothing, withheld)]
    assert papers[0] == papers[1]
    assert "nothing to send you" in papers[0]


def page_words(paper):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)


def test_grounds_tell_of_no_victim_source_or_tactic():
    told = Ground.objects.filter(law="subject_access").values_list("told_as", flat=True)
    assert len(told) == 7
    assert set(told) == {"Information that the law lets us hold back was left out.", "Information that is not about you was left out."}


def delivered(governance, request, **values):
    plain = {"way": "post", "to_whom": "Barnaby Quillfeather", "at": now(), "version": None}
    return bundles.hand_over(actor=governance, request=request, **plain | values)


def test_handing_over_ends_the_request_and_asks_why_it_was_late(governance, second, nominal, held):
    request = prove(governance, take(governance))
    with pytest.raises(DomainError, match="Seal what goes out first"):
        delivered(governance, request)
    services.find_nothing(actor=governance, request=request, version=None, words="Every system")
    bundle = bundles.seal_bundle(actor=governance, request=request, version=None)
    for at in (bundle.sealed_at - timedelta(minutes=2), now() + timedelta(hours=1)):
        with pytest.raises(DomainError, match="after it was sealed") as caught:
            delivered(governance, request, at=at)
        assert caught.value.field == "time"
    waiting(request).update(late_from=now() - timedelta(days=1))
    with pytest.raises(DomainError, match="why it was late") as caught:
        delivered(governance, request)
    assert caught.value.field == "late_reason"

    delivered(governance, request, late_reason="Three units had to search")

    request.refresh_from_db()
    assert (request.state, request.ended_by) == ("answered", governance)
    closed = Action.objects.get(kind="subject-access")
    assert (closed.state, closed.late_reason) == ("done", "Three units had to search")
    with pytest.raises(DomainError, match="has ended"):
        delivered(governance, request)


def test_the_clock_stands_still_and_goes_on_and_another_extends_it(governance, second):
    request = prove(governance, take(governance))
    due = waiting(request).get().late_from
    clock.wait_for_clarification(actor=governance, request=request, kind="person", reason="Which years?", since=localdate())
    assert waiting(request).get().late_from is None
    clock.go_on(actor=second, request=request, until=localdate())
    assert waiting(request).get().late_from == due

    with pytest.raises(DomainError, match="You own this action"):
        clock.extend_time(actor=governance, request=request, months=1, reason="Eleven volumes")
    clock.extend_time(actor=second, request=request, months=1, reason="Eleven volumes")
    assert timedelta(days=27) < waiting(request).get().late_from - due < timedelta(days=33)
    with pytest.raises(DomainError, match="1 were given"):
        clock.extend_time(actor=second, request=request, months=2, reason="More")


def test_a_second_person_undoes_a_seal_and_the_paper_is_then_the_new_one_alone(governance, second, nominal, held):
    request = collected(governance, nominal)
    decide_all(governance, second, request)
    with pytest.raises(DomainError, match="Seal what goes out first"):
        bundles.undo_seal(actor=second, request=request, version=None, reason="A name is in it")
    old = bundles.seal_bundle(actor=governance, request=request, version=None)
    with pytest.raises(DomainError, match="somebody else must undo it"):
        bundles.undo_seal(actor=governance, request=request, version=None, reason="A name is in it")
    with pytest.raises(DomainError, match="decided otherwise"):
        bundles.undo_seal(actor=second, request=request, version=None, reason=" ")
    with pytest.raises(NotPermitted):
        bundles.undo_seal(actor=nominal.offender_manager, request=request, version=None, reason="A name is in it")
    seen = Bundle.objects.get()

    undone = bundles.undo_seal(actor=second, request=request, version=None, reason="A name is in it")

    request.refresh_from_db()
    assert request.state == "deciding"
    assert (undone.sha256, undone.sealed_by, undone.undone_by, undone.reason) == (old.sha256, governance, second, "A name is in it")
    with pytest.raises(NotPermitted):
        bundles.print_bundle(actor=governance, bundle=seen)
    with pytest.raises(DomainError, match="Seal what goes out first"):
        delivered(governance, request)
    choose(governance, request.items.first(), "others", "others")
    item = request.items.first()
    deciding.read_item(actor=second, request=request, item=item, version=item.version)
    new = bundles.seal_bundle(actor=governance, request=request, version=None)
    assert new.sha256 != old.sha256
    assert "Came to see us" not in page_words(bundles.print_bundle(actor=governance, bundle=new))
    delivered(governance, request)
    with pytest.raises(DomainError, match="has ended"):
        bundles.undo_seal(actor=second, request=request, version=None, reason="Too late")


def test_another_answers_it_with_its_clock_and_neither_reads_what_they_decided(governance, second, nominal, held):
    request = collected(governance, nominal)
    raise_action(
        actor=None, kind="subject-access", title="A request", owner=Owner(user=governance), force=request.force, subject=request,
        route="disclosure:subject-list", rule="subject-access", is_private=True,
    )  # fmt: skip
    named = request.items.first()
    choose(governance, named, "others", "")
    for officer, reason, words in (
        (governance, "Away", "answers it already"), (nominal.offender_manager, "Away", "cannot answer"),
        (make_user(Role.INFORMATION_GOVERNANCE), "Away", "cannot answer"), (second, " ", "why somebody else"),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=words):
            services.give_subject_request(actor=governance, request=request, version=None, officer=officer, reason=reason)
    due = waiting(request).get().late_from

    given = services.give_subject_request(actor=governance, request=request, version=None, officer=second, reason="Away until May")

    clock_now = waiting(request).get()
    assert (given.officer, clock_now.owner, clock_now.late_from) == (second, second, due)
    assert Event.objects.filter(reason="Away until May", detail__before=governance.pk, detail__after=second.pk).exists()
    choose(second, named, "others", "others")
    named.refresh_from_db()
    assert (named.decided_by, named.deciders) == (second, sorted([governance.pk, second.pk]))
    for reader in (governance, second):
        with pytest.raises(DomainError, match="somebody else must read it"):
            deciding.read_item(actor=reader, request=request, item=named, version=named.version)
    third = make_governance(nominal)
    assert deciding.read_item(actor=third, request=request, item=named, version=named.version).read_by == third


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_refusal_and_withdrawal_end_the_request_and_what_was_to_be_done(governance, nominal, end):
    request = prove(governance, take(governance))
    request = services.ask_unit_for_help(actor=governance, request=request, version=None, unit=nominal.unit)
    if end == "refuse":
        with pytest.raises(DomainError, match="Give the reasons"):
            services.refuse_subject_request(actor=governance, request=request, version=None, ground="excessive", reasons=" ")
        ended = services.refuse_subject_request(actor=governance, request=request, version=None, ground="excessive", reasons="Asked in May")
        assert ended.end_reason == "It is excessive: it repeats what was answered. Asked in May"
    else:
        services.withdraw_subject_request(actor=governance, request=request, version=None, reasons="By telephone")
    assert {action.state for action in Action.objects.filter(subject_id=request.pk)} == {"cancelled"}
    with pytest.raises(DomainError, match="has ended"):
        services.find_nothing(actor=governance, request=request, version=None, words="Every system")
