"""Referrals for covert techniques: moves, row security, what others can tell."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.models import Event
from intelligence.models import CovertReferral
from intelligence.rules.covert import MOVES, Side, State, may_move
from intelligence.services.covert import answer_referral, close_referral, save_referral, start_referral, submit_referral
from offenders.timeline.confidential import confidential_entries
from tests.factories import make_exclusion, make_nominal, make_section, make_unit, make_user

pytestmark = pytest.mark.django_db
SECRET = "Learn where he meets them at Saltmarsh"
MATTERS = "/confidential-matters/"


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


@pytest.fixture
def bureau(owner):
    return make_unit(organisation=owner.organisation, name="Intelligence bureau")


@pytest.fixture
def handler(bureau):
    return make_user(Role.INTELLIGENCE, unit=bureau)


@pytest.fixture
def draft(nominal, owner, bureau, handler):
    made = start_referral(actor=owner, nominal=nominal)
    return save_referral(actor=owner, referral=made, version=1, purpose=SECRET, unit=bureau)


@pytest.fixture
def sent(draft, owner):
    return submit_referral(actor=owner, referral=draft, version=draft.version)


def sees(user):
    """What the database shows, and that the ORM's rule agrees."""
    with row_security(user), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM intelligence_covertreferral ORDER BY id")
        shown = [key for (key,) in cursor.fetchall()]
        assert sorted(CovertReferral.objects.for_user(user).values_list("pk", flat=True)) == shown
    return shown


def test_the_table_of_moves_is_the_whole_of_it():
    allowed = {
        ("draft", "submitted", "owner"), ("draft", "closed", "owner"), ("submitted", "accepted", "department"),
        ("submitted", "declined", "department"), ("submitted", "more_asked", "department"), ("more_asked", "submitted", "owner"),
        ("more_asked", "closed", "owner"), ("declined", "closed", "owner"), ("accepted", "closed", "department"),
    }  # fmt: skip
    assert {(before, after, side) for before, after, side in product(State, State, Side) if may_move(before, after, side)} == allowed
    assert State.CLOSED not in {before for before, _ in MOVES}


def test_a_draft_is_its_owners_alone_whatever_others_hold(draft, owner, handler):
    others = [handler, make_user(Role.SUPERVISOR, unit=owner.unit), make_user(unit=owner.unit), make_user(Role.AUDITOR, unit=owner.unit)]
    assert [sees(user) for user in (owner, *others)] == [[draft.pk], [], [], [], []]


def test_once_sent_the_intelligence_officers_of_that_unit_see_it_and_nobody_else(sent, owner, handler, bureau):
    others = [
        make_user(unit=bureau),
        make_user(Role.INTELLIGENCE, organisation=owner.organisation),
        make_user(Role.SUPERVISOR, unit=owner.unit),
    ]
    assert [sees(user) for user in (owner, handler, *others)] == [[sent.pk], [sent.pk], [], [], []]
    make_exclusion(nominal=sent.nominal, user=handler)
    assert sees(handler) == []


def test_the_orm_s_rule_alone_hides_it_too(draft, owner, handler):
    strangers = (make_user(Role.INTELLIGENCE, organisation=owner.organisation), make_user(Role.SUPERVISOR, unit=owner.unit))
    with row_security(owner):  # the database shows the row: what stays away does so by the rule in Python
        assert CovertReferral.objects.for_user(owner).exists()
        assert not CovertReferral.objects.for_user(handler).exists()
    submit_referral(actor=owner, referral=draft, version=draft.version)
    with row_security(owner):
        assert CovertReferral.objects.for_user(handler).exists()
        assert [user for user in strangers if CovertReferral.objects.for_user(user).exists()] == []
        make_exclusion(nominal=draft.nominal, user=handler)
        assert not CovertReferral.objects.for_user(handler).exists()


