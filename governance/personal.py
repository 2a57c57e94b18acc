"""What each table of governance is to the person that a record is about."""

from audit.personal import Apart, Declared, NotTheirs

LOOK = Apart("prevention", "Who looked at a record and why tells of operations, and of the people who looked.")
RULE = NotTheirs("dated rules, and how far the trail was looked through")

PERSONAL_DATA: Declared = {
    "UnusualLook": LOOK,
    "LookJudgement": LOOK,
    "LookQuestion": LOOK,
    "QuestionStep": LOOK,
    "SightPaper": LOOK,
    "LookRule": RULE,
    "LookSweep": RULE,
}
