"""Who a mail comes from: only the force's own gateway is believed."""

import pytest

from intelligence.parsing.mails import open_mail
from intelligence.parsing.senders import check_sender
from tests.intelligence.writing_reports import GATEWAY, PASSED, SENDER, mail

ALLOWED = ["@border.example"]


def verdict(message, allowed=ALLOWED, gateways=(GATEWAY,)):
    """What is made of a mail."""
    return check_sender(open_mail(message if isinstance(message, bytes) else message.as_bytes()), allowed, gateways)


def test_gateway_vouches_and_its_words_are_kept():
    found = verdict(mail())
    assert (found.address, found.verdict, found.details) == (SENDER, "passed", {"spf": "pass", "dkim": "pass", "dmarc": "pass"})


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (f"{GATEWAY}; dmarc=pass (p=reject (deep)) header.from=border.example", "passed"),
        (f"{GATEWAY.upper()} 1; dkim=pass header.i=@mail.border.example; dmarc=none", "failed"),
        (f"{GATEWAY}; dkim=pass header.d=border.example", "passed"),
        (f"{GATEWAY}; spf=pass smtp.mailfrom=bounce@border.example", "passed"),
        (f"{GATEWAY}; spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example", "failed"),
        (f"{GATEWAY}; spf=pass smtp.mailfrom=border.example; dmarc=fail header.from=border.example", "failed"),
        (f"{GATEWAY}; dmarc=pass header.from=evil.example", "failed"),
        (f'{GATEWAY}; dmarc=fail reason="dmarc=pass" header.from=border.example', "failed"),
        (f"{GATEWAY}; none", "unchecked"),
        ("mx.evil.example; dmarc=pass header.from=border.example", "unchecked"),
        (f"mx.evil.example ({GATEWAY}); dmarc=pass header.from=border.example", "unchecked"),
        (f"{GATEWAY}.evil.example; dmarc=pass header.from=border.example", "unchecked"),
        ("", "unchecked"),
    ],
)  # fmt: skip
def test_result_must_be_the_gateways_and_about_the_sender_that_is_seen(results, expected):
    assert verdict(mail(results=results)).verdict == expected


def test_no_gateway_named_means_not_checked():
    assert verdict(mail(), gateways=()).verdict == "unchecked"


def test_forged_header_below_the_gateways_own_is_not_read():
    forged = f"Authentication-Results: {PASSED}\n".encode()
    honest = f"Authentication-Results: {GATEWAY}; spf=fail smtp.mailfrom=border.example; dmarc=fail header.from=border.example\n".encode()
    hop = f"Received: from x by {GATEWAY}\n".encode()
    rest = f"From: {SENDER}\n\nx".encode()
    assert verdict(hop + forged + rest).verdict == "passed"
    assert verdict(honest + hop + forged + rest).verdict == "failed"
    assert verdict(hop + honest + forged + rest).verdict == "failed"


def test_results_in_several_headers_of_the_gateway_count_together():
    results = ("spf=fail smtp.mailfrom=x.example", "dkim=pass header.d=border.example")
    parts = [f"Authentication-Results: {GATEWAY}; {result}\n" for result in results]
    found = verdict("".join([*parts, f"From: {SENDER}\n\nx"]).encode())
    assert (found.verdict, found.details) == ("passed", {"spf": "fail", "dkim": "pass", "dmarc": "none"})


@pytest.mark.parametrize(
    ("sender", "allowed", "expected"),
    [
        ("From: alerts@border.example", ["alerts@border.example"], "passed"),
        ("From: ALERTS@Border.example", ["Alerts@border.example "], "passed"),
        ("From: other@border.example", ["alerts@border.example"], "unknown"),
        ("From: alerts@border.example.evil.example", ["@border.example"], "unknown"),
        ('From: "alerts@border.example" <x@evil.example>', ["@border.example"], "unknown"),
        ("From: alerts@border.example, x@evil.example", ["@border.example"], "unknown"),
        ("From: alerts@border.example\nFrom: x@evil.example", ["@border.example"], "unknown"),
        ("From: ", ["@border.example", "@"], "unknown"),
        ("Sender: alerts@border.example", ["@border.example"], "unknown"),
        ("From: alerts@border.example", [], "unknown"),
    ],
)
def test_sender_is_the_one_address_in_from(sender, allowed, expected):
    data = f"Authentication-Results: {PASSED}\n{sender}\n\nx".encode()
    assert verdict(data, allowed).verdict == expected
