"""The journey of a supervisor with a file, the command of the operator, and who is turned away."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Event
from offenders.models import Import, Nominal
from offenders.services import imports as services
from offenders.services.imports import run_import, start_import
from tests.factories import make_user

pytestmark = pytest.mark.django_db

GOOD = b"local_reference,registration,surname,offender_manager\nF-1,registered,Sample,boss\nF-2,pdp,Other,boss\n"
BAD = b"local_reference,registration,surname,offender_manager,birth\nF-1,registered,Sample,boss,1971-02-30\n"


@pytest.fixture
def supervisor() -> User:
    return make_user(Role.SUPERVISOR, username="boss")


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is left to the worker."""
    waiting: list[int] = []
    monkeypatch.setattr(services, "run_later", waiting.append)
    return waiting


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def hand_in(client: Client, content: bytes, name: str = "people.csv", **headers: Any) -> Any:
    """Send the form."""
    return client.post(reverse("offenders:import-new"), {"file": SimpleUploadedFile(name, content)}, **headers)


def test_supervisor_hands_in_a_file_watches_it_and_stores_it(
    supervisor: User, queued: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(supervisor)
    assert supervisor.unit.name in client.get(reverse("offenders:import-new")).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = hand_in(client, GOOD)
    imported = Import.objects.get()
    assert (answer.status_code, answer.url, queued) == (302, reverse("offenders:import", args=[imported.public_id]), [imported.pk])
    waiting = client.get(answer.url).text
    assert "The file waits for its turn." in waiting
    assert 'hx-trigger="every 2s"' in waiting

    run_import(import_id=imported.pk)
    progress = client.get(reverse("offenders:import-progress", args=[imported.public_id])).text
    assert "Store these 2 records" in progress
    assert "hx-trigger" not in progress
    assert Nominal.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("offenders:import-store", args=[imported.public_id]))
    assert queued == [imported.pk] * 2
    run_import(import_id=imported.pk)
    assert "The records are stored" in client.get(answer.url).text
    assert set(Nominal.objects.values_list("local_reference", "force")) == {
        ("F-1", supervisor.organisation_id),
        ("F-2", supervisor.organisation_id),
    }


def test_wrong_rows_stand_on_the_page_with_line_column_and_reason(supervisor: User) -> None:
    client = signed_in(supervisor)
    hand_in(client, BAD)
    run_import(import_id=Import.objects.get().pk)

    page = client.get(reverse("offenders:import", args=[Import.objects.get().public_id])).text

    cells = ("2", "birth", "Date of birth must be a real date: February 1971 has 28 days")
    assert "".join(f'<td class="govuk-table__cell">{cell}</td>' for cell in cells) in page
    assert "Nothing was stored" in page
    assert "1971-02-30" not in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.xlsx", b"x", "The file must be a .csv or .jsonl file in the documented format."),
        ("people.csv", b"", "empty"),
    ],
)
def test_unacceptable_file_is_told_at_the_field(supervisor: User, name: str, content: bytes, words: str) -> None:
    answer = hand_in(signed_in(supervisor), content, name)

    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert Import.objects.count() == 0


def test_form_without_a_file_says_so(supervisor: User) -> None:
    answer = signed_in(supervisor).post(reverse("offenders:import-new"))

    assert (answer.status_code, "Select file" in answer.text) == (422, True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPERVISOR])
def test_other_roles_are_turned_away_everywhere(supervisor: User, role: Role) -> None:
    imported = start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)
    client = signed_in(make_user(role, organisation=supervisor.organisation))
    key = [imported.public_id]

    statuses = [
        client.get(reverse("offenders:import-list")).status_code,
        client.get(reverse("offenders:import-new")).status_code,
        hand_in(client, GOOD).status_code,
        client.get(reverse("offenders:import", args=key)).status_code,
        client.get(reverse("offenders:import-progress", args=key)).status_code,
        client.post(reverse("offenders:import-store", args=key)).status_code,
    ]

    assert statuses == [403] * 6
    assert Import.objects.count() == 1


