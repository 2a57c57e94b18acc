"""Reports of invented people in every layout, for tests."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from typing import Any

from PIL import ImageFile

from intelligence.parsing import Content, Limits
from intelligence.parsing.files import parts_of, read_parts

FACTS = {
    "Surname": "SAMPLE",
    "Given names": "Arthur John",
    "Date of birth": "14/03/1971",
    "Sex": "M",
    "Nationality": "British",
    "Document type": "Passport",
    "Document number": "999 000 111",
    "Direction": "Outbound",
    "Travel date": "12/05/2026",
    "Travel time": "14:35",
    "Port": "Northmere Airport",
    "Carrier": "Invented Air",
    "Flight": "IV123",
    "Origin": "Northmere",
    "Destination": "Alicante",
}
TEXT = "\n".join(f"{label}: {value}" for label, value in FACTS.items())
SENDER, GATEWAY = "alerts@border.example", "mx.northmere.example"
DATE = "Tue, 12 May 2026 06:00:00 +0100"
PASSED = f"{GATEWAY}; spf=pass smtp.mailfrom={SENDER}; dkim=pass header.d=border.example; dmarc=pass header.from=border.example"


def facts(**changes: str) -> dict[str, str]:
    """The facts of a report; names of labels with underscores, an empty one is left out."""
    changed = {**FACTS, **{name.replace("_", " "): value for name, value in changes.items()}}
    return {label: value for label, value in changed.items() if value}


def text(**changes: str) -> str:
    """A report in words."""
    return "\n".join(f"{label}: {value}" for label, value in facts(**changes).items())


def table(count: int = 2, separator: str = ",", **changes: str) -> str:
    """A table of so many different people."""
    people = [{"Surname": f"SAMPLE{'ABCDEFGHIJ'[number % 10]}", "Document_number": f"9{number:08}"} for number in range(count)]
    rows = [facts(**{**person, **changes}) for person in people]
    return "\n".join([separator.join(rows[0]), *(separator.join(row.values()) for row in rows)]) + "\n"


def mail(body: str = TEXT, *, sender: str = SENDER, results: str = PASSED, html: str = "", **headers: str) -> EmailMessage:
    """A mail as the gateway hands it on."""
    message = EmailMessage()
    usual = {
        "Return-Path": f"<{sender}>",
        "Received": f"from border.example by {GATEWAY}; {DATE}",
        "Authentication-Results": results,
        "From": f"Border alerts <{sender}>",
        "To": "travel@northmere.example",
        "Subject": "Travel report",
        "Date": DATE,
        "Message-ID": "<1@border.example>",
    }
    for name, value in usual.items():
        if given := headers.pop(name.replace("-", "_"), value):
            message[name] = given
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def attach(message: EmailMessage, name: str, data: bytes, kind: str = "application/octet-stream") -> EmailMessage:
    """Add a file."""
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def archive(**files: bytes) -> bytes:
    """A zip archive; names with a double underscore for the dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def pdf(lines: str = TEXT) -> bytes:
    """A report printed to a file."""
    import weasyprint  # noqa: PLC0415  (slow to import, and needed here only)

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # that import switches it on: later tests of this process must see damaged pictures refused
    return bytes(weasyprint.HTML(string=f"<pre>{lines}</pre>").write_pdf())


def as_json(count: int = 2) -> str:
    """A list of objects."""
    return json.dumps([facts(Surname=f"SAMPLE{'ABCDEFGHIJ'[number]}") for number in range(count)])


def content(data: bytes | str, name: str = "") -> Content:
    """Content of these bytes."""
    data = data.encode() if isinstance(data, str) else data
    return Content(io.BytesIO(data), len(data), name)


def read(data: bytes | str, **limits: Any) -> list[tuple[str, Any]]:
    """Every report of a file with its layout."""
    allowed = Limits(**limits)
    return list(read_parts(parts_of(content(data), allowed), allowed))
