"""What the demonstration force was asked and disclosed."""

from disclosure.demo.applications import add_applications
from disclosure.demo.freedom import add_freedom
from disclosure.demo.outcomes import add_outcomes
from disclosure.demo.prosecutions import add_prosecutions
from disclosure.demo.subject_access import add_subject_access

__all__ = ["add_applications", "add_freedom", "add_outcomes", "add_prosecutions", "add_subject_access"]