def test_import_of_another_force_is_not_there(supervisor: User) -> None:
    imported = start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)
    client = signed_in(make_user(Role.SUPERVISOR))
    key = [imported.public_id]

    assert client.get(reverse("offenders:import", args=key)).status_code == 404
    assert client.get(reverse("offenders:import-progress", args=key)).status_code == 404
    assert client.post(reverse("offenders:import-store", args=key)).status_code == 404
    assert "Nobody of your force has handed in a file yet." in client.get(reverse("offenders:import-list")).text


def test_colleague_sees_the_import_and_cannot_store_it(supervisor: User) -> None:
    imported = start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)
    run_import(import_id=imported.pk)
    client = signed_in(make_user(Role.SUPERVISOR, unit=supervisor.unit))

    page = client.get(reverse("offenders:import", args=[imported.public_id])).text
    client.post(reverse("offenders:import-store", args=[imported.public_id]))

    assert "can store its records" in page
    assert '<button type="submit" class="govuk-button" data-module' not in page
    imported.refresh_from_db()
    assert (imported.is_dry_run, Nominal.objects.count()) == (True, 0)


def test_opening_an_import_is_recorded(supervisor: User) -> None:
    imported = start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)

    signed_in(supervisor).get(reverse("offenders:import", args=[imported.public_id]))

    viewed = Event.objects.filter(verb="viewed", subject_type="offenders.import").values_list("subject_id", "actor")
    assert list(viewed) == [(imported.pk, supervisor.pk)]


def test_list_takes_the_same_queries_for_many_imports(supervisor: User) -> None:
    client = signed_in(supervisor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("offenders:import-list"))
        return len(captured)

    start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)
    queries()
    few = queries()
    for _ in range(10):
        start_import(actor=supervisor, file=SimpleUploadedFile("a.csv", GOOD), unit=supervisor.unit)

    assert queries() == few


def run_command(path: Path, member: User, **options: Any) -> None:
    """The operator's command, for the unit of this person."""
    call_command("import_nominals", str(path), force=member.organisation.code, unit=member.unit.name, **options)


def test_command_stores_and_says_how_much(supervisor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.jsonl"
    rows = [
        {"local_reference": f"F-{number}", "registration": "registered", "surname": "Sample", "offender_manager": "boss"}
        for number in range(3)
    ]
    path.write_text("\n".join(map(json.dumps, rows)))

    run_command(path, supervisor, dry_run=True)
    assert "Checked, nothing stored: 3 new, 0 changed, 0 unchanged." in capsys.readouterr().out
    assert Nominal.objects.count() == 0

    run_command(path, supervisor)
    assert "Stored: 3 new, 0 changed, 0 unchanged." in capsys.readouterr().out
    run_command(path, supervisor, user="boss")
    assert "Stored: 0 new, 0 changed, 3 unchanged." in capsys.readouterr().out
    channels = Event.objects.filter(verb="imported").order_by("pk").values_list("channel", "actor")
    assert list(channels) == [("command", None), ("command", supervisor.pk)]


def test_command_prints_every_error_and_fails(supervisor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(BAD)

    with pytest.raises(CommandError, match=r"Nothing was stored\."):
        run_command(path, supervisor)

    assert "Line 2, birth: Date of birth must be a real date: February 1971 has 28 days" in capsys.readouterr().err


def test_command_refuses_unknown_places_people_and_files(supervisor: User, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(GOOD)
    make_user(Role.CONTROL_ROOM, username="operator", organisation=supervisor.organisation)

    with pytest.raises(CommandError, match="no unit"):
        call_command("import_nominals", str(path), force="nowhere", unit="None")
    with pytest.raises(CommandError, match="no user"):
        run_command(path, supervisor, user="nobody")
    with pytest.raises(CommandError, match="may not import"):
        run_command(path, supervisor, user="operator")
    with pytest.raises(CommandError, match="cannot be read"):
        run_command(tmp_path / "missing.csv", supervisor)
    assert Import.objects.count() == 0
