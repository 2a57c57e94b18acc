"""Tables of governance, one module a subject."""

from governance.models.health import JobRun

__all__ = ["JobRun"]
