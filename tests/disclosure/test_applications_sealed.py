"""All that tells who is in an application, or why, tried with raw SQL as the application's role; and by pages as requests of their own."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.access import row_security
from accounts.choices import Role
from disclosure.migrations._applications_sql import SEALED, SEALED_LATER
from disclosure.models import Application, Safeguarding
from disclosure.services.applications import take_application
from tests.disclosure.making_applications import make_application, make_party, make_scheme_decision, make_whole_application
from tests.disclosure.making_outcomes import make_marker, make_prepared, make_sharing, seal
from tests.factories import make_exclusion, make_nominal, make_user

TABLES = sorted({*SEALED, *SEALED_LATER})


def ask(sql: str, *values: object) -> list:
    """Return what a statement answers, in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def rows_for(user, table: str, application: Application) -> int:
    """How many rows of an application the database shows somebody, or nobody."""
    seal()
    if user is None:
        return ask(f"SELECT id FROM {table} WHERE application_id = %s", application.pk).__len__()  # noqa: S608 - names of our own
    with row_security(user):
        return len(ask(f"SELECT id FROM {table} WHERE application_id = %s", application.pk))  # noqa: S608


@pytest.fixture
def application():
    """One about a record, with something in every sealed table."""
    made = make_prepared(nominal=None)
    nominal = make_nominal(unit=made.unit)
    Application.objects.filter(pk=made.pk).update(nominal=nominal, has_no_record=False)
    made.nominal = nominal
    with row_security(made.officer):
        Safeguarding.objects.create(application=made, began_by=made.officer, danger="He is at the door")
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_only_who_deals_with_it_reads_it(table, application):
    manager = application.nominal.offender_manager
    lead = make_user(Role.SUPERVISOR, unit=application.unit)
    excluded = make_user(Role.SUPERVISOR, unit=application.unit)
    make_exclusion(nominal=application.nominal, user=excluded)
    others = (None, manager, excluded, make_user(unit=application.unit), make_user(Role.SUPERVISOR))

    assert rows_for(application.officer, table, application)
    assert rows_for(lead, table, application)
    assert [rows_for(user, table, application) for user in others] == [0] * len(others)


@pytest.mark.django_db
@pytest.mark.parametrize("table", SEALED_LATER)
def test_nobody_else_changes_or_adds_it(table, application):
    with row_security(application.officer):
        ((copy,),) = ask(f"SELECT to_jsonb({table}) - 'id' FROM {table} WHERE application_id = %s LIMIT 1", application.pk)  # noqa: S608
    seal()
    with row_security(application.nominal.offender_manager):
        assert ask(f"UPDATE {table} SET application_id = application_id WHERE application_id = %s", application.pk) == [0]  # noqa: S608
        fields = ", ".join(sorted(ask_columns(table)))
        with pytest.raises(DatabaseError, match=r"row-level security|decision|danger|told"), transaction.atomic():
            ask(f"INSERT INTO {table} ({fields}) SELECT {fields} FROM jsonb_populate_record(NULL::{table}, %s)", copy)  # noqa: S608


def ask_columns(table: str) -> list[str]:
    """The columns of a table but its key."""
    rows = ask("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", table)
    return [name for (name,) in rows]


@pytest.mark.django_db
def test_whoever_takes_it_reads_of_the_danger_at_once():
    taker = make_user(Role.OFFENDER_MANAGER)
    seal()
    taken = take_application(
        actor=taker, scheme="domestic", route="ask", received_by="in_person", received_at=make_application().received_at,
        unit=taker.unit, in_danger=True, danger="He has her keys",
    )  # fmt: skip

    assert (taken.state, taken.officer) == ("safeguarding", None)
    assert rows_for(taker, "disclosure_safeguarding", taken) == 1
    assert rows_for(make_user(Role.OFFENDER_MANAGER, unit=taker.unit), "disclosure_safeguarding", taken) == 0


@pytest.mark.django_db
def test_the_managers_learn_that_a_decision_needs_theirs_and_no_word_of_it():
    nominal = make_nominal()
    application = make_whole_application(nominal=nominal, state="decided")
    decision = make_scheme_decision(application)
    waits, link = "SELECT application, decision FROM vigil_waits_for_sharing(%s)", "SELECT vigil_link_sharing(%s, %s)"
    manager = nominal.offender_manager
    seal()
    with row_security(manager):
        assert ask(waits, nominal.pk) == [], "its managers may not know yet"
    make_marker(application)
    sharing = make_sharing(application)
    with row_security(application.officer):
        ask("UPDATE disclosure_schemedecision SET sharing_id = NULL")
    seal()
    for user in (make_user(), None):
        seal()
        if user:
            with row_security(user):
                assert ask(waits, nominal.pk) == []
        with pytest.raises(DatabaseError, match="no such decision waits"), transaction.atomic():
            ask(link, decision.pk, sharing.pk)
    with row_security(manager):
        assert ask(waits, nominal.pk) == [(application.pk, decision.pk)]
        ask(link, decision.pk, sharing.pk)
        assert ask(waits, nominal.pk) == []
        assert ask("SELECT reasons FROM disclosure_schemedecision") == []


@pytest.mark.django_db(transaction=True)
def test_pages_show_what_is_sealed_to_whoever_deals_with_it(client):
    application = make_whole_application(state="decision")
    make_scheme_decision(application, is_decided=False)
    make_party(application, "protector")
    client.force_login(application.officer)
    shown = {
        name: client.get(reverse(f"disclosure:{name}", args=[application.public_id])).content.decode()
        for name in ("application", "application-forum", "application-decision", "application-representations")
    }

    assert "Tell her" in shown["application"]
    assert "Tell her" in shown["application-forum"]
    assert "He hit partners before" in shown["application-decision"]
    assert "Not asked" in shown["application-decision"]
    assert "Asking would raise the risk" in shown["application-representations"]
    client.force_login(make_user(Role.SUPERVISOR, unit=application.unit))
    assert "Not asked" in client.get(reverse("disclosure:application-decide", args=[application.public_id])).content.decode()
