"""What the demonstration force was asked and disclosed."""

from disclosure.demo.applications import add_applications
from disclosure.demo.freedom import add_freedom
from disclosure.demo.outcomes import add_checks, add_outcomes, add_people

__all__ = ["add_applications", "add_checks", "add_freedom", "add_outcomes", "add_people"]
