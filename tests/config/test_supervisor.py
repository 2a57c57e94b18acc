"""`make run` starts everything, says where, and leaves no process behind when asked to stop; the next start finds the data."""
import signal

from tests.config.runs import Run


def test_run_stops_everything_on_a_signal_and_finds_its_data_again(run: Run) -> None:
    first = run.start()
    assert run.answers() == 200
    assert run.processes() == {"postgres", "valkey", "gunicorn", "celery", "config.supervisor"}
    assert f"http://127.0.0.1:{run.port}/" in run.said.read_text()
    assert "nominals stored" in run.said.read_text()

    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
    assert run.processes() == set()

    second = run.start()
    assert run.answers() == 200
    assert "nominals stored" not in run.said.read_text()

    second.send_signal(signal.SIGINT)
    assert second.wait(60) == 0
    assert run.processes() == set()
