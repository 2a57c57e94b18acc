"""Tables of governance, by subject."""

from governance.models.looks import LookJudgement, LookQuestion, LookRule, LookSweep, QuestionStep, SightPaper, UnusualLook

__all__ = ["LookJudgement", "LookQuestion", "LookRule", "LookSweep", "QuestionStep", "SightPaper", "UnusualLook"]
