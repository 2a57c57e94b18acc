"""How much memory the parts of the service hold: the sum of what each process of a part has resident."""
from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from typing import Self

import psutil

from config.processes import family

MIB = 1024**2
EVERY = 5  # seconds


def held(pid: int) -> float:
    """MiB of a process and all that it started. Pages that they share count once for each."""
    total = 0
    for process in family(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += process.memory_info().rss
    return total / MIB


class Watch:
    """Looks at all parts now and then, and at the moments that matter."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        self.parts = dict(parts)
        self.marks: dict[str, dict[str, float]] = {}
        self.highest = dict.fromkeys(parts, 0.0)
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.look_on, daemon=True)

    def look(self) -> dict[str, float]:
        """Return what each part holds now."""
        found = {name: round(held(pid), 1) for name, pid in self.parts.items()}
        self.highest = {name: max(self.highest[name], size) for name, size in found.items()}
        return found

    def mark(self, moment: str) -> None:
        """Keep what each part holds at a moment."""
        self.marks[moment] = self.look()

    def look_on(self) -> None:
        """Look until it is over, for what is highest in between."""
        while not self.is_over.wait(EVERY):
            self.look()

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()
