"""How gunicorn works and writes: `--config python:config.gunicorn`. Its lines have the form of all others, and no addresses in them."""
from typing import Any

from gunicorn.glogging import Logger

from audit.logs import RequestId, WithoutValues, kind_of
from config.memory import share_one_heap, spare_what_is_loaded


class Lines(Logger):
    """Gunicorn's own lines: when it starts and stops, requests that it cannot read, and what an answer broke off with."""

    def setup(self, cfg: Any) -> None:
        """Give them the form of the service's lines."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutValues())
            handler.addFilter(RequestId())

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write what broke; the arguments are the address that was asked for."""
        words = kind_of(msg) if isinstance(msg, BaseException) else str(msg).partition(" %")[0]
        super().exception(words, **kwargs)

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write a warning; one about a request that cannot be read quotes it after the caller's address."""
        super().warning(str(msg).partition(" from ip=")[0], *args, **kwargs)


logger_class = Lines
access_log_format = "%(m)s %(s)s %(L)s"  # for whoever turns that log on: method, status, seconds


def post_worker_init(worker: Any) -> None:
    """What a worker has loaded stays; its threads share their memory."""
    spare_what_is_loaded()
    share_one_heap()
