"""Every layout gives the same facts, and a mistake costs the line on which it stands and no other."""

import io
import json
import tracemalloc
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from intelligence.parsing import Content, Dangerous, Limits, Unreadable, Unrelated
from intelligence.parsing.facts import GIVEN_TWICE, NO_NAME, NO_TIME
from intelligence.parsing.mails import IS_ABSENCE, IS_BOUNCE, IS_CIRCULAR, is_mail, open_mail, read_mail, require_related
from intelligence.parsing.tables import BROKEN_QUOTES, Table
from tests.intelligence import writing_reports as reports

WHOLE = {
    "surname": "SAMPLE", "given_names": "Arthur John", "birth_year": 1971, "birth_month": 3, "birth_day": 14, "sex": "male",
    "nationality": "British", "document_type": "passport", "document_number": "999000111", "direction": "out",
    "travels_at": datetime(2026, 5, 12, 13, 35, tzinfo=UTC), "is_time_known": True, "port": "Northmere Airport",
    "carrier": "Invented Air", "service": "IV123", "origin": "Northmere", "destination": "Alicante", "problem": "",
}  # fmt: skip
LINE = ",".join(reports.FACTS) + "\n" + ",".join(reports.FACTS.values()) + "\n"
OBJECT = json.dumps(reports.FACTS)
CELLS = "".join(f"<tr><td>{label}</td>\n <td><b>{value}</b></td></tr>" for label, value in reports.FACTS.items())


def facts(alert):
    """What was read, without what tells of the message."""
    return {name: value for name, value in asdict(alert).items() if name not in {"line", "as_given"}}


def of_mail(message, **limits):
    """Every report of a mail."""
    return list(read_mail(open_mail(message.as_bytes()), Limits(**limits)))


@pytest.mark.parametrize(
    ("data", "layout"),
    [
        (reports.TEXT, "report 1"),
        (reports.TEXT.replace(": ", " = "), "report 1"),
        ("\n".join(f"> {label} ..... {value}" for label, value in reports.FACTS.items()), "report 1"),
        ("From: A Person <a@northmere.example>\nTo: b@northmere.example\nSubject: FW: report\n\n" + reports.TEXT, "report 1"),
        (LINE, "csv 1"),
        (LINE.replace(",", ";"), "csv 1"),
        (LINE.replace(",", "\t"), "csv 1"),
        (LINE.replace(",", "|"), "csv 1"),
        ("Alerts of the day\n\n" + LINE, "csv 1"),
        (b"\xef\xbb\xbf" + LINE.encode(), "csv 1"),
        (LINE.encode("utf-16"), "csv 1"),
        (LINE.encode("utf-16-le"), "csv 1"),
        (LINE.encode("cp1252"), "csv 1"),
        (LINE.replace("\n", "\r\n"), "csv 1"),
        (LINE.replace("SAMPLE", '"SAMPLE"'), "csv 1"),
        (OBJECT, "json 1"),
        (f"[{OBJECT}]", "json 1"),
        (json.dumps({"alerts": [reports.FACTS]}, indent=2), "json 1"),
        (json.dumps({"person": {"Surname": "SAMPLE"}, "travel": reports.facts(Surname="")}), "json 1"),
        (OBJECT.encode("utf-16"), "json 1"),
        (reports.pdf(), "pdf 1"),
        (reports.archive(a__csv=LINE.encode()), "csv 1"),
    ],
    ids=[
        "text", "text with =", "quoted text with dots", "forwarded", "csv", "semicolons", "tabs", "bars", "title above", "mark", "utf-16",
        "utf-16 without mark", "cp1252", "windows lines", "quotes", "object", "list", "list inside", "objects inside",
        "json in utf-16", "pdf", "zip",
    ],
)  # fmt: skip
def test_every_layout_gives_the_same_facts(data, layout):
    found = reports.read(data)
    assert [(name, facts(alert)) for name, alert in found] == [(layout, WHOLE)]


