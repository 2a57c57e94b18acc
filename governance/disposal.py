"""What becomes of each table of governance when a record is disposed of."""

from audit.disposing import Declared, Goes, Stays

CERTIFICATE = Stays("it proves that the record is gone, and holds nothing of it")

OF_STAFF = Stays("what staff looked at and said of it; of the record the key alone, and an auditor's words name no record")

DISPOSAL: Declared = {
    "LookRule": Stays("dated rules"),
    "LookSweep": Stays("how far the trail was looked through"),
    "UnusualLook": OF_STAFF,
    "LookJudgement": OF_STAFF,
    "LookQuestion": OF_STAFF,
    "QuestionStep": OF_STAFF,
    "SightPaper": OF_STAFF,
    "Fact": Stays("codes and dates by the number of a record, so that figures come out the same again"),
    "ClosedYear": Stays("numbers of the force, with the keys that they count"),
    "FurtherCharge": Goes(),
    "JobRun": Stays("when jobs of the system ran last"),
    "RetentionRule": Stays("dated rules"),
    "Retention": Goes(),
    "HigherGroup": Goes(),
    "RetentionReview": Goes(),
    "ReviewAnswer": Goes(),
    "LegalHold": Goes(),
    "Disposal": CERTIFICATE,
    "DisposedFile": CERTIFICATE,
}
