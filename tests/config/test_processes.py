"""Server processes are found again by their record, never mistaken for others, and stopped with all they started."""
import json
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.processes import Process, ServerError, end_all, family, free_port, port_is_free, started_at, wait_for, write_private

LISTENER = "import socket, sys, time; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); time.sleep(600)"


def listen(port: int) -> list[str]:
    """A command that listens on a port for a while."""
    return [sys.executable, "-c", LISTENER, str(port)]


@pytest.fixture
def server(tmp_path: Path) -> Process:
    """A server that runs, seen through a second look at its record."""
    started = Process(tmp_path, "listener")
    started.start(listen, lambda port: not port_is_free(port))
    return Process(tmp_path, "listener")


def test_process_started_by_one_command_is_stopped_by_another(server: Process) -> None:
    pid = json.loads(server.record.read_text())["pid"]
    port = server.port
    assert server.is_running()
    assert not port_is_free(port)

    server.stop(signal.SIGTERM)

    assert started_at(pid) is None
    assert port_is_free(port)
    assert not server.record.exists()


def test_process_with_a_reused_number_is_left_alone(server: Process) -> None:
    record = json.loads(server.record.read_text())
    write_private(server.record, json.dumps(record | {"started": record["started"] - 100}))

    assert not server.is_running()
    server.stop(signal.SIGKILL)

    assert started_at(record["pid"]) == record["started"]
    end_all(family(record["pid"]))


def test_process_that_does_not_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    broken = Process(tmp_path, "broken")

    with pytest.raises(ServerError, match="No room left in the hangar"):
        broken.start(lambda port: [sys.executable, "-c", "raise SystemExit('No room left in the hangar')"], lambda port: False)

    assert not broken.record.exists()


def test_port_of_a_stopped_server_says_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"config\.embedded start"):
        _ = Process(tmp_path, "postgres").port


def test_family_ends_with_its_grandchildren() -> None:
    head = subprocess.Popen(["sh", "-c", "sleep 600 & sleep 600 & wait"])
    assert wait_for(lambda: len(family(head.pid)) == 3, 10)
    members = family(head.pid)

    end_all(members)

    assert [member.pid for member in members if member.is_running() and member.status() != psutil.STATUS_ZOMBIE] == []


def test_private_file_is_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    write_private(path, "word")

    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_free_port_can_be_listened_on() -> None:
    assert port_is_free(free_port())
