"""What each table of disclosure is to the person that a record is about."""

from audit.personal import Apart, Declared, NotTheirs

APPLICATION = Apart("others", "Somebody asked about the person, or is at risk from them: neither may be known.")
OWN_REQUEST = Apart("others", "Requests of people for their own data: whoever asks has theirs, and must not learn of another's.")
PROSECUTION = Apart("prevention", "What the defence is given of a prosecution goes by the rules of the court, not by this.")
PUBLIC = NotTheirs("requests about the force; they name nobody on record", "whoever asked")
RULE = NotTheirs("dated grounds and texts")

PERSONAL_DATA: Declared = {
    "Application": APPLICATION,
    "ApplicationMarker": APPLICATION,
    "Party": APPLICATION,
    "SafeContact": APPLICATION,
    "Check": APPLICATION,
    "Interview": APPLICATION,
    "Safeguarding": APPLICATION,
    "Forum": APPLICATION,
    "Representations": APPLICATION,
    "SchemeDecision": APPLICATION,
    "SchemeDisclosure": APPLICATION,
    "NeutralAnswer": APPLICATION,
    "SubjectRequest": OWN_REQUEST,
    "Collected": OWN_REQUEST,
    "BundleItem": OWN_REQUEST,
    "Correction": OWN_REQUEST,
    "Bundle": OWN_REQUEST,
    "UndoneSeal": OWN_REQUEST,
    "Delivery": OWN_REQUEST,
    "Prosecution": PROSECUTION,
    "UnusedItem": PROSECUTION,
    "Assessment": PROSECUTION,
    "MaterialLink": PROSECUTION,
    "LineOfEnquiry": PROSECUTION,
    "UnusedReview": PROSECUTION,
    "Schedule": PROSECUTION,
    "ScheduleCopy": PROSECUTION,
    "ImmunityApplication": PROSECUTION,
    "FreedomRequest": PUBLIC,
    "Clarification": PUBLIC,
    "NationalAdvice": PUBLIC,
    "FreedomReply": PUBLIC,
    "FreedomReview": PUBLIC,
    "SmallNumber": RULE,
    "Ground": RULE,
    "StandardText": RULE,
}
