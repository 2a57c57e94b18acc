"""What tests and drills use of Debian: programs that they run on loopback, and a library; found, else installed where that can be done."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from ctypes.util import find_library
from pathlib import Path
from typing import Any

# What is run, and the package that brings it.
PACKAGES = {"dovecot": "dovecot-imapd", "pgbouncer": "pgbouncer", "nginx": "nginx-light", "harfbuzz-subset": "libharfbuzz-subset0"}
QUICKER_WITH = {"harfbuzz-subset"}  # a library, with which fonts are cut down at once; papers are made without it too, in Python


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
    """Return the program or library where there is one."""
    if name in QUICKER_WITH:
        return find_library(name)
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def unprivileged() -> tuple[pwd.struct_passwd, dict[str, Any]]:
    """Return who runs such a program, and how it is started so: root lets `nobody` run it."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()), {}
    owner = pwd.getpwnam("nobody")
    return owner, {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def main(names: Iterable[str]) -> None:
    """Make sure of each; only what nothing works without must be there."""
    for name in names:
        with suppress(*([RuntimeError] if name in QUICKER_WITH else [])):
            print(program_path(name))


if __name__ == "__main__":
    main(sys.argv[1:] or PACKAGES)
