"""What each table of governance is to the person that a record is about."""

from audit.personal import ON_RECORD, Apart, Declared, Held, NotTheirs

LOOK = Apart("prevention", "Who looked at a record and why tells of operations, and of the people who looked.")
RULE = NotTheirs("dated rules, and how far the trail was looked through")
KEEPING = Apart("prevention", "Why the police keep a record tells of risk, of intelligence and of proceedings to come.")
CERTIFICATE = NotTheirs("that a record is gone: it holds nothing of the person but a reference", ON_RECORD)

PERSONAL_DATA: Declared = {
    "Fact": NotTheirs("codes and dates of rows that are collected from their own tables; they serve figures, which name nobody", ON_RECORD),
    "ClosedYear": NotTheirs("numbers of the force with the keys that they count", ON_RECORD),
    "FurtherCharge": Held("Serious further offences charged", without=("public_id", "recorded_by", "recorded_at")),
    "UnusualLook": LOOK,
    "LookJudgement": LOOK,
    "LookQuestion": LOOK,
    "QuestionStep": LOOK,
    "SightPaper": LOOK,
    "LookRule": RULE,
    "LookSweep": RULE,
    "RetentionRule": NotTheirs("dated rules"),
    "Retention": KEEPING,
    "HigherGroup": KEEPING,
    "RetentionReview": KEEPING,
    "ReviewAnswer": KEEPING,
    "LegalHold": KEEPING,
    "Disposal": CERTIFICATE,
    "DisposedFile": CERTIFICATE,
    "JobRun": NotTheirs("when jobs of the system ran last"),
}
