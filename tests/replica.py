"""The replica of the drills: a second server of the embedded PostgreSQL that follows the first by streaming."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from urllib.parse import urlsplit

from config.embedded import Servers, postgres_answers, postgres_home
from config.processes import Process

ROLE, PASSWORD = "vigil_replica", "an-invented-password"
# What docs/operations.md has an operator do at the primary.
PREPARE = f"CREATE ROLE {ROLE} LOGIN REPLICATION PASSWORD '{PASSWORD}';\n\n"
MAY_FOLLOW = f"host replication {ROLE} 127.0.0.1/32 scram-sha-256\n"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_min_error_statement": "panic",
    "hot_standby_feedback": "on",
}


class Replica:
    """A server that follows the embedded one of a folder."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.home = postgres_home(servers.folder)
        self.data = self.home.data.parent / "replica"
        self.server = Process(servers.folder, "replica")

    def make(self) -> None:
        """Copy the database as it runs, and begin to follow it."""
        self.servers.postgres.stop(signal.SIGINT)
        self.home.tell(PREPARE)
        with (self.home.data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(MAY_FOLLOW)
        self.servers.start()
        self.data.mkdir(mode=0o700)
        if self.home.identity:
            os.chown(self.data, self.home.identity["user"], self.home.identity["group"])
        where = ["--host=127.0.0.1", f"--port={self.servers.postgres.port}", f"--username={ROLE}", f"--pgdata={self.data}"]
        command = [self.home.program("pg_basebackup"), *where, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        subprocess.run(command, env=os.environ | {"PGPASSWORD": PASSWORD}, check=True, capture_output=True, **self.home.identity)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        owner = str(urlsplit(self.servers.environment()["DATABASE_OWNER_URL"]).password)
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        self.server.start(
            lambda port: [self.home.program("postgres"), "-D", str(self.data), "-p", str(port), *options],
            lambda port: postgres_answers(port, owner),
            **self.home.identity,
        )

    def address(self, name: str = "DATABASE_URL") -> str:
        """The address under which a role reaches it."""
        parts = urlsplit(self.servers.environment()[name])
        return parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{self.server.port}").geturl()

    def kill(self) -> None:
        """End it at once, as a fallen host."""
        self.server.stop(signal.SIGKILL)

    def promote(self) -> None:
        """Make it a database of its own."""
        self.home.run(self.home.program("pg_ctl"), "promote", "-D", str(self.data))

    def remove(self) -> None:
        """End it and delete what it holds."""
        self.server.stop(signal.SIGINT)
        shutil.rmtree(self.data, ignore_errors=True)
