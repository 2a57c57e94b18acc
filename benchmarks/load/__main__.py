"""`python -m benchmarks.load [--minutes 10]`: start the service as `make run` does, load it quietly, then busily; judge, print, keep."""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.__main__ import servers
from benchmarks.databases import CIRCUMSTANCES, MANAGE, at, connected, database_of_size, execute
from benchmarks.load import judging
from benchmarks.load.busy import Busy, load
from benchmarks.load.memory import Watch
from benchmarks.results import circumstances
from config.embedded import BASE_DIR
from config.processes import ServerError, free_port, run_to_end, signals_end_it, wait_for
from config.supervisor import only_one, page_answers, start_parts, stop_parts

RESULTS = BASE_DIR / "benchmarks" / "load.json"
DATABASE = "vigil_load"
WARM_UP = 0.2  # of the quiet phase, after everybody has come
STEADY = 5  # minutes of a phase from which on memory is judged: after less, pages are still asked for the first time
# As the demonstration runs, with the limits of settings.py; its mails go nowhere.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings", "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def main(arguments: list[str]) -> int:
    """Run both phases; status 1 when something went wrong or a bar was missed."""
    asked = parse(arguments)
    with only_one(), servers() as environment, tempfile.TemporaryDirectory() as folder:
        ready = fresh_database(asked.size, asked.seed, environment) | SETTINGS | {"MEDIA_ROOT": str(Path(folder) / "files")}
        counts = {name: getattr(asked, name) for name in ("officers", "operators", "agencies", "rows", "alerts", "bundles", "seed")}
        run("cast", *(f"--{name}={number}" for name, number in counts.items()), f"--folder={folder}", environment=ready)
        found = on_running_service(asked, Path(folder), ready)
    memory = found["memory"] if asked.minutes >= STEADY else {}
    found["faults"] = judging.faults(found["phases"], memory, found["beside"], found["ended"])
    show(found)
    keep(found, asked)
    return 1 if found["faults"] else 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="length of each phase")
    parser.add_argument("--officers", type=int, default=50, help="offender managers at work at once")
    parser.add_argument("--operators", type=int, default=10, help="control-room operators at work at once")
    parser.add_argument("--agencies", type=int, default=5, help="systems of agencies at once")
    parser.add_argument("--size", type=int, default=3000, help="nominals on record at the beginning")
    parser.add_argument("--rows", type=int, default=50_000, help="people that the import brings in")
    parser.add_argument("--alerts", type=int, default=10_000, help="reports from the border in the flood")
    parser.add_argument("--bundles", type=int, default=10, help="bundles for people who ask what is held about them")
    parser.add_argument("--patience", type=float, default=20, help="minutes, after the busy phase, until what ran beside must have ended")
    parser.add_argument("--seed", type=int, default=1, help="seed of the synthetic force and of what is asked")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to keep the numbers")
    return parser.parse_args(arguments)


