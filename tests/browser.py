"""The Chromium that browser tests drive: the machine's own, else one unpacked from npm into build/chromium."""
import fcntl
import io
import shutil
import tarfile
from pathlib import Path
from typing import Any

import brotli

from ui.management.commands.build_frontend import NPM_ARGUMENTS, run_npm

BASE_DIR = Path(__file__).resolve().parent.parent
SOURCE = BASE_DIR / "frontend-test"
TARGET = BASE_DIR / "build" / "chromium"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: it needs rights that root in a container lacks; the only pages opened are our own, on loopback.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # since Python 3.11.4
LAUNCHER = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$here/fonts.conf" exec "$here/chromium" "$@"
"""
# The machine's fonts where it has any, and the packed ones beside them.
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{TARGET}/fonts</dir>
  <cachedir>{TARGET}/font-cache</cachedir>
</fontconfig>
"""


def chromium_path() -> str:
    """Return the program to start, fetching it first when the machine has none."""
    if system := next(filter(None, map(shutil.which, SYSTEM_NAMES)), None):
        return system
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "lock").open("w") as lock:  # test processes start together
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current():
            fetch()
    return str(TARGET / "launch")


def is_current() -> bool:
    """Whether what is unpacked is what the lock file pins."""
    launcher = TARGET / "launch"
    return launcher.exists() and launcher.stat().st_mtime >= (SOURCE / "package-lock.json").stat().st_mtime


def fetch() -> None:
    """Install the package and unpack the program, its libraries and its fonts; the launcher comes last and says it is whole."""
    run_npm(NPM_ARGUMENTS, SOURCE)
    packed = SOURCE / "node_modules" / "@sparticuz" / "chromium" / "bin"
    unpack_tar(packed / "al2023.tar.br", TARGET)
    unpack_tar(packed / "fonts.tar.br", TARGET)
    unpack_tar(packed / "swiftshader.tar.br", TARGET)
    (TARGET / "fonts.conf").write_text(FONTS, encoding="utf-8")
    write_program(TARGET / "chromium", brotli.decompress((packed / "chromium.br").read_bytes()))
    write_program(TARGET / "launch", LAUNCHER.encode())
    shutil.rmtree(SOURCE / "node_modules")  # 70 MB that nothing needs any more


def unpack_tar(packed: Path, target: Path) -> None:
    """Unpack a brotli-packed archive."""
    with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed.read_bytes()))) as archive:
        archive.extractall(target, **SAFELY)  # noqa: S202 - pinned by its hash in the lock file


def write_program(path: Path, content: bytes) -> None:
    """Write a file that can be run."""
    path.write_bytes(content)
    path.chmod(0o755)


if __name__ == "__main__":
    print(chromium_path())
