"""The same run for the drills."""
from tests.config.conftest import run

__all__ = ["run"]