def fresh_database(size: int, seed: int, environment: Mapping[str, str]) -> dict[str, str]:
    """Copy the database of this size that the benchmarks keep, since the load changes what it finds; return where the copy is."""
    ready = database_of_size(size, seed, dict(environment))
    owner, origin = environment["DATABASE_OWNER_URL"], urlsplit(ready["DATABASE_URL"]).path.lstrip("/")
    execute(owner, f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
    execute(owner, f'CREATE DATABASE "{DATABASE}" TEMPLATE "{origin}"')
    addresses = {key: at(environment[key], DATABASE) for key in ("DATABASE_URL", "DATABASE_AUDIT_URL", "DATABASE_OWNER_URL")}
    demonstration = {key: value for key, value in CIRCUMSTANCES.items() if not key.endswith("_PER_MINUTE")}
    return dict(environment) | demonstration | addresses


def run(script: str, *options: str, environment: Mapping[str, str]) -> None:
    """Run one of the scripts beside this one in a process of its own."""
    if run_to_end([sys.executable, "-m", f"benchmarks.load.{script}", *options], dict(environment)):
        raise ServerError(f"benchmarks/load/{script}.py failed; its message is above.")


def on_running_service(asked: argparse.Namespace, folder: Path, ready: dict[str, str]) -> dict[str, Any]:
    """Start web server, worker and scheduler, load them, and stop them."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    port = free_port()
    try:
        start_parts(children, ready, port)
        if not wait_for(lambda: page_answers(port), 60):
            raise ServerError("The web server does not answer; its message is above.")
        with Watch({name: child.pid for name, child in children.items()}) as watch:
            found = both_phases(asked, folder, ready, f"http://127.0.0.1:{port}", watch)
        found["ended"] = [name for name, child in children.items() if child.poll() is not None]
        found["beside"].append(sum_of_reports(ready))
        return found
    finally:
        stop_parts(children)


def sum_of_reports(ready: dict[str, str]) -> dict[str, Any]:
    """Have the product's own command say whether every report from the border is accounted for."""
    began = time.monotonic()
    is_done = run_to_end([*MANAGE, "verify_travel_alerts"], ready) == 0
    end = "adds up" if is_done else "does not add up"
    return {"what": "sum of border reports", "end": end, "seconds": round(time.monotonic() - began, 1), "is_done": is_done}


def both_phases(asked: argparse.Namespace, folder: Path, ready: dict[str, str], host: str, watch: Watch) -> dict[str, Any]:
    """Load the service quietly, then with everything beside; wait for the end of all of it."""
    watch.mark(judging.START)
    busy = Busy(host, folder, load(folder), partial(answer_of, ready["DATABASE_OWNER_URL"]), asked.rows)
    busy.print_throughout()
    warm = threading.Timer(coming(asked) + asked.minutes * 60 * WARM_UP, watch.mark, [judging.WARM])
    warm.daemon = True
    warm.start()
    quiet = phase("quiet", asked, folder, ready, host)
    watch.mark(judging.QUIET)
    busy.start((asked.minutes + asked.patience) * 60)
    loaded = phase("busy", asked, folder, ready, host)
    watch.mark(judging.BUSY)
    beside = busy.wait()
    watch.mark(judging.AFTER)
    return {"phases": {"quiet": quiet, "busy": loaded}, "beside": beside, "memory": watch.marks, "highest": watch.highest}


def coming(asked: argparse.Namespace) -> float:
    """Seconds in which everybody has come, one a second, and has signed in."""
    return float(asked.officers + asked.operators + asked.agencies + 10)


def phase(name: str, asked: argparse.Namespace, folder: Path, ready: dict[str, str], host: str) -> dict[str, Any]:
    """Let everybody work for the time of one phase, counted from when all have come."""
    output, seconds = folder / f"{name}.json", coming(asked) + asked.minutes * 60
    print(f"{datetime.now(UTC):%H:%M:%S} {name}: {seconds / 60:.1f} minutes", flush=True)
    run("people", f"--host={host}", f"--seconds={seconds}", f"--folder={folder}", f"--output={output}", environment=ready)
    told: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return told


def answer_of(address: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what the database answers."""
    with closing(connected(address)) as connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def show(found: Mapping[str, Any]) -> None:
    """Print the tables and what was missed."""
    print(f"\nMilliseconds by page:\n\n{judging.pages_table(found['phases'])}")
    print(f"\nMiB held:\n\n{judging.memory_table(found['memory'], found['highest'])}")
    print(f"\n{judging.works_table(found['beside'])}\n")
    print("\n".join(f"MISSED {fault}" for fault in found["faults"]) or "Everything passed.")


def keep(found: Mapping[str, Any], asked: argparse.Namespace) -> None:
    """Write the numbers with the circumstances under which they were taken."""
    asked.output.write_text(json.dumps({"circumstances": circumstances(asked), **found}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        with signals_end_it():
            sys.exit(main(sys.argv[1:]))
    except ServerError as error:
        sys.exit(str(error))
