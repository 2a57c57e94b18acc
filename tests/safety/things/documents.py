"""What the safety tests need to try addresses about documents."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.offenders.making_documents import make_document, make_pages, make_picture


def one(nominal: Nominal) -> dict:
    """A document."""
    return {"reference": nominal.reference, "public_id": make_document(nominal=nominal).public_id}


def one_file(nominal: Nominal) -> dict:
    """A file of a document, which is a picture."""
    document = make_document(nominal=nominal, content=make_picture(), file_type="jpg")
    return {"reference": nominal.reference, "public_id": document.files.get().public_id}


def one_page(nominal: Nominal) -> dict:
    """A file of a document, which is a PDF with a page."""
    return {"reference": nominal.reference, "public_id": make_document(nominal=nominal, content=make_pages(1)).files.get().public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:document": one,
    "offenders:document-change": one,
    "offenders:document-version-add": one,
    "offenders:document-withdraw": one,
    "offenders:document-download": one_file,
    "offenders:document-picture": one_file,
    "offenders:document-page": one_page,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    make_document(nominal=nominal)
