"""What the demonstration force was asked and disclosed."""

from disclosure.demo.subject_access import add_subject_access

__all__ = ["add_subject_access"]