def test_without_a_user_no_row_exists_and_nobody_writes_in_anothers_name(draft, handler, owner):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', '', true); SELECT count(*) FROM intelligence_covertreferral")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError, match="row-level security"), row_security(handler):
        CovertReferral.objects.create(nominal=draft.nominal, owner=owner)
    with row_security(handler):
        assert CovertReferral.objects.filter(pk=draft.pk).update(purpose="Forged") == 0


def test_sending_starts_a_clock_that_says_nothing(sent, handler, bureau, owner):
    action = Action.objects.get(kind="covert-decision")
    assert (action.title, action.detail, action.nominal, action.owner_unit, action.rule_code) == (
        "A confidential matter waits", "", None, bureau, "covert-decision",
    )  # fmt: skip
    (told,) = Notification.objects.filter(recipient=handler)
    assert (told.text, told.nominal) == ("A confidential matter waits", None)
    kept = str([*Event.objects.filter(detail__matter=str(sent.public_id)).values_list("detail", "nominal", "subject_id", "reason")])
    assert "Saltmarsh" not in kept
    assert str(sent.nominal_id) not in [
        str(value) for value in Event.objects.filter(detail__has_key="matter").values_list("nominal", flat=True)
    ]


@pytest.mark.parametrize(("missing", "field"), [({"purpose": " "}, "purpose"), ({"unit": None}, "unit")])
def test_what_is_not_ready_is_not_sent(draft, owner, missing, field):
    changed = save_referral(actor=owner, referral=draft, version=draft.version, **missing)
    with pytest.raises(DomainError) as refused:
        submit_referral(actor=owner, referral=changed, version=changed.version)
    assert refused.value.field == field


def test_the_unit_asks_for_more_the_owner_sends_again_and_the_unit_accepts(sent, owner, handler):
    asked = answer_referral(actor=handler, referral=sent, version=sent.version, outcome="more_asked", answer="What has been tried?")
    assert not Action.objects.waiting().filter(kind="covert-decision").exists()
    more = save_referral(actor=owner, referral=asked, version=asked.version, tried="Visits and patrols")
    again = submit_referral(actor=owner, referral=more, version=more.version)
    assert Action.objects.waiting().filter(kind="covert-decision").count() == 1
    done = answer_referral(actor=handler, referral=again, version=again.version, outcome="accepted", answer="We take it on")
    with pytest.raises(DomainError):
        close_referral(actor=owner, referral=done, version=done.version)
    assert close_referral(actor=handler, referral=done, version=done.version).state == State.CLOSED


def test_nobody_answers_their_own_or_what_is_not_theirs(sent, owner, handler):
    for actor in (owner, make_user(Role.INTELLIGENCE, organisation=owner.organisation), make_user(Role.SUPERVISOR, unit=owner.unit)):
        with pytest.raises(NotPermitted):
            answer_referral(actor=actor, referral=sent, version=sent.version, outcome="accepted", answer="Yes")
    with pytest.raises(IntegrityError), row_security(owner), transaction.atomic():
        CovertReferral.objects.filter(pk=sent.pk).update(answered_by=owner)
    with pytest.raises(StaleRecord):
        answer_referral(actor=handler, referral=sent, version=1, outcome="accepted", answer="Yes")
    with pytest.raises(DomainError):
        answer_referral(actor=handler, referral=sent, version=sent.version, outcome="accepted", answer=" ")
    with pytest.raises(DomainError, match="was sent already"):
        save_referral(actor=owner, referral=sent, version=sent.version, purpose="Other")


def test_only_the_team_begins_one_and_the_button_leads_back_to_the_draft(nominal, owner, client):
    for actor in (make_user(), make_user(Role.INTELLIGENCE, organisation=owner.organisation)):
        with pytest.raises(NotPermitted):
            start_referral(actor=actor, nominal=nominal)
    client.force_login(owner)
    first, second = (client.post(f"/nominals/{nominal.reference}/confidential/matter/").headers["Location"] for _ in range(2))
    assert first == second
    assert (first.startswith(MATTERS), nominal.reference in first) == (True, False)


