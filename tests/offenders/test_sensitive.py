"""Sensitive material (tier 3): services, pages, row security."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action
from audit.choices import Verb
from audit.models import Event
from offenders.models import SensitiveItem
from offenders.services.sensitive import add_sensitive, change_sensitive, end_sensitive
from tests.factories import make_exclusion, make_grant, make_nominal, make_user
from tests.offenders.making_confidential import make_sensitive

pytestmark = pytest.mark.django_db
SECRET = "Takes insulin and hides it"


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


def values(**changed):
    today = localdate()
    return {
        "kind": "health", "text": SECRET, "source": "Custody nurse", "basis": "vital_interests", "originator": "", "conditions": "",
        "consent": "not_asked", "asked_on": None, "answered_on": None, "review_on": today + timedelta(days=90),
    } | changed  # fmt: skip


def shown_in_sql(user=None):
    """How many items the database shows, to a user or to nobody."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', %s, true)", [str(user.pk) if user else ""])
        cursor.execute("SELECT count(*) FROM offenders_sensitiveitem")
        return cursor.fetchone()[0]


def shown_by_orm(user):
    with row_security(user):
        return SensitiveItem.objects.for_user(user).count()


def test_the_database_shows_it_to_the_manager_the_units_supervisors_and_people_with_a_grant_only(nominal, owner):
    make_sensitive(nominal=nominal)
    granted, lapsed, excluded = make_user(organisation=owner.organisation), make_user(), make_user(Role.SUPERVISOR, unit=owner.unit)
    make_grant(nominal=nominal, user=granted, permission=Perm.VIEW_SENSITIVE)
    make_grant(nominal=nominal, user=lapsed, permission=Perm.VIEW_SENSITIVE, hours=-0.001)
    make_exclusion(nominal=nominal, user=excluded)
    reader_of_file = make_user(organisation=owner.organisation)
    make_grant(nominal=nominal, user=reader_of_file, permission=Perm.VIEW_CASE_FILE)
    people = {
        owner: 1, make_user(Role.SUPERVISOR, unit=owner.unit): 1, granted: 1,
        lapsed: 0, excluded: 0, reader_of_file: 0, make_user(unit=owner.unit): 0, make_user(Role.SUPERVISOR): 0,
        make_user(Role.CONTROL_ROOM, unit=owner.unit): 0,
    }  # fmt: skip
    assert {user: shown_in_sql(user) for user in people} == people
    assert {user: shown_by_orm(user) for user in people} == people
    assert shown_in_sql() == 0


def test_the_orm_s_rule_alone_hides_it_too(nominal, owner):
    make_sensitive(nominal=nominal)
    strangers = (make_user(unit=owner.unit), make_user(Role.SUPERVISOR), make_user(Role.CONTROL_ROOM, unit=owner.unit))
    with row_security(owner):  # the database shows the row: what stays away does so by the rule in Python
        assert SensitiveItem.objects.for_user(owner).exists()
        assert [user for user in strangers if SensitiveItem.objects.for_user(user).exists()] == []


def test_an_exclusion_wins_over_managing_the_record(nominal, owner):
    make_sensitive(nominal=nominal)
    assert shown_in_sql(owner) == 1
    make_exclusion(nominal=nominal, user=owner)
    assert (shown_in_sql(owner), shown_by_orm(owner)) == (0, 0)


def test_nobody_adds_or_changes_what_they_may_not_read(nominal, owner):
    make_sensitive(nominal=nominal)
    colleague = make_user(unit=owner.unit)
    with pytest.raises(DatabaseError, match="row-level security"):
        make_sensitive(nominal=nominal, added_by=colleague)
    with row_security(colleague):
        assert SensitiveItem.objects.update(text="Forged") == 0


def test_it_is_added_with_an_action_and_an_event_that_say_nothing_of_it(nominal, owner):
    item = add_sensitive(actor=owner, nominal=nominal, **values())
    action = Action.objects.get(kind="sensitive-review")
    assert (action.title, action.route, action.owner, action.nominal) == ("A review is due", "offenders:sensitive", owner, nominal.pk)
    event = Event.objects.get(verb=Verb.CREATED, subject_type="offenders.sensitiveitem")
    assert (event.subject_id, event.detail) == (item.pk, {"act": "Sensitive material added"})
    kept = [*LogEntry.objects.values_list("changes", flat=True), *Event.objects.values_list("detail", flat=True)]
    assert [row for row in kept if "insulin" in str(row) or "nurse" in str(row)] == []


