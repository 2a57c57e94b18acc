"""What is wrong with a file, as lines, columns and reasons."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class RowError:
    """One thing that is wrong; the column is empty when the whole line is."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.reason}" if self.column else f"Line {self.line}: {self.reason}"


class UnreadableFile(Exception):
    """Reading can't go on after this."""

    def __init__(self, line: int, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.error = RowError(line, column, reason)


@dataclass
class ErrorList:
    """Keeps the first errors and counts the others, so that a hopeless file does not fill the memory."""

    kept: list[RowError] = field(default_factory=list)
    count: int = 0

    def add(self, *errors: RowError) -> None:
        """Take note of errors."""
        self.count += len(errors)
        self.kept += errors[: max(0, SHOWN_AT_MOST - len(self.kept))]

    def as_json(self) -> list[dict[str, Any]]:
        """Return them for storing, in the order of lines; when there are more, the last entry says how many."""
        listed = [asdict(error) for error in sorted(self.kept, key=lambda error: error.line)]
        left_out = self.count - len(self.kept)
        return [*listed, {"line": 0, "column": "", "reason": f"and {left_out:,} more"}] if left_out else listed
