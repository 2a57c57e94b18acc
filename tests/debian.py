"""Programs of Debian that tests and drills run on loopback: found on the machine, else installed where that can be done."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

# What is run, and the package that brings it.
PACKAGES = {"dovecot": "dovecot-imapd", "pgbouncer": "pgbouncer", "nginx": "nginx-light"}


def program_path(name: str) -> str:
    """Return the program, installing its package first where that can be done; RuntimeError says what to do where it cannot."""
    if found := installed(name):
        return found
    with (Path(tempfile.gettempdir()) / f"vigil-{name}.lock").open("w") as lock:  # test processes start together
        fcntl.flock(lock, fcntl.LOCK_EX)
        return installed(name) or install(name)


def install(name: str) -> str:
    """Install the package and return the program; RuntimeError says what to do where that fails."""
    package = PACKAGES[name]
    advice = f"The tests need {name}: install Debian's package {package} (apt-get install {package})."
    if os.geteuid() or not shutil.which("apt-get"):
        raise RuntimeError(advice)
    # At run level 1 the package starts nothing by itself.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        done = subprocess.run(["apt-get", "--quiet", *command], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{advice} It was tried here and failed: {done.stderr.strip()[-500:]}")
    if found := installed(name):
        return found
    raise RuntimeError(advice)


def installed(name: str) -> str | None:
    """Return the program where there is one."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def unprivileged() -> tuple[pwd.struct_passwd, dict[str, Any]]:
    """Return who runs such a program, and how it is started so: root lets `nobody` run it."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()), {}
    owner = pwd.getpwnam("nobody")
    return owner, {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    print("\n".join(program_path(name) for name in sys.argv[1:] or PACKAGES))