def test_colleagues_of_the_unit_and_readers_by_grant_write_nothing(nominal, owner):
    granted = make_user(organisation=owner.organisation)
    make_grant(nominal=nominal, user=granted, permission=Perm.VIEW_SENSITIVE)
    item = make_sensitive(nominal=nominal)
    for actor in (granted, make_user(unit=owner.unit)):
        for act in (
            lambda actor=actor: add_sensitive(actor=actor, nominal=nominal, **values()),
            lambda actor=actor: change_sensitive(actor=actor, item=item, version=1, **values()),
            lambda actor=actor: end_sensitive(actor=actor, item=item, reason="No longer needed"),
        ):
            with pytest.raises(NotPermitted):
                act()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "third_party"}, "originator"),
        ({"consent": "asked"}, "asked_on"),
        ({"consent": "given", "asked_on": "today"}, "answered_on"),
        ({"consent": "not_asked", "asked_on": "today"}, "consent"),
        ({"consent": "asked", "asked_on": "today", "answered_on": "today"}, "consent"),
        ({"consent": "refused", "asked_on": "today", "answered_on": "yesterday"}, "answered_on"),
        ({"consent": "asked", "asked_on": "tomorrow"}, "asked_on"),
        ({"review_on": "today"}, "review_on"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(nominal, owner, changed, field):
    days = {"today": localdate(), "yesterday": localdate() - timedelta(days=1), "tomorrow": localdate() + timedelta(days=1)}
    with pytest.raises(DomainError) as refused:
        add_sensitive(actor=owner, nominal=nominal, **values(**{name: days.get(value, value) for name, value in changed.items()}))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "third_party", "originator": ""},
        {"consent": "asked"},
        {"consent": "given", "asked_on": "2026-02-02", "answered_on": "2026-02-01"},
        {"ended_on": "2026-02-01"},
    ],
)
def test_the_database_refuses_what_can_never_be(nominal, broken):
    assert make_sensitive(nominal=nominal, kind="third_party", originator="Health trust")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sensitive(nominal=nominal, **broken)


def test_a_change_a_stale_copy_another_review_and_an_end(nominal, owner):
    item = add_sensitive(actor=owner, nominal=nominal, **values())
    later = localdate() + timedelta(days=200)
    change_sensitive(actor=owner, item=item, version=1, **values(review_on=later))
    with pytest.raises(StaleRecord):
        change_sensitive(actor=owner, item=item, version=1, **values())
    assert [localdate(action.due) for action in Action.objects.waiting().filter(kind="sensitive-review")] == [later]
    end_sensitive(actor=owner, item=item, reason="He is off the medicine")
    assert not Action.objects.waiting().filter(kind="sensitive-review").exists()
    with pytest.raises(DomainError, match="has ended"):
        change_sensitive(actor=owner, item=item, version=3, **values())


def test_the_page_shows_it_to_readers_and_is_locked_for_colleagues(client, nominal, owner):
    item = make_sensitive(nominal=nominal, text=SECRET)
    client.force_login(owner)
    page = client.get(f"/nominals/{nominal.reference}/sensitive/").content.decode()
    assert SECRET in page
    assert Event.objects.filter(verb=Verb.VIEWED, nominal=nominal.pk, detail__ids=[item.pk]).exists()
    colleague = make_user(unit=owner.unit)
    client.force_login(colleague)
    assert client.get(f"/nominals/{nominal.reference}/sensitive/").status_code == 403
    assert SECRET not in client.get(f"/nominals/{nominal.reference}/history/").content.decode()


def test_it_is_added_and_changed_in_the_browser(client, nominal, owner):
    client.force_login(owner)
    data = {"kind": "third_party", "text": SECRET, "source": "Letter", "basis": "policing", "originator": "", "consent": "not_asked"}
    data |= {"review_on_day": "1", "review_on_month": "6", "review_on_year": "2099"}
    assert client.post(f"/nominals/{nominal.reference}/sensitive/add/", data).status_code == 409
    assert client.post(f"/nominals/{nominal.reference}/sensitive/add/", data | {"originator": "Health trust"}).status_code == 302
    with row_security(owner):
        item = SensitiveItem.objects.get()
    change = f"/nominals/{nominal.reference}/sensitive/{item.public_id}/change/"
    assert SECRET in client.get(change).content.decode()
    first = data | {"originator": "Health trust", "text": "First", "version": 1}
    assert client.post(change, first).status_code == 302
    stale = client.post(change, first | {"text": "Second"})
    assert (stale.status_code, "First" in stale.content.decode(), "Second" in stale.content.decode()) == (409, True, True)
    end = f"/nominals/{nominal.reference}/sensitive/{item.public_id}/end/"
    assert client.post(end, {"reason": "No longer needed"}).status_code == 302
    assert "Ended" in client.get(f"/nominals/{nominal.reference}/sensitive/").content.decode()


def test_whoever_grants_access_can_open_it_to_a_person(client, nominal, owner):
    reader = make_user(organisation=owner.organisation)
    make_sensitive(nominal=nominal, text=SECRET)
    until = localdate() + timedelta(days=9)
    client.force_login(owner)
    data = {"user": reader.username, "permission": "view_sensitive", "reason": "Assesses his health", "expires_at_day": until.day}
    data |= {"expires_at_month": until.month, "expires_at_year": until.year}
    assert client.post(f"/nominals/{nominal.reference}/people/grant/", data).status_code == 302
    assert "Sensitive material" in client.get(f"/nominals/{nominal.reference}/people/").content.decode()
    client.force_login(reader)
    assert SECRET in client.get(f"/nominals/{nominal.reference}/sensitive/").content.decode()
    assert client.get(f"/nominals/{nominal.reference}/sensitive/add/").status_code == 403
