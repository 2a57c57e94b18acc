"""What a page shows of a file without handing it to the browser: asked of a process of its own, which may fail and harms nothing."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from offenders.choices.documents import FileType
from offenders.models import DocumentFile
from offenders.rules.documents import READ_AS_TEXT

PROGRAM = Path(__file__).with_name("shown.py")
SECONDS = 10  # on the clock; the program itself allows less of the processor
MOST_PAGES = 500


def text_of_office(file: DocumentFile) -> str:
    """Return how a Word or Excel file begins, as plain text; nothing of another file, or of one that cannot be shown."""
    return (ask(file, file.file_type) or b"").decode() if file.is_openable and file.file_type in READ_AS_TEXT else ""


def pages_of_pdf(file: DocumentFile) -> int:
    """Return how many pages of a PDF can be shown; 0 for another file, or for one that cannot be shown."""
    return min(int(ask(file, "pages") or 0), MOST_PAGES) if file.is_openable and file.file_type == FileType.PDF else 0


def picture_of_page(content: IO[bytes], number: int) -> bytes | None:
    """Return one page of a PDF as a JPEG; None where it cannot be shown."""
    return run_program(content, "page", str(number)) if 1 <= number <= MOST_PAGES else None


def ask(file: DocumentFile, *what: str) -> bytes | None:
    """Return what the program answers about a stored file; None for a file that is gone."""
    with suppress(FileNotFoundError), file.file.open("rb") as content:
        return run_program(content, *what)
    return None


def run_program(content: IO[bytes], *what: str) -> bytes | None:
    """Return what the program wrote; None where it gave up, crashed, or took too long. It gets the file and nothing else of ours."""
    command = [sys.executable, "-I", str(PROGRAM), *what]
    try:
        done = subprocess.run(
            command, stdin=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return done.stdout
