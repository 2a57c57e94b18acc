"""The pooler of the drills: Debian's PgBouncer on loopback in transaction mode, with few connections to the server."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from config.processes import free_port, port_is_free, wait_for
from tests.debian import program_path, unprivileged

SECONDS = 60
CONFIGURATION = """
[databases]
vigil = host={host} port={server} dbname=vigil
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 500
auth_type = scram-sha-256
auth_file = {folder}/users
logfile = {folder}/log
log_connections = 0
log_disconnections = 0
"""


@contextmanager
def running_pooler(environment: Mapping[str, str], *, size: int) -> Iterator[dict[str, str]]:
    """Run a pooler before the database of these settings until the block ends; hand out the settings that lead through it."""
    roles = {name: urlsplit(environment[name]) for name in ("DATABASE_URL", "DATABASE_AUDIT_URL")}
    server, port = roles["DATABASE_URL"], free_port()
    _, rights = unprivileged()
    with tempfile.TemporaryDirectory(prefix="vigil-pooler-") as name:
        folder = Path(name)
        places = {"host": server.hostname, "server": server.port, "port": port, "size": size, "folder": folder}
        (folder / "pgbouncer.ini").write_text(CONFIGURATION.format(**places), encoding="utf-8")
        (folder / "users").write_text("".join(f'"{each.username}" "{each.password}"\n' for each in roles.values()), encoding="utf-8")
        for path in (folder, *folder.iterdir()) if rights else ():
            path.chmod(0o777 if path.is_dir() else 0o644)
        command = [program_path("pgbouncer"), str(folder / "pgbouncer.ini")]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **rights)
        try:
            wait_for(lambda: not port_is_free(port) or process.poll() is not None, SECONDS)
            if process.poll() is not None:
                log = folder / "log"
                raise RuntimeError(f"PgBouncer did not start: {log.read_text(encoding='utf-8')[-1500:] if log.exists() else 'no log'}")
            through = {
                each: parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}").geturl() for each, parts in roles.items()
            }
            yield through | {"DATABASE_POOLED": "true"}
        finally:
            process.terminate()
            process.wait(SECONDS)
