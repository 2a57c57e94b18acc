"""Messages that mean harm or are simply broken, each with the state in which it must end and a word of what is said of it."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import NamedTuple

from tests.intelligence.writing_reports import FACTS, GATEWAY, PASSED, TEXT, archive, attach, mail, table, text

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Hostile(NamedTuple):
    """A message, what becomes of it, how many of its reports can be used and how many cannot, and a word of the sentence."""

    content: bytes
    state: str
    used: int = 0
    refused: int = 0
    word: str = ""


def nested(depth: int) -> bytes:
    """A mail in a mail in a mail."""
    message = mail()
    for _ in range(depth):
        outer = mail("Forwarded")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def raw(headers: str, body: bytes = b"") -> bytes:
    """A mail written by hand, with what the gateway says of a good sender."""
    return f"Authentication-Results: {PASSED}\nFrom: alerts@border.example\nMIME-Version: 1.0\n{headers}\n\n".encode() + body


def report_of(word: str) -> EmailMessage:
    """A message that a mail server writes about another one."""
    message = mail("Your mail could not be delivered.\n\n" + TEXT)
    message.replace_header("Content-Type", f"multipart/report; report-type={word}; boundary=b")
    return message


def many() -> EmailMessage:
    """A mail with more files than anybody sends."""
    message = mail()
    for number in range(60):
        attach(message, f"{number}.csv", table(1).encode())
    return message


def rows(*changes: dict[str, str]) -> bytes:
    """A table of these people."""
    return "\n".join([";".join(FACTS), *(";".join({**FACTS, **each}.values()) for each in ({}, *changes))]).encode()


FAILED = f"{GATEWAY}; spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=border.example"
MAILS: dict[str, Hostile] = {
    "no boundary": Hostile(raw("Content-Type: multipart/mixed", TEXT.encode()), "read", used=1),
    "wrong boundary": Hostile(raw("Content-Type: multipart/mixed; boundary=x", b"--y\n\n" + TEXT.encode()), "read", used=1),
    "wrong charset": Hostile(raw("Content-Type: text/plain; charset=no-such-thing", TEXT.encode()), "read", used=1),
    "charset that lies": Hostile(raw("Content-Type: text/plain; charset=us-ascii", text(Port="Älvby").encode("cp1252")), "read", used=1),
    "broken base64": Hostile(raw("Content-Type: text/plain\nContent-Transfer-Encoding: base64", b"%%%%"), "rejected", 0, 1, "No report"),
    "8-bit junk": Hostile(raw("Subject: \xff\xfe", bytes(range(128, 256)) * 50), "rejected", 0, 1, "No report"),
    "no header": Hostile(b"\x80\x81 nothing like a mail", "quarantined"),
    "empty": Hostile(b"", "quarantined"),
    "bounce": Hostile(mail("Undelivered\n\n" + TEXT, Return_Path="<>").as_bytes(), "rejected", 0, 1, "a bounce"),
    "delivery report": Hostile(report_of("delivery-status").as_bytes(), "rejected", 0, 1, "a bounce"),
    "out of office": Hostile(mail("I am away.\n\n" + TEXT, Auto_Submitted="auto-replied").as_bytes(), "rejected", 0, 1, "out-of-office"),
    "circular": Hostile(mail("News of the month", List_Id="<news.border.example>").as_bytes(), "rejected", 0, 1, "a circular"),
    "nested 50 levels": Hostile(nested(50), "rejected", 0, 1, "nested deeper"),
    "forged sender": Hostile(mail(results=FAILED).as_bytes(), "quarantined"),
    "stranger": Hostile(mail(sender="x@evil.example", results=PASSED).as_bytes(), "quarantined"),
    "forged results": Hostile(mail(results=f"mx.evil.example; {PASSED.partition('; ')[2]}").as_bytes(), "quarantined"),
    "two senders": Hostile(raw("From: x@evil.example", TEXT.encode()), "quarantined"),
    "zip bomb": Hostile(attach(mail(), "a.zip", archive(a__csv=b"0" * 30_000_000)).as_bytes(), "rejected", 0, 1, "unpacks to far more"),
    "program": Hostile(attach(mail(), "report.csv", b"MZ\x90" + b"0" * 100).as_bytes(), "rejected", 0, 1, "program"),
    "macros": Hostile(attach(mail(), "a.docm", archive(word__xml=b"", vbaProject__bin=b"")).as_bytes(), "rejected", 0, 1, "macros"),
    "html only": Hostile(mail("", html=f"<script>Surname: EVIL</script><p>{TEXT.replace(chr(10), '<br>')}</p>").as_bytes(), "read", used=1),
    "many attachments": Hostile(many().as_bytes(), "rejected", 0, 1, "attachments"),
}
FILES: dict[str, Hostile] = {
    "formulas": Hostile(rows({"Port": '=HYPERLINK("http://evil.example")', "Surname": "@SUM"}), "read", used=2),
    "zeros": Hostile(table(3).replace("SAMPLEB", "SAM\x00PLEB").encode(), "read", used=3),
    "impossible dates": Hostile(rows({"Travel date": "31/02/2026"}, {"Date of birth": "99/99/1971"}), "read", used=2, refused=1),
    "missing names": Hostile(rows({"Surname": ""}, {"Surname": "...", "Given names": "?"}), "read", used=1, refused=2),
    "unknown ports": Hostile(rows({"Port": "\u202eXX\u0007"}, {"Direction": "sideways"}), "read", used=3),
    "mixed separators": Hostile(table(3).replace("SAMPLEB,", "SAMPLEB;").encode(), "read", used=2, refused=1),
    "duplicate headers": Hostile(table(3).replace("Port", "Family name").encode(), "rejected", 0, 1, "same fact"),
    "markup": Hostile(text(Surname="<script>alert(1)</script>").encode(), "read", used=1),
    "endless line": Hostile(b"Surname," + b"x" * 500_000, "rejected", 0, 1, "no layout"),
    "endless name": Hostile(text(Surname="A" * 5000).encode(), "read", 0, 1),
    "open quotes": Hostile(table(3).replace("SAMPLEB", '"SAMPLEB').encode(), "read", used=2, refused=1),
    "deep json": Hostile(b'{"a":' * 50_000, "rejected", 0, 1, "not valid JSON"),
    "numbers without end": Hostile(b'[{"surname": ' + b"9" * 5000 + b"}]", "rejected", 0, 1, "not valid JSON"),
    "json of anything": Hostile(json.dumps([1, None, [], "x", {"surname": ["A"], "travel_date": True}]).encode(), "rejected", 0, 1),
    "program as report": Hostile(b"\x7fELF" + TEXT.encode(), "rejected", 0, 1, "program"),
    "statement": Hostile(text(Surname="'; DROP TABLE intelligence_travelalert; --").encode(), "read", used=1),
}
