"""What `make run` starts: the embedded servers, the demonstration data, web server, worker and beat; one signal ends them all."""
import contextlib
import fcntl
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping

from config import env
from config.embedded import BASE_DIR, STATE, Servers, given_servers
from config.processes import START_SECONDS, ServerError, end_all, family, port_is_free, run_to_end, signals_end_it, wait_for
from config.schedule import LONG, PROMPT

DEMONSTRATION = {"DEMO": "true", "SECOND_FACTOR": "false", "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]


def main() -> int:
    """Run until stopped (status 0) or until a part fails (status 1)."""
    servers = None if given_servers() else Servers()
    children: dict[str, subprocess.Popen[bytes]] = {}
    with only_one(), signals_end_it():
        try:
            if servers:
                servers.start()
            environment = os.environ | (DEMONSTRATION | dict(os.environ) | servers.environment() if servers else {})
            port = wanted_port()
            prepare(environment)
            start_parts(children, environment, port)
            announce(children, environment, port)
            return say_what_failed(children)
        except SystemExit:
            return 0  # asked to stop
        finally:
            stop_parts(children)
            if servers:
                servers.stop()
            print("Vigil has stopped.", flush=True)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Refuse a second run from the same checkout: stopping either would take the other's database away."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerError("Vigil already runs from this folder. Stop it first, or run a second copy of the folder.") from error
        yield


def wanted_port() -> int:
    """The port asked for in PORT, when it can be had."""
    port = env.number("PORT", 8000)
    if not port_is_free(port):
        raise ServerError(f"Port {port} is in use. Choose another: PORT={port + 123} make run")
    return port


def prepare(environment: Mapping[str, str]) -> None:
    """Bring the tables up to date as their owner; fill an empty demonstration."""
    owner = environment.get("DATABASE_OWNER_URL") or env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL")
    as_owner = {name: value for name, value in environment.items() if name != "DATABASE_URL_FILE"} | {"DATABASE_URL": owner}
    manage("migrate", "--verbosity=0", environment=as_owner)
    if environment.get("DEMO") == "true":
        manage("seed_demo", "--if-empty", f"--nominals={env.number('DEMO_NOMINALS', 3000)}", environment=environment)


def manage(*command: str, environment: Mapping[str, str]) -> None:
    """Run an operator command to its end."""
    if run_to_end([*MANAGE, *command], dict(environment)):
        raise ServerError(f"`manage.py {command[0]}` failed; its message is above.")


def start_parts(children: dict[str, subprocess.Popen[bytes]], environment: Mapping[str, str], port: int) -> None:
    """Start the four parts, each in a session of its own, so that Ctrl-C reaches only this process, which stops them in order."""
    # Celery warns root on every start; where everything runs as root (a throw-away machine), that is noise.
    celery = ["-W", "ignore:You're running the worker", "-m", "celery", "--app", "config", "--quiet"]
    worker = [*celery, "worker", "--concurrency=1", "--without-gossip", "--without-mingle"]
    places = [f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"]
    gunicorn = ["-m", "gunicorn", "config.wsgi", "--config=python:config.gunicorn", *places, "--log-level=warning", "--no-control-socket"]
    commands = {
        "The web server": gunicorn,
        "The worker": [*worker, f"--queues={PROMPT}"],
        "The worker for long jobs": [*worker, f"--queues={LONG}"],
        "The scheduler": [*celery, "beat", f"--schedule={STATE / 'beat'}", "--pidfile="],
    }
    for name, command in commands.items():
        children[name] = subprocess.Popen(
            [sys.executable, *command], env=environment, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
        )


def announce(children: Mapping[str, subprocess.Popen[bytes]], environment: Mapping[str, str], port: int) -> None:
    """Wait until a page answers, then say where and for whom."""
    wait_for(lambda: page_answers(port) or any(child.poll() is not None for child in children.values()), START_SECONDS)
    if not page_answers(port):
        return
    print(f"\nVigil is at http://127.0.0.1:{port}/", flush=True)
    if environment.get("DEMO") == "true":
        manage("show_demo_logins", environment=environment)
    print("Ctrl-C stops everything; the data stays.\n", flush=True)


def page_answers(port: int) -> bool:
    """Whether the web server answers at all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    return False


def say_what_failed(children: Mapping[str, subprocess.Popen[bytes]]) -> int:
    """Wait until one part ends, which none should, and name it."""
    ended = next((child.pid for child in children.values() if child.poll() is not None), None) or os.wait()[0]
    name = next((name for name, child in children.items() if child.pid == ended), "An embedded server")
    print(f"{name} ended by itself; stopping the rest. Its messages are above, those of the embedded servers in {STATE}.", file=sys.stderr)
    return 1


def stop_parts(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Let each part finish what it has in hand, then end whatever it left behind."""
    families = {child.pid: family(child.pid) for child in children.values()}
    end_all([member for members in families.values() for member in members[:1]])
    end_all([member for members in families.values() for member in members[1:]])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerError as error:
        sys.exit(str(error))