def test_it_is_kept_while_typed_in_its_own_row_and_nowhere_else(client, draft, owner):
    client.force_login(owner)
    url = f"{MATTERS}{draft.public_id}/"
    assert client.post(f"{url}keep/", {"purpose": "Half a senten"}).status_code == 204
    with row_security(owner):
        assert CovertReferral.objects.get().purpose == "Half a senten"
    assert "senten" not in str([session.get_decoded() for session in Session.objects.all()])
    assert not Event.objects.filter(detail__icontains="senten").exists()
    data = {"unit": draft.unit_id, "purpose": SECRET, "version": draft.version, "send": "yes"}
    assert client.post(url, data).headers["Location"] == url
    assert "Sent, waits for an answer" in client.get(url).content.decode()
    assert client.post(f"{url}keep/", {"purpose": "Later"}).status_code == 409


def test_the_unit_reads_and_answers_in_the_browser(client, sent, handler, owner):
    client.force_login(handler)
    url = f"{MATTERS}{sent.public_id}/"
    assert sent.nominal.reference in client.get(MATTERS).content.decode()
    page = client.get(url).content.decode()
    assert (SECRET in page, "<title>Confidential matter" in page) == (True, True)
    assert client.post(url, {"outcome": "declined", "answer": "Not enough to go on", "version": sent.version}).status_code == 302
    client.force_login(owner)
    page = client.get(url).content.decode()
    assert ("Not enough to go on" in page, "Close this matter" in page) == (True, True)
    assert client.post(f"{url}close/", {"version": sent.version + 1}).status_code == 302
    assert "Closed" in client.get(url).content.decode()


def test_hidden_and_missing_matters_answer_alike(client, draft, owner):
    client.force_login(make_user(Role.SUPERVISOR, unit=owner.unit))
    missing = "00000000-0000-4000-8000-000000000000"
    with time_machine.travel(timezone.now(), tick=False):
        bodies = []
        for key in (str(draft.public_id), missing):
            answer = client.get(f"{MATTERS}{key}/")
            assert answer.status_code == 404
            text = answer.content.decode().replace(key, "").replace(answer.headers["X-Request-ID"], "")
            bodies.append([line for line in text.splitlines() if "csrf" not in line])
    assert bodies[0] == bodies[1]


def test_nothing_of_the_record_tells_others_of_a_matter(client, nominal, owner, bureau, handler):
    supervisor = make_user(Role.SUPERVISOR, unit=owner.unit)
    client.force_login(supervisor)
    pages = ["", "history/", "looked/", "confidential/", "people/"]
    client.get(f"/nominals/{nominal.reference}/")

    def answers():
        with transaction.atomic():
            got = [client.get(f"/nominals/{nominal.reference}/{page}").content.decode() for page in pages]
            got += [client.get(address).content.decode() for address in (MATTERS, "/kept-apart/", "/")]
            transaction.set_rollback(True)
        return [[line for line in page.splitlines() if "csrf" not in line] for page in got]

    with time_machine.travel(timezone.now(), tick=False):
        before = answers()
        made = start_referral(actor=owner, nominal=nominal)
        made = save_referral(actor=owner, referral=made, version=1, purpose=SECRET, unit=bureau)
        submit_referral(actor=owner, referral=made, version=made.version)
        after = answers()
    assert before == after


def test_the_line_of_time_tells_of_sections_to_their_readers_only(nominal, owner):
    make_section(nominal=nominal, body=SECRET)
    now = timezone.now() + timedelta(minutes=1)
    (entry,) = confidential_entries(owner, nominal, now, 10)
    assert SECRET not in entry.title + entry.text
    assert list(confidential_entries(make_user(Role.SUPERVISOR, unit=owner.unit), nominal, now, 10)) == []
    assert localdate(entry.at) == localdate()
