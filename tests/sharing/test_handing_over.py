"""Paper and spoken: numbered copies, what was said, and the receipt by hand."""

import hashlib
from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.errors import DomainError, NotPermitted
from actions.models import Action
from sharing.models import PaperCopy, Release
from sharing.services.handing_over import acknowledge_by_hand, file_of, issue_copies, print_copy, record_telling
from sharing.services.receiving import RECEIPT
from sharing.services.releases import withdraw_release
from tests.factories import make_user
from tests.sharing.making_releases import sent

pytestmark = pytest.mark.django_db
SAID = {
    "place": "The school office", "told_to": "Head teacher", "identity_check": "Called back through the school", "said": "She was shocked",
    "undertaking": "To tell nobody but her deputy",
}  # fmt: skip


@pytest.fixture
def papers(monkeypatch):
    """Papers made of words alone, which is quicker; one test makes real ones."""
    monkeypatch.setattr("sharing.services.handing_over.release_paper", lambda *values: repr(values).encode())


def test_copies_are_numbered_and_say_for_whom(papers):
    release = sent(channel="paper")

    issue_copies(actor=release.sent_by, release=release, issued_to=["Head teacher", " ", "Governor"])
    issue_copies(actor=release.sent_by, release=release, issued_to=["Solicitor"])

    assert [copy.words for copy in release.copies.all()] == [
        "Copy 1 of 2, issued to Head teacher",
        "Copy 2 of 2, issued to Governor",
        "Copy 3 of 3, issued to Solicitor",
    ]


def test_the_same_copy_has_the_same_file():
    release = sent(channel="paper")
    (copy,) = issue_copies(actor=release.sent_by, release=release, issued_to=["Head teacher"])

    again, file = print_copy(actor=release.sent_by, copy=PaperCopy.objects.get())

    assert (again.pk, hashlib.sha256(file).hexdigest()) == (copy.pk, copy.sha256)


def test_file_that_cannot_be_made_again_is_another_copy(papers):
    release = sent(channel="paper")
    (copy,) = issue_copies(actor=release.sent_by, release=release, issued_to=["Head teacher"])
    PaperCopy.objects.update(sha256="0" * 64)
    copy.refresh_from_db()

    other, file = print_copy(actor=release.sent_by, copy=copy)

    assert other.words == "Copy 2 of 2, issued to Head teacher"
    assert hashlib.sha256(file).hexdigest() == other.sha256


def test_file_says_whose_copy_it_is(papers):
    release = sent(channel="paper")
    (copy,) = issue_copies(actor=release.sent_by, release=release, issued_to=["Head teacher"])

    assert b"Copy 1 of 1, issued to Head teacher" in file_of(copy)


@pytest.mark.parametrize("issued_to", [[], [" "], ["x"] * 21], ids=["none", "blank", "many"])
def test_copies_are_for_somebody(papers, issued_to):
    release = sent(channel="paper")

    with pytest.raises(DomainError, match="for whom"):
        issue_copies(actor=release.sent_by, release=release, issued_to=issued_to)


def test_nothing_is_printed_of_what_was_withdrawn_or_goes_online(papers):
    online = sent()
    with pytest.raises(DomainError, match="another way"):
        issue_copies(actor=online.sent_by, release=online, issued_to=["Head teacher"])
    release = sent(channel="paper")
    (copy,) = issue_copies(actor=release.sent_by, release=release, issued_to=["Head teacher"])
    withdraw_release(actor=release.sent_by, release=release, reason="Wrong person")

    with pytest.raises(DomainError, match="withdrawn"):
        print_copy(actor=release.sent_by, copy=copy)


def test_what_was_said_is_recorded_and_ends_the_chase():
    release = sent(channel="spoken")

    telling = record_telling(actor=release.sent_by, release=release, told_at=now(), **SAID)

    release.refresh_from_db()
    assert (telling.undertaking, release.acknowledged_for) == (SAID["undertaking"], "Head teacher")
    assert not Action.objects.waiting().filter(kind=RECEIPT).exists()
    with pytest.raises(DomainError, match="already"):
        record_telling(actor=release.sent_by, release=release, told_at=now(), **SAID)


@pytest.mark.parametrize("field", ["place", "told_to", "identity_check", "undertaking"])
def test_what_was_said_is_recorded_wholly(field):
    release = sent(channel="spoken")

    with pytest.raises(DomainError, match="empty") as raised:
        record_telling(actor=release.sent_by, release=release, told_at=now(), **SAID | {field: " "})
    assert raised.value.field == field


def test_nothing_was_said_tomorrow():
    release = sent(channel="spoken")

    with pytest.raises(DomainError, match="future"):
        record_telling(actor=release.sent_by, release=release, told_at=now() + timedelta(hours=1), **SAID)


def test_receipt_of_a_paper_by_hand():
    release = sent(channel="paper")

    acknowledge_by_hand(actor=release.sent_by, release=release, confirmed_by="Head teacher, signed")

    release.refresh_from_db()
    assert (release.acknowledged_by, release.acknowledged_for) == (release.sent_by, "Head teacher, signed")
    assert not Action.objects.waiting().filter(kind=RECEIPT).exists()


def test_an_agency_accepts_online_by_itself():
    release = sent()

    with pytest.raises(DomainError, match="another way"):
        acknowledge_by_hand(actor=release.sent_by, release=release, confirmed_by="Head teacher")
    assert Release.objects.get().acknowledged_at is None


def test_another_unit_hands_over_nothing():
    release = sent(channel="paper")

    with pytest.raises(NotPermitted):
        issue_copies(actor=make_user(), release=release, issued_to=["Head teacher"])
