"""Files of the border: finished ones are stored, then moved; those that the operator hands in stay where they are."""

import os
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError

from intelligence.models import AlertSource, RawMessage, TravelAlert
from intelligence.services import folders
from intelligence.services.folders import take_folders
from tests.intelligence.making_doors import make_alert_source
from tests.intelligence.writing_reports import archive, mail, table, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    path = tmp_path / "border"
    path.mkdir()
    settings.ALERT_FOLDERS = {"border-files": str(path)}
    return path


@pytest.fixture
def source(folder):
    return make_alert_source(code="border-files", door="folder")


def drop(folder, name, content, age=60):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()}


def test_finished_files_are_taken_and_moved(folder, source):
    drop(folder, "a.csv", table(3))
    drop(folder, "b.txt", text())
    assert take_folders(actor=None) == 2
    assert names(folder) == {"taken/a.csv", "taken/b.txt"}
    assert set(RawMessage.objects.values_list("file_name", "state")) == {("a.csv", "taken"), ("b.txt", "taken")}
    source.refresh_from_db()
    assert (source.last_problem, source.last_fetched_at is not None) == ("", True)


def test_what_is_still_being_written_and_what_is_no_file_stays(folder, source):
    drop(folder, "young.csv", table(), age=0)
    drop(folder, ".hidden.csv", table())
    drop(folder, "half.csv.part", table())
    (folder / "folder").mkdir()
    (folder / "link.csv").symlink_to(drop(folder.parent, "secret", "x"))
    before = names(folder)
    assert take_folders(actor=None) == 0
    assert names(folder) == before


def test_file_that_is_too_large_is_refused_in_words(folder, source, settings):
    settings.ALERT_LIMITS = {**settings.ALERT_LIMITS, "file_bytes": 1000}
    drop(folder, "large.csv", table(50))
    take_folders(actor=None)
    message = RawMessage.objects.get()
    assert (message.state, message.size, len(message.content)) == ("rejected", len(table(50)), len(table(50).encode()[: folders.BEGINNING]))
    assert names(folder) == {"refused/large.csv"}


def test_crash_between_storing_and_moving_doubles_nothing(folder, source, monkeypatch):
    drop(folder, "a.csv", table(3))
    with monkeypatch.context() as broken:
        broken.setattr(folders, "put_away", lambda *_: (_ for _ in ()).throw(OSError))
        assert take_folders(actor=None) == 1
    source.refresh_from_db()
    assert (names(folder), source.last_problem) == ({"a.csv"}, folders.NO_FILE)
    assert take_folders(actor=None) == 0
    assert (names(folder), RawMessage.objects.get().times_seen) == ({"taken/a.csv"}, 2)


def test_file_of_a_name_that_was_used_before_is_kept_beside_it(folder, source):
    for number in (1, 2):
        drop(folder, "a.csv", table(number))
        take_folders(actor=None)
    assert len(names(folder)) == 2
    assert RawMessage.objects.count() == 2


@pytest.mark.parametrize("error", [OSError, DataError])
def test_one_bad_file_stops_none_of_the_others(folder, source, monkeypatch, error):
    for name in ("a.csv", "b.csv", "c.csv"):
        drop(folder, name, table(1, Port=name))
    take = folders.take_message

    def refuse(*, incoming, **more):
        if incoming.file_name == "b.csv":
            raise error
        return take(incoming=incoming, **more)

    monkeypatch.setattr(folders, "take_message", refuse)
    assert take_folders(actor=None) == 2
    assert names(folder) == {"taken/a.csv", "b.csv", "taken/c.csv"}
    source.refresh_from_db()
    assert source.last_problem == {OSError: folders.NO_FILE, DataError: folders.NOT_STORED}[error]


@pytest.mark.parametrize(("places", "problem"), [({}, folders.NOT_SET_UP), ({"border-files": "/nowhere/at/all"}, folders.NO_FOLDER)])
def test_folder_that_is_not_there_says_so_and_stops_no_other(source, settings, tmp_path, places, problem):
    make_alert_source(code="other", door="folder", unit=source.unit)
    other = tmp_path / "other"
    other.mkdir()
    settings.ALERT_FOLDERS = {**places, "other": str(other)}
    drop(other, "a.csv", table())
    assert take_folders(actor=None) == 1
    source.refresh_from_db()
    assert (source.last_problem, source.fetch_failures) == (problem, 1)


def test_command_says_what_came_of_each_file(folder, source, capsys):
    drop(folder, "a.csv", table(3).replace("SAMPLEB", ""))
    drop(folder, "b.bin", b"\x00\x01")
    drop(folder, "c.eml", mail().as_bytes())
    with pytest.raises(CommandError, match="1 of 3 files could not be read"):
        call_command("ingest_travel", str(folder))
    said, wrong = capsys.readouterr()
    assert said.splitlines() == [
        "a.csv: read; 2 new, 0 repeats, 1 refused.",
        "b.bin: could not be read; 0 new, 0 repeats, 1 refused.",
        "c.eml: read; 1 new, 0 repeats, 0 refused.",
    ]
    assert [line.split(":")[0] for line in wrong.splitlines()] == ["a.csv, line 3", "b.bin, line 1"]
    assert names(folder) == {"a.csv", "b.bin", "c.eml"}
    assert RawMessage.objects.get(file_name="c.eml").layout == "mail 1: report 1"


def test_command_ends_well_and_knows_the_same_again(folder, source, capsys):
    path = drop(folder, "a.zip", archive(a__csv=table(3).encode()))
    call_command("ingest_travel", str(path))
    call_command("ingest_travel", str(path), source="border-files")
    assert capsys.readouterr().out.splitlines()[1] == "a.zip: read, seen 2 times; 3 new, 0 repeats, 0 refused."
    assert TravelAlert.objects.count() == 3


def test_command_asks_for_a_source_where_it_cannot_tell(folder, source, tmp_path):
    make_alert_source(code="other", door="folder", unit=source.unit)
    with pytest.raises(CommandError, match="In use: border-files, other"):
        call_command("ingest_travel", str(folder))
    with pytest.raises(CommandError, match="holds no file"):
        call_command("ingest_travel", str(folder), source="other")
    with pytest.raises(CommandError, match="There is nothing at"):
        call_command("ingest_travel", str(tmp_path / "nothing"), source="other")
    AlertSource.objects.update(is_active=False)
    with pytest.raises(CommandError, match="In use: none"):
        call_command("ingest_travel", str(folder), source="other")
