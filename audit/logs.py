"""What log lines carry: the request's id, to find the line in the trail by, and nothing about anybody."""
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from audit import context

FORM = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
FIELDS = {"asctime", "levelname", "name", "request_id", "message", "status_code", "exc_info", "stack_info"}


class RequestId(logging.Filter):
    """Put the request's id on each line, so that a line can be found in the trail."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass. Django logs some answers after the request's circumstances have ended."""
        of_request = getattr(getattr(record, "request", None), "trail_id", None)
        record.request_id = str(of_request or context.current().request_id)
        return True


class WithoutValues(JsonFormatter):
    """JSON lines of known fields only; an error is told by its kind and place, since its message may quote a row.

    A request is told by its route, since its address names a record.
    """

    def __init__(self) -> None:
        super().__init__(FORM)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. A task that failed puts its error among the arguments, a refused request is told in its error's words."""
        error = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        if isinstance(record.args, dict) and "exc" in record.args:
            record.args = {**record.args, "exc": kind_of(error)}
        elif isinstance(record.args, tuple):
            record.args = tuple(without_value(value, request, error) for value in record.args)
        if error and record.msg == str(error):
            record.msg = kind_of(error)
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


def without_value(value: object, request: Any, error: BaseException | None) -> object:
    """Return an argument of a line: the kind of an error for the error or its words, the route for the address of the request."""
    if isinstance(value, BaseException):
        return kind_of(value)
    if error and value == str(error):
        return kind_of(error)
    return route_of(request) if value == getattr(request, "path", None) else value


def route_of(request: Any) -> str:
    """Name what a request asked for, as the URL table does."""
    return request.resolver_match.view_name if getattr(request, "resolver_match", None) else "an address that leads nowhere"


def kind_of(error: BaseException | None) -> str:
    """Name the kind of an error and of those that led to it."""
    kinds = []
    while error:
        kinds.append(type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return " from ".join(kinds)
