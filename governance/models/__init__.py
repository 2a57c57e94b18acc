"""Tables of governance, by subject."""

from governance.models.disposal import Disposal, DisposedFile
from governance.models.figures import ClosedYear, Fact
from governance.models.further import FurtherCharge
from governance.models.health import JobRun
from governance.models.looks import LookJudgement, LookQuestion, LookRule, LookSweep, QuestionStep, SightPaper, UnusualLook
from governance.models.retention import HigherGroup, LegalHold, Retention, RetentionReview, RetentionRule, ReviewAnswer

__all__ = [
    "ClosedYear",
    "Disposal",
    "DisposedFile",
    "Fact",
    "FurtherCharge",
    "HigherGroup",
    "JobRun",
    "LegalHold",
    "LookJudgement",
    "LookQuestion",
    "LookRule",
    "LookSweep",
    "QuestionStep",
    "Retention",
    "RetentionReview",
    "RetentionRule",
    "ReviewAnswer",
    "SightPaper",
    "UnusualLook",
]
