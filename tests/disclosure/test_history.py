"""One history of disclosures about a record: every source that the reader may read, and no sign of the others."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override
from pypdf import PdfReader

from accounts.choices import Role
from accounts.permissions import Perm
from audit.models import Event
from disclosure.models import ApplicationMarker
from disclosure.reports.history import history_page
from sharing.models import MediaStatement, Release
from tests.disclosure.making_applications import make_application
from tests.factories import make_nominal, make_reason, make_user
from tests.safety.test_hidden_records import body
from tests.sharing.making_decisions import make_decision_row, make_release_row
from tests.sharing.making_media import make_enquiry_row, make_media_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def officer(nominal):
    return nominal.offender_manager


def make_statement(enquiry, decision) -> None:
    """A statement that identified the person."""
    MediaStatement.objects.create(
        enquiry=enquiry, number=1, text="x", identifies=True, written_by=enquiry.taken_by, agreed_by=decision.nominal.offender_manager,
        agreed_at=now(), issued_by=enquiry.taken_by, issued_at=now(), decision=decision,
    )  # fmt: skip


def fill(nominal) -> None:
    """One of everything."""
    make_decision_row(nominal=nominal)
    release = make_release_row(nominal=nominal)
    Release.objects.filter(pk=release.pk).update(withdrawn_at=now(), withdrawn_by=nominal.offender_manager, withdraw_reason="x")
    decision = make_media_decision(nominal=nominal)
    enquiry = make_enquiry_row(nominal=nominal)
    make_statement(enquiry, decision)
    told = {"reason": "They may know", "told_by": nominal.offender_manager}
    ApplicationMarker.objects.create(application=make_application(nominal=nominal), nominal=nominal, **told)


def words(user, nominal, **kwargs) -> str:
    """What the history says to somebody."""
    return "\n".join(f"{kind}: {said} {page}" for _, kind, said, page in history_page(user, nominal, **kwargs).entries)


def test_everything_stands_on_one_line_newest_first(nominal, officer):
    fill(nominal)
    page = history_page(officer, nominal)
    assert [at for at, *_ in page.entries] == sorted((at for at, *_ in page.entries), reverse=True)
    said = words(officer, nominal)
    for part in (
        "Agency: Decision SD-", "left to", "was withdrawn", "Media: Decision SD-", "Media: A statement that identifies",
        "Enquiry of the media: Enquiry", "Application: An application",
    ):  # fmt: skip
        assert part in said
    assert set(page.kinds) == {"Agency", "Application", "Enquiry of the media", "Media"}
    with override("cy"):  # the address of the page names a kind
        assert history_page(officer, nominal).kinds == page.kinds
    assert {kind for _, kind, *_ in history_page(officer, nominal, "Media").entries} == {"Media"}
    assert history_page(officer, nominal, "Weather").entries == []
    assert "Echo" not in said


def test_pages_follow_each_other(nominal, officer):
    fill(nominal)
    everything = history_page(officer, nominal).entries
    first, second = (history_page(officer, nominal, number=number, size=4) for number in (1, 2))
    assert first.entries + second.entries == everything[:8]
    assert (first.is_last, history_page(officer, nominal, number=99).entries) == (False, [])


def test_a_reader_without_the_right_to_a_source_sees_the_others_and_no_sign_of_it(client, nominal, officer):
    """Whoever reads the file for a reason reads decisions, and no statement to the media: with one and without, the page is the same."""
    reader = make_user(Role.OPERATIONAL, organisation=nominal.force)
    make_reason(nominal=nominal, user=reader, permission=Perm.VIEW_CASE_FILE)
    decision, enquiry = make_media_decision(nominal=nominal), make_enquiry_row(nominal=nominal)
    client.force_login(reader)
    url = reverse("disclosure:history", args=[nominal.reference])
    before = body(client.get(url))
    make_statement(enquiry, decision)

    assert body(client.get(url)) == before
    assert decision.reference in before
    assert reverse("sharing:media", args=[enquiry.public_id]) not in before  # whom the unit asked is another right
    assert "A statement that identifies" in words(officer, nominal)
    assert reverse("sharing:media", args=[enquiry.public_id]) in words(officer, nominal)


def test_other_records_and_readers_without_the_file_stay_out(client, nominal):
    other = make_nominal(unit=nominal.unit)
    make_decision_row(nominal=other)
    assert history_page(nominal.offender_manager, nominal).entries == []
    client.force_login(make_user(Role.PRESS_OFFICER, organisation=nominal.force))
    assert client.get(reverse("disclosure:history", args=[nominal.reference])).status_code == 403
    client.force_login(nominal.offender_manager)
    assert "Nothing that you may read here" in client.get(reverse("disclosure:history", args=[nominal.reference])).content.decode()


def test_it_takes_as_many_queries_for_many_as_for_few(nominal, officer):
    counts = [len(history_page(officer, nominal).entries)]  # the reader's roles are known from here on
    for _ in range(2):
        fill(nominal)
        with CaptureQueriesContext(connection) as captured:
            history_page(officer, nominal)
        counts.append(len(captured))
    assert (counts[0], counts[1] == counts[2]) == (0, True)


def test_the_paper_says_the_same_and_is_recorded(client, nominal, officer):
    fill(nominal)
    client.force_login(officer)
    response = client.post(reverse("disclosure:history-print", args=[nominal.reference]), {"kind": "Media"})
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())
    assert "A statement that identifies the person was issued" in text
    assert "Agency" not in text
    assert Event.objects.get(verb="printed").nominal == nominal.pk
    page = client.get(reverse("disclosure:history", args=[nominal.reference]), {"page": "x", "kind": "Media"})
    assert page.context["previous_url"] == ""
