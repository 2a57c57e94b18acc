"""What each table of people who sign in is to a person on record."""

from audit.personal import Declared, NotTheirs

STAFF = NotTheirs("about people who sign in, and the bodies they work for")
MACHINE = NotTheirs("about programs of agencies")

PERSONAL_DATA: Declared = {
    "Organisation": STAFF,
    "Unit": STAFF,
    "User": STAFF,
    "SignIn": STAFF,
    "Authenticator": STAFF,
    "Delegation": STAFF,
    "ApiClient": MACHINE,
    "KeptAnswer": NotTheirs("answers to programs, kept for hours so that nothing is done twice"),
}
