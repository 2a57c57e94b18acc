"""What is taken is stored first and read once, whatever is killed in between."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from audit.models import Event
from intelligence.models import AlertRepeat, Arrival, MessageScan, RawMessage, TravelAlert
from intelligence.services import messages, reading
from intelligence.services.reading import BEGINS_AGAIN, HAS_VIRUS, read_message, resume_reading
from tests.intelligence.making_doors import make_alert_source, take, take_and_read
from tests.intelligence.writing_reports import archive, mail, table, text
from tests.offenders.clamd import VIRUS, running_clamd

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_alert_source(code="border-files", door="folder")


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 2)


@pytest.fixture
def clamd(settings):
    with running_clamd() as server:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = server.server_address
        yield server


class Killed(BaseException):
    """The worker ends here."""


def lines():
    return sorted(TravelAlert.objects.values_list("line", flat=True))


def test_message_is_stored_as_it_came_and_handed_to_a_worker(source, monkeypatch, django_capture_on_commit_callbacks):
    handed_over = []
    monkeypatch.setattr(messages, "read_later", handed_over.append)
    with django_capture_on_commit_callbacks(execute=True):
        message = take(source, b"\x00\xff" + table().encode(), file_name="../a\nb.csv")
    message.refresh_from_db()
    assert bytes(message.content) == b"\x00\xff" + table().encode()
    assert (message.state, message.size, message.file_name, message.unit) == ("taken", len(message.content), "../a b.csv", source.unit)
    assert handed_over == [message.pk]
    assert [event.detail["act"] for event in Event.objects.all()] == ["Message taken"]


def test_storing_stands_or_falls_with_the_transaction_that_marks_it(source):
    def fail():
        with transaction.atomic():
            take(source, table())
            raise Killed

    with pytest.raises(Killed):
        fail()
    assert (RawMessage.objects.count(), Arrival.objects.count()) == (0, 0)


def test_same_content_again_is_counted_and_not_read_again(source):
    first = take_and_read(source, table(3))
    again = take_and_read(source, table(3), file_name="other.csv")
    assert (again.pk, again.times_seen, Arrival.objects.count(), TravelAlert.objects.count()) == (first.pk, 2, 2, 3)
    other = make_alert_source(code="other", door="folder", unit=source.unit)
    elsewhere = take_and_read(other, table(3))
    assert (elsewhere.pk != first.pk, TravelAlert.objects.count(), AlertRepeat.objects.count()) == (True, 3, 3)


def test_reports_are_numbered_and_the_sum_is_right(source):
    content = table(4).splitlines()
    content[2] = content[2].replace("Outbound", "Outbound,")
    message = take_and_read(source, "\n".join(content))
    assert (message.state, message.layout, message.lines_read, message.problem, message.claimed_at) == ("read", "csv 1", 5, "", None)
    assert dict(TravelAlert.objects.values_list("line", "state")) == {2: "received", 3: "rejected", 4: "received", 5: "received"}
    event = Event.objects.filter(detail__act="Message read").get()
    assert (event.detail["reports"], event.detail["refused"]) == (4, 1)


def test_content_that_cannot_be_read_is_rejected_with_a_sentence_and_one_report(source):
    message = take_and_read(source, b"\x01\x02\x03")
    assert (message.state, message.layout) == ("rejected", "")
    assert message.problem.startswith("It is in no layout that is read.")
    assert list(TravelAlert.objects.values_list("state", "problem")) == [("rejected", message.problem)]


def test_read_message_is_not_read_again(source):
    message = take_and_read(source, table())
    assert read_message(actor=None, message_id=message.pk) is False
    assert Event.objects.filter(detail__act="Message read").count() == 1


def test_message_in_a_workers_hands_is_left_alone(source):
    message = take(source, table())
    RawMessage.objects.update(claimed_at=now() - timedelta(minutes=1))
    assert read_message(actor=None, message_id=message.pk) is False
    assert TravelAlert.objects.count() == 0


def test_killed_worker_is_followed_by_another_without_doubling(source, small_steps, monkeypatch):
    message, steps = take(source, table(7)), []

    def killed_in_the_third(*, message, rows):
        steps.append(len(rows))
        if len(steps) == 3:
            raise Killed
        return messages.receive_alerts(message=message, rows=rows)

    with monkeypatch.context() as broken:
        broken.setattr(reading, "receive_alerts", killed_in_the_third)
        with pytest.raises(Killed):
            read_message(actor=None, message_id=message.pk)
    assert lines() == [2, 3, 4, 5]
    handed_over = []
    monkeypatch.setattr(reading, "read_later", handed_over.append)
    assert (resume_reading(actor=None), handed_over) == (0, [])
    RawMessage.objects.update(claimed_at=now() - reading.LOST_AFTER - timedelta(seconds=1))
    assert (resume_reading(actor=None), handed_over) == (1, [message.pk])
    read_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.lines_read, lines()) == ("read", 8, [2, 3, 4, 5, 6, 7, 8])
    assert AlertRepeat.objects.count() == 0


def test_claim_made_before_a_clock_was_put_back_does_not_hold_the_message_for_hours(source):
    message = take(source, table())
    RawMessage.objects.update(claimed_at=now() + timedelta(hours=1))
    read_message(actor=None, message_id=message.pk)
    assert RawMessage.objects.get().state == "read"


def test_worker_that_was_thought_lost_stores_nothing_more(source, small_steps, monkeypatch):
    message = take(source, table(6))
    stored = reading.store_chunk

    def overtaken(row, chunk):
        RawMessage.objects.filter(pk=row.pk, lines_read=0).update(claimed_at=now() + timedelta(seconds=1))
        return stored(row, chunk)

    monkeypatch.setattr(reading, "store_chunk", overtaken)
    assert read_message(actor=None, message_id=message.pk) is False
    message.refresh_from_db()
    assert (TravelAlert.objects.count(), message.state) == (0, "taken")


def test_long_message_is_read_in_several_goes(source, small_steps, monkeypatch):
    monkeypatch.setattr(reading, "SLICE", -1)
    message = take(source, table(5))
    assert [read_message(actor=None, message_id=message.pk) for _ in range(4)] == [True, True, True, False]
    message.refresh_from_db()
    assert (message.state, message.layout, lines()) == ("read", "csv 1", [2, 3, 4, 5, 6])


def test_several_files_in_one_message_go_on_where_they_were_left(source, small_steps, monkeypatch):
    monkeypatch.setattr(reading, "SLICE", -1)
    message = take(source, archive(a__csv=table(3).encode(), b__csv=table(4, ";", Surname="OTHER").encode()))
    while read_message(actor=None, message_id=message.pk):
        pass
    assert lines() == [2, 3, 4, 6, 7, 8, 9]


def test_message_that_brings_workers_down_is_set_aside(source, monkeypatch):
    message = take(source, table())
    with monkeypatch.context() as broken:
        broken.setattr(reading, "rows_of", lambda *_: (_ for _ in ()).throw(Killed))
        for _ in range(3):
            RawMessage.objects.update(claimed_at=None)
            with pytest.raises(Killed):
                read_message(actor=None, message_id=message.pk)
    RawMessage.objects.update(claimed_at=None)
    read_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.problem) == ("rejected", BEGINS_AGAIN)
    assert TravelAlert.objects.get().state == "rejected"
    assert take_and_read(source, table(3)).state == "read"


def test_virus_is_refused_and_nothing_is_read(source, clamd):
    message = take_and_read(source, table() + VIRUS.decode())
    assert (message.state, message.problem, message.scan.state, message.scan.words) == ("rejected", HAS_VIRUS, "infected", "Invented.Virus")
    assert TravelAlert.objects.get().state == "rejected"
    clean = take_and_read(source, table(3))
    assert (clean.state, clean.scan.state) == ("read", "clean")


def test_without_a_scanner_the_message_says_so(source):
    assert take_and_read(source, table()).scan.state == "unscanned"


def test_silent_scanner_holds_the_message_until_it_answers(source, clamd):
    clamd.answer = b"nonsense\n"
    message = take(source, table())
    for _ in range(5):
        assert read_message(actor=None, message_id=message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.tries, message.claimed_at, message.scan.state) == ("taken", 0, None, "waiting")
    clamd.answer = None
    read_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, MessageScan.objects.get().state) == ("read", "clean")


def test_large_message_is_read_from_the_database_in_slices(source, monkeypatch):
    sizes = []
    fetch = reading.StoredContent.readinto
    monkeypatch.setattr(reading.StoredContent, "readinto", lambda self, buffer: sizes.append(fetch(self, buffer)) or sizes[-1])
    message = take(source, table(1) + "\n" * 3_000_000)
    while read_message(actor=None, message_id=message.pk):
        pass
    assert max(sizes) <= 1024**2
    assert lines() == [2]


def test_mail_from_somebody_unknown_waits_until_a_person_has_looked(settings):
    settings.ALERT_GATEWAYS = ["mx.northmere.example"]
    source = make_alert_source()
    message = take_and_read(source, mail(sender="x@evil.example").as_bytes())
    assert (message.state, message.sender_verdict, TravelAlert.objects.count()) == ("quarantined", "unknown", 0)
    bounce = take_and_read(source, mail(sender="x@evil.example", Return_Path="<>").as_bytes())
    assert (bounce.state, bounce.problem.split(":")[0]) == ("rejected", "Not a report")
    assert resume_reading(actor=None) == 0


@pytest.mark.django_db(transaction=True)
def test_same_content_through_two_doors_at_once_is_one_message():
    source, ready = make_alert_source(code="border-files", door="folder"), Barrier(4)

    def run():
        try:
            ready.wait()
            take_and_read(source, text())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    message = RawMessage.objects.get()
    read_message(actor=None, message_id=message.pk)
    assert (message.times_seen, Arrival.objects.count(), TravelAlert.objects.count()) == (4, 4, 1)
