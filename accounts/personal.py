"""What each table of people who sign in is to a person on record."""

from audit.personal import ON_RECORD, Declared, NotTheirs

STAFF = NotTheirs("about people who sign in", "staff")
BODY = NotTheirs("bodies that people who sign in work for")

PERSONAL_DATA: Declared = {
    "Organisation": BODY,
    "Unit": BODY,
    "User": STAFF,
    "SignIn": STAFF,
    "Authenticator": STAFF,
    "Delegation": STAFF,
    "ApiClient": NotTheirs("about programs of agencies", "whoever answers for the program"),
    "KeptAnswer": NotTheirs("answers to programs, kept for hours so that nothing is done twice", ON_RECORD),
}