@pytest.mark.parametrize(
    "message",
    [
        reports.mail(),
        reports.mail("", html=f"<style>p {{}}</style><p>Dear all</p><table>{CELLS}</table>"),
        reports.attach(reports.mail("The report is attached."), "a.csv", LINE.encode("cp1252"), "text/csv"),
        reports.attach(reports.mail("The report is attached."), "a.bin", OBJECT.encode()),
        reports.attach(reports.mail("The report is attached."), "a.zip", reports.archive(a__csv=LINE.encode())),
        reports.attach(reports.mail(), "logo.png", b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
    ids=["text", "html", "csv attached", "json attached", "zip attached", "with a logo"],
)
def test_mail_gives_the_same_facts(message):
    assert [facts(alert) for _, alert in of_mail(message)] == [WHOLE]


def test_mail_with_several_files_is_numbered_through():
    message = reports.attach(reports.mail("Two files."), "a.csv", reports.table(2).encode())
    reports.attach(message, "b.csv", reports.table(3, ";").encode())
    found = of_mail(message)
    assert [alert.line for _, alert in found] == [2, 3, 5, 6, 7]
    assert {alert.problem for _, alert in found} == {""}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("12/05/2026 14:35", "2026-05-12T13:35Z"),
        ("12.05.2026 1435 hrs", "2026-05-12T13:35Z"),
        ("2026-05-12T14:35Z", "2026-05-12T14:35Z"),
        ("2026-05-12T14:35:10+02:00", "2026-05-12T12:35:10Z"),
        ("12 May 2026 2:35 pm", "2026-05-12T13:35Z"),
        ("Tuesday, 12th May 2026, 14.35 GMT", "2026-05-12T14:35Z"),
        ("12-May-2026 14:35 BST", "2026-05-12T13:35Z"),
        ("12 May 2026 at 14:35 (Europe/Madrid)", "2026-05-12T12:35Z"),
        ("20260512 1435", "2026-05-12T13:35Z"),
        ("12 January 2026", "2026-01-12T12:00Z"),
        ("12/01/2026 14:35 local", "2026-01-12T14:35Z"),
    ],
)
def test_moments_are_read_in_their_zone(given, expected):
    [(_, alert)] = reports.read(reports.text(Travel_date="", Travel_time="") + f"\nDate and time: {given}")
    assert (alert.travels_at, alert.problem) == (datetime.fromisoformat(expected), "")
    assert alert.is_time_known is (given != "12 January 2026")


def test_time_and_zone_may_stand_apart():
    [(_, alert)] = reports.read(reports.text(Travel_date="2026-05-12", Travel_time="14:35") + "\nTime zone: UTC")
    assert alert.travels_at == datetime(2026, 5, 12, 14, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    "given", ["31/02/2026", "12/13/2026", "2026-05-12 25:10", "12/05/26", "12/05/2026 14:35 EST", "soon", "12/05/1026"]
)
def test_moments_that_cannot_be_told_are_refused_and_not_guessed(given):
    [(_, alert)] = reports.read(reports.text(Travel_date="", Travel_time="") + f"\nDate and time: {given}")
    assert (alert.travels_at, alert.problem, alert.as_given["Date and time"]) == (None, NO_TIME, given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("14 March 1971", (1971, 3, 14)),
        ("1971-03-14", (1971, 3, 14)),
        ("00/03/1971", (1971, 3, None)),
        ("1971-03", (1971, 3, None)),
        ("1971", (1971, None, None)),
        ("31/02/1971", (None, None, None)),
        ("14/03/71", (None, None, None)),
        ("14/03/2971", (None, None, None)),
    ],
)
def test_birth_is_read_in_parts_and_never_guessed(given, expected):
    [(_, alert)] = reports.read(reports.text(Date_of_birth=given))
    assert ((alert.birth_year, alert.birth_month, alert.birth_day), alert.problem) == (expected, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("SAMPLE, Arthur John", ("SAMPLE", "Arthur John")),
        ("Arthur John SAMPLE", ("SAMPLE", "Arthur John")),
        ("Arthur de la SAMPLE-TEST", ("SAMPLE-TEST", "Arthur de la")),
        ("Arthur Sample", ("Sample", "Arthur")),
        ("SAMPLE/ARTHUR JOHN", ("SAMPLE", "ARTHUR JOHN")),
        ("Sample", ("Sample", "")),
    ],
)
def test_name_in_one_piece_is_taken_apart(given, expected):
    [(_, alert)] = reports.read(reports.text(Surname="", Given_names="") + f"\nPassenger name: {given}")
    assert (alert.surname, alert.given_names, alert.problem) == (*expected, "")


@pytest.mark.parametrize(
    ("labels", "fact", "value"),
    [
        (("Family name", "Last name"), "surname", "OTHER"),
        (("Forename(s)", "First names"), "given_names", "Una"),
        (("Passport no.", "Travel document number", "Doc No"), "document_number", "123"),
        (("Airline", "Operator"), "carrier", "Other Air"),
        (("Flight No.", "Service number"), "service", "ZZ9"),
        (("Airport", "Port of entry"), "port", "Otherport"),
    ],
)
def test_usual_spellings_of_labels_are_known(labels, fact, value):
    own = {"service": "Flight"}.get(fact, fact.capitalize())
    for label in labels:
        [(_, alert)] = reports.read(reports.text(**{own: ""}) + f"\n{label}: {value}")
        assert getattr(alert, fact) == value


def test_two_reports_in_one_text_are_two():
    found = reports.read(f"{reports.TEXT}\n\n{reports.text(Surname='OTHER')}")
    assert [(alert.line, alert.surname) for _, alert in found] == [(1, "SAMPLE"), (17, "OTHER")]


def test_mistakes_cost_their_own_line():
    lines = reports.table(6).splitlines()
    lines[2] = lines[2].replace("SAMPLEB", "")
    lines[3] = lines[3].replace("Passport", 'Pass"port')
    lines[4] = f'"{lines[4]}'
    lines[5] = lines[5].replace(",", ";")
    found = [alert for _, alert in reports.read("\n".join(lines))]
    assert [(alert.line, alert.problem) for alert in found] == [
        (2, ""),
        (3, NO_NAME),
        (4, ""),
        (5, BROKEN_QUOTES),
        (6, "The line has 1 cells; the first line names 15 columns."),
        (7, ""),
    ]


