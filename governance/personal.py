"""What each table of governance is to the person that a record is about."""

from audit.personal import Apart, Declared, NotTheirs

KEEPING = Apart("prevention", "Why the police keep a record tells of risk, of intelligence and of proceedings to come.")
CERTIFICATE = NotTheirs("that a record is gone: it holds nothing of the person")

PERSONAL_DATA: Declared = {
    "RetentionRule": NotTheirs("dated rules"),
    "Retention": KEEPING,
    "HigherGroup": KEEPING,
    "RetentionReview": KEEPING,
    "ReviewAnswer": KEEPING,
    "LegalHold": KEEPING,
    "Disposal": CERTIFICATE,
    "DisposedFile": CERTIFICATE,
}
