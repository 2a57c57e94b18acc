"""What becomes of each table of governance when a record is disposed of."""

from audit.disposing import Declared, Goes, Stays

CERTIFICATE = Stays("it proves that the record is gone, and holds nothing of it")

DISPOSAL: Declared = {
    "RetentionRule": Stays("dated rules"),
    "Retention": Goes(),
    "HigherGroup": Goes(),
    "RetentionReview": Goes(),
    "ReviewAnswer": Goes(),
    "LegalHold": Goes(),
    "Disposal": CERTIFICATE,
    "DisposedFile": CERTIFICATE,
}
