"""Tables of governance, by subject."""

from governance.models.disposal import Disposal, DisposedFile
from governance.models.retention import HigherGroup, LegalHold, Retention, RetentionReview, RetentionRule, ReviewAnswer

__all__ = [
    "Disposal",
    "DisposedFile",
    "HigherGroup",
    "LegalHold",
    "Retention",
    "RetentionReview",
    "RetentionRule",
    "ReviewAnswer",
]
