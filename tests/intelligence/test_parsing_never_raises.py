"""Whatever the bytes are, reading them ends in reports or in a sentence."""

import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intelligence.parsing import Limits, ParsedAlert, Unreadable
from intelligence.parsing.files import parts_of, read_parts
from intelligence.parsing.mails import headers_that_matter, is_mail, open_mail, read_mail, require_related
from intelligence.parsing.senders import Verdict, check_sender
from tests.intelligence import writing_reports as reports

LIMITS = Limits(mail_bytes=10**6, json_bytes=10**6, unpacked_bytes=10**6, rows=1000, seconds=10)
WHOLE = reports.mail("", html=f"<table><tr><td>{reports.TEXT}")
ATTACHED = reports.attach(reports.attach(reports.mail(), "a.csv", reports.table().encode()), "b.zip", reports.archive(a__csv=b"x"))
SEEDS = [
    reports.TEXT.encode(), reports.table().encode(), reports.table().encode("utf-16"), reports.as_json().encode(), reports.pdf(),
    reports.archive(a__csv=reports.table().encode()), WHOLE.as_bytes(), ATTACHED.as_bytes(),
]  # fmt: skip
NOISE = [*(bytes([each]) for each in b'\x00\xff"\r:[{<(;='), b"\n\n", b"=?utf-8?b?x?=", b"--", b"PK\x03\x04", b"00", b"9" * 30]


def read_all(data: bytes) -> list[ParsedAlert]:
    """Read it as a file and as a mail."""
    found = []
    with suppress(Unreadable):
        found += [alert for _, alert in read_parts(parts_of(reports.content(data), LIMITS), LIMITS)]
    is_mail(reports.content(data))
    with suppress(Unreadable):
        message = open_mail(data)
        assert check_sender(message, ["@border.example"], [reports.GATEWAY]).verdict in Verdict
        assert all(isinstance(value, str) for _, value in headers_that_matter(message))
        require_related(message)
        found += [alert for _, alert in read_mail(message, LIMITS)]
    return found


def damaged(seed: int) -> bytes:
    """A sound message with pieces cut out, doubled, and junk put in; always the same for a seed."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(data) + 1), chance.randrange(1, 40)
        piece = chance.choice([b"", data[at : at + length] * 2, chance.choice(NOISE), chance.randbytes(4)])
        data[at : at + length] = piece
    return bytes(data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=2000), st.text(max_size=500).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes(data):
    assert all(alert.problem or alert.surname for alert in read_all(data))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_damaged_messages(seed):
    for alert in read_all(damaged(seed)):
        assert alert.problem or (alert.surname and alert.travels_at)
        assert "\x00" not in "".join([*map(str, alert.as_given.values()), *alert.as_given, alert.surname, alert.port])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(reports.FACTS)), st.text(max_size=60), min_size=5))
def test_any_texts_behind_labels(values):
    for alert in read_all("\n".join(f"{label}: {value}" for label, value in values.items()).encode()):
        assert len(alert.surname) <= 100
        assert alert.travels_at is None or alert.travels_at.tzinfo is not None


@pytest.mark.parametrize("depth", [60, 5000])
def test_depth_without_end(depth):
    inner = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth))
    with pytest.raises(Unreadable):
        list(read_mail(open_mail(b"From: a@border.example\nMIME-Version: 1.0\n" + inner + b"\n" + reports.TEXT.encode()), LIMITS))
    assert read_all(b'[{"surname":' + b"[" * depth * 10)[0].problem == "It is not valid JSON."
