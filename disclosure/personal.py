"""What each table of disclosure is to the person that a record is about."""

from audit.personal import Apart, Declared, NotTheirs

APPLICATION = Apart("others", "Somebody asked about the person, or is at risk from them: neither may be known.")
OWN_REQUEST = Apart("others", "Requests of people for their own data: whoever asks has theirs, and must not learn of another's.")
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
    "Bundle": OWN_REQUEST,
    "Delivery": OWN_REQUEST,
    "Ground": RULE,
    "StandardText": RULE,
}
