"""What log lines carry: the request's id, to find the line in the trail by, and nothing about anybody."""
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from audit import context

FIELDS = {"asctime", "levelname", "name", "request_id", "message", "status_code", "exc_info", "stack_info"}


class RequestId(logging.Filter):
    """Put the request's id on each line, so that a line can be found in the trail."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass. Django logs some answers after the request's circumstances have ended."""
        of_request = getattr(getattr(record, "request", None), "trail_id", None)
        record.request_id = str(of_request or context.current().request_id)
        return True


class WithoutValues(JsonFormatter):
    """JSON lines of known fields only; an error is told by its kind and place, since its message may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. A task that failed puts its error among the arguments."""
        if isinstance(record.args, dict) and "exc" in record.args and record.exc_info:
            record.args = {**record.args, "exc": kind_of(record.exc_info[1])}
        return super().format(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802  (the library's name)
        """Return when, in UTC and saying so, whatever the clock of the host shows."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Keep the known fields: extras hold whole requests, with what people typed."""
        super().add_fields(log_data, record, message_dict)
        for name in set(log_data) - FIELDS:
            del log_data[name]

    def formatException(self, ei: Any) -> str:  # noqa: N802  (the library's name)
        """Return where it happened and of which kind it was."""
        return "".join([*traceback.format_tb(ei[2]), kind_of(ei[1])])


def kind_of(error: BaseException | None) -> str:
    """Name the kind of an error and of those that led to it."""
    kinds = []
    while error:
        kinds.append(type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return " from ".join(kinds)
