"""The proxy of the drills: Debian's nginx on loopback before several web servers, as docs/operations.md describes it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.processes import free_port, port_is_free, wait_for
from tests.debian import program_path, unprivileged

SECONDS = 60
CONFIGURATION = """
pid {folder}/pid;
error_log {folder}/log;
daemon off;
events {{}}
http {{
  access_log off;
  client_max_body_size 100m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream vigil {{
    {servers}
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://vigil;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_next_upstream error timeout;
      add_header X-Answered-By $upstream_addr always;
    }}
  }}
}}
"""


@contextmanager
def running_proxy(hosts: Sequence[str]) -> Iterator[str]:
    """Run a proxy before these web servers until the block ends; hand out its address."""
    port = free_port()
    _, rights = unprivileged()
    with tempfile.TemporaryDirectory(prefix="vigil-proxy-") as name:
        folder = Path(name)
        servers = "\n    ".join(f"server {host.removeprefix('http://')} max_fails=1 fail_timeout=5s;" for host in hosts)
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, servers=servers, port=port), encoding="utf-8")
        folder.chmod(0o777)
        command = [program_path("nginx"), "-p", name, "-e", str(folder / "log"), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **rights)
        try:
            wait_for(lambda: not port_is_free(port) or process.poll() is not None, SECONDS)
            if process.poll() is not None:
                raise RuntimeError(f"nginx did not start: {(folder / 'log').read_text(encoding='utf-8')[-1500:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(SECONDS)