def test_cell_with_line_breaks_is_one_cell():
    found = reports.read(reports.table(2, Port='"Northmere\nAirport"'))
    assert [(alert.line, alert.port) for _, alert in found] == [(2, "Northmere Airport"), (4, "Northmere Airport")]


def test_same_fact_twice_is_not_chosen_from():
    [(_, alert)] = reports.read(reports.TEXT + "\nDestination: Elsewhere")
    assert alert.problem == GIVEN_TWICE
    found = reports.read(LINE.replace("Origin", "Travelling to"))
    assert [(name, alert.problem) for name, alert in found] == [("", "Two columns mean the same fact. Send each fact once.")]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\x01\x02", b"%PDF-1.7 and nothing", b"[1, 2", b"Please find attached", reports.pdf(""), b"PK\x03\x04broken",
        reports.archive(a__zip=reports.archive(a__csv=b"x")), b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
    ids=["empty", "bytes", "broken pdf", "broken json", "letter", "picture in pdf", "broken zip", "zip in zip", "picture", "old office"],
)  # fmt: skip
def test_what_cannot_be_read_says_so_once(data):
    [(layout, alert)] = reports.read(data)
    assert layout == ""
    assert alert.problem.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00", b"#!/bin/sh\n", b"\x7fELF", reports.archive(a__exe=b"MZ"), reports.archive(word__xml=b"", vbaProject__bin=b""),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"_VBA_PROJECT", reports.archive(a__csv=b"0" * 20_000_000),
    ],
    ids=["program", "script", "elf", "program in zip", "macros", "old macros", "bomb"],
)  # fmt: skip
def test_dangerous_content_ends_the_reading_of_the_whole_message(data):
    with pytest.raises(Dangerous, match=r"\.$"):
        reports.read(data)
    with pytest.raises(Dangerous):
        of_mail(reports.attach(reports.mail(), "a.bin", data))


def test_archive_whose_sizes_lie_is_counted_while_it_unfolds():
    packed = bytearray(reports.archive(a__csv=b"0" * 3_000_000))
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        at = packed.index(sign) + (22 if sign[2] == 3 else 24)
        packed[at : at + 4] = (100).to_bytes(4, "little")
    [(layout, alert)] = reports.read(bytes(packed), unpacked_bytes=1_000_000)
    assert (layout, alert.problem) == ("", "The archive is damaged.")


def test_limits_are_words():
    assert [alert.problem for _, alert in reports.read(reports.table(3), rows=2)][2].startswith("There are more than 2 lines")
    assert reports.read("[" + OBJECT + "]", json_bytes=10)[0][1].problem.startswith("It is larger than")
    with pytest.raises(Unreadable, match="more than 1 attachments"):
        of_mail(reports.attach(reports.mail(), "a.csv", b"x"), attachments=1)
    with pytest.raises(Unreadable, match="nested deeper than 0"):
        of_mail(reports.attach(reports.mail(), "a.csv", b"x"), nesting=0)


@pytest.mark.parametrize(
    ("message", "word"),
    [
        (reports.mail(Return_Path="<>"), IS_BOUNCE),
        (reports.mail(Auto_Submitted="auto-replied"), IS_ABSENCE),
        (reports.mail(Precedence="auto_reply"), IS_ABSENCE),
    ],
    ids=["null sender", "absence", "old header"],
)
def test_answers_of_machines_are_no_reports_even_when_they_quote_one(message, word):
    with pytest.raises(Unrelated, match=word):
        require_related(open_mail(message.as_bytes()))


def test_circular_is_none_unless_it_holds_a_report():
    circular = {"Auto_Submitted": "auto-generated", "List_Id": "<news.border.example>"}
    assert len(of_mail(reports.mail(**circular))) == 1
    require_related(open_mail(reports.mail(**circular).as_bytes()))
    with pytest.raises(Unrelated, match=IS_CIRCULAR):
        of_mail(reports.mail("Our new address is ...", **circular))
    with pytest.raises(Unreadable, match="No report was found"):
        of_mail(reports.mail("Good morning."))


def test_saved_mail_is_known_from_a_report_in_words():
    assert is_mail(reports.content(reports.mail().as_bytes()))
    assert not is_mail(reports.content("From: Northmere\nTo: Alicante\n" + reports.TEXT))


def test_long_table_is_read_in_little_memory():
    lines = reports.table(1).splitlines()
    data = io.BytesIO(("\n".join([lines[0], *[lines[1]] * 15_000]) + "\n").encode())
    tracemalloc.start()
    count = sum(1 for _ in Table().read(Content(data, data.getbuffer().nbytes), Limits()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 15_000
    assert data.getbuffer().nbytes > 2_000_000
    assert peak < 9_000_000
