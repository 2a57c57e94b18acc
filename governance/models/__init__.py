"""Tables of governance, by subject."""

from governance.models.figures import ClosedYear, Fact
from governance.models.further import FurtherCharge
from governance.models.looks import LookJudgement, LookQuestion, LookRule, LookSweep, QuestionStep, SightPaper, UnusualLook

__all__ = [
    "ClosedYear",
    "Fact",
    "FurtherCharge",
    "LookJudgement",
    "LookQuestion",
    "LookRule",
    "LookSweep",
    "QuestionStep",
    "SightPaper",
    "UnusualLook",
]
