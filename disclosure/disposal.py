"""What becomes of each table of disclosure when a record is disposed of."""

from audit.disposing import Declared, Goes, Stays

PUBLIC = Stays("requests about the force; they name nobody on record")
RULE = Stays("dated grounds and texts")

DISPOSAL: Declared = {
    "Application": Goes(without={"twin_of": {}}),
    "ApplicationMarker": Goes(),
    "Party": Goes(),
    "SafeContact": Goes(),
    "Check": Goes(),
    "Interview": Goes(),
    "Safeguarding": Goes(),
    "Forum": Goes(),
    "Representations": Goes(),
    "SchemeDecision": Goes(),
    "SchemeDisclosure": Goes(),
    "NeutralAnswer": Goes(),
    "SubjectRequest": Goes(),
    "Collected": Goes(),
    "BundleItem": Goes(),
    "Bundle": Goes(),
    "Delivery": Goes(),
    "UndoneSeal": Goes(),
    "Correction": Goes(),
    "Prosecution": Goes(),
    "UnusedItem": Goes(),
    "Assessment": Goes(),
    "MaterialLink": Goes(),
    "LineOfEnquiry": Goes(),
    "UnusedReview": Goes(),
    "Schedule": Goes(),
    "ScheduleCopy": Goes(),
    "ImmunityApplication": Goes(),
    "FreedomRequest": PUBLIC,
    "Clarification": PUBLIC,
    "NationalAdvice": PUBLIC,
    "FreedomReply": PUBLIC,
    "FreedomReview": PUBLIC,
    "SmallNumber": RULE,
    "Ground": RULE,
    "StandardText": RULE,
}
