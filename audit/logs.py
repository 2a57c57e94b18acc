"""What log lines carry."""
import logging

from audit import context


class RequestId(logging.Filter):
    """Put the request's id on each line, so that a line can be found in the trail."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every line pass."""
        record.request_id = str(context.current().request_id)
        return True
