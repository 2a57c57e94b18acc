"""Prosecutors' advice stays sealed: one phrase in its title, source and file is looked for in every way out that there is."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError
from accounts.permissions import Perm
from actions.models import Action
from disclosure.models import UnusedItem
from disclosure.reports.prosecutions import things_of
from disclosure.services.prosecution_items import link_item
from disclosure.services.prosecution_schedules import give_copy, issue_schedule, print_copy
from intelligence.models import Briefing
from intelligence.reports.briefings import PARTS
from intelligence.reports.briefings import read_parts as briefing_parts
from offenders.documents.papers import summary_paper
from offenders.documents.timeline import timeline_paper
from offenders.history import changes_of, describe_changes
from offenders.models import Document, DocumentFile
from offenders.services.documents import add_document, change_document, withdraw_document
from offenders.services.leaks import open_texts
from offenders.services.scans import ask_to_look
from sharing.models import DecisionItem
from sharing.reports.chosen import items_for
from sharing.reports.items import SOURCES, read_sources
from sharing.reports.releases import release_of
from sharing.services.items import choose_items
from sharing.services.releases import send_release
from tests.disclosure.making_prosecutions import make_item, make_prosecution, make_whole
from tests.factories import make_grant, make_nominal, make_partnership, make_reason, make_user
from tests.offenders.making_documents import make_document, make_file, upload
from tests.sharing.making_decisions import make_item_row, seal_row
from tests.sharing.making_releases import approved, decide, draft_with

pytestmark = pytest.mark.django_db
PHRASE = "Zeuxisquill"


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def advice(nominal):
    """A prosecutor's advice, beside two open papers."""
    make_document(nominal=nominal)
    title = f"{PHRASE} advises on the charge"
    row = make_document(
        nominal=nominal, title=title, source=f"{PHRASE} chambers", kind="advice", is_privileged=True, number=1,
        content=f"{PHRASE} says no".encode(), file_type="txt",
    )  # fmt: skip
    DocumentFile.objects.filter(document=row).update(note=f"Signed {PHRASE}", original_name=f"{PHRASE}.txt")
    make_document(nominal=nominal, number=2)
    return row


@pytest.fixture
def reader(nominal, advice):
    """Somebody who reads the case file by a stated reason, and not the advice."""
    user = make_user(organisation=nominal.force)
    make_reason(nominal=nominal, user=user, permission=Perm.VIEW_CASE_FILE)
    return user


def text_of(file):
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def test_neither_reason_nor_grant_nor_partnership_opens_it(nominal, advice, reader):
    granted = make_user(Role.OPERATIONAL)
    make_grant(nominal=nominal, user=granted)
    partner = make_user()
    make_partnership(nominal=nominal, force=partner.organisation, unit=partner.unit)
    chair = make_user(Role.MAPP_CHAIR, organisation=nominal.force)
    make_reason(nominal=nominal, user=chair, permission=Perm.VIEW_CASE_FILE)
    for user in (reader, granted, partner, chair):
        assert [row.number for row in Document.objects.for_user(user)] == [2, 1], user.roles
        assert not DocumentFile.objects.for_user(user).filter(document=advice).exists()
        assert not Document.objects.for_user(user).filter(is_privileged=True).exists()
    for role in (Role.OFFENDER_MANAGER, Role.SUPERVISOR):
        assert advice in Document.objects.for_user(make_user(role, organisation=nominal.force, unit=nominal.unit))


def test_no_page_of_the_record_shows_a_sign_of_it(nominal, advice, reader, client):
    client.force_login(reader)
    file = advice.files.get()
    for name in ("document-list", "timeline", "history", "case-file", "nominal", "actions", "use-list"):
        shown = client.get(reverse(f"offenders:{name}", args=[nominal.reference]))
        assert shown.status_code == 200
        assert PHRASE not in shown.content.decode(), name
        assert "advice" not in shown.content.decode(), name
    for name, row in (("document", advice), ("document-download", file), ("document-page", file), ("document-picture", file)):
        hidden = client.get(reverse(f"offenders:{name}", args=[nominal.reference, row.public_id]))
        missing = client.get(reverse(f"offenders:{name}", args=[nominal.reference, "0" * 8 + "-0000-4000-8000-" + "0" * 12]))
        assert (hidden.status_code, missing.status_code) == (404, 404)
    client.force_login(nominal.offender_manager)
    assert PHRASE in client.get(reverse("offenders:document", args=[nominal.reference, advice.public_id])).content.decode()


def test_no_paper_and_no_log_tells_of_it(nominal, advice, reader):
    add_document(actor=nominal.offender_manager, nominal=nominal, upload=upload(PHRASE.encode()), title=PHRASE, kind="advice")
    for paper in (summary_paper(reader, nominal, now()), timeline_paper(reader, nominal, now())):
        assert PHRASE not in text_of(paper)
    assert PHRASE not in str(describe_changes(changes_of(reader, nominal)))
    assert PHRASE in str(describe_changes(changes_of(nominal.offender_manager, nominal)))


def test_nothing_that_leaves_can_carry_it_whoever_sends_it(nominal, advice):
    officer = nominal.offender_manager
    assert PHRASE not in str(read_sources(officer, nominal, SOURCES))
    assert PHRASE not in str(briefing_parts(officer, nominal, list(PARTS)))
    assert not [field for field in Briefing._meta.get_fields() if field.related_model in {Document, DocumentFile}]
    assert {field.related_model for field in Document._meta.related_objects} == {DocumentFile}  # nothing else points to a paper
    case = make_whole(nominal=nominal)
    assert PHRASE not in str(things_of(officer, case))
    for kind in ("mg6c", "mg6d", "mg6e"):
        case.refresh_from_db()
        discloser = case.disclosure_officer
        issued = issue_schedule(actor=discloser, prosecution=case, version=case.version, kind=kind, is_certified=True)
        copy = give_copy(actor=discloser, schedule=issued, recipient="prosecutor", given_to="CPS", given_on=now().date())
        assert PHRASE not in text_of(print_copy(actor=discloser, copy=copy)[1])


def test_the_database_refuses_what_points_to_it(nominal, advice):
    decision = draft_with(nominal)
    with pytest.raises(DomainError, match="no longer on the record"):
        choose_items(actor=nominal.offender_manager, decision=decision, version=decision.version, keys=[f"document:{advice.public_id}"])
    with pytest.raises(IntegrityError, match="do not leave"), transaction.atomic():
        make_item_row(decision=decision, key=f"document:{advice.public_id}", data_class="documents")
    with pytest.raises(DomainError, match="legally privileged"):
        link_item(
            actor=nominal.offender_manager, item=make_item(make_prosecution(nominal=nominal)), kind="document", key=str(advice.public_id)
        )
    assert not UnusedItem.objects.filter(links__isnull=False).exists()


def test_it_stays_privileged_and_keeps_its_files(nominal, advice):
    with pytest.raises(DomainError) as refused:
        change_document(actor=nominal.offender_manager, document=advice, version=1, kind="report", is_privileged=False)
    assert refused.value.field == "is_privileged"
    with pytest.raises(IntegrityError, match="stays privileged"), transaction.atomic():
        Document.objects.filter(pk=advice.pk).update(is_privileged=False, kind="report")
    with pytest.raises(IntegrityError, match="stays privileged"), transaction.atomic():
        DocumentFile.objects.filter(document=advice).update(document=make_document(nominal=nominal, number=3))
    assert withdraw_document(actor=nominal.offender_manager, document=advice, reason="Of another case").withdrawn_at


def test_numbers_have_no_gap_where_one_is_sealed(nominal, advice, reader):
    officer = nominal.offender_manager
    third = add_document(actor=officer, nominal=nominal, upload=upload(b"three"), title="Three", kind="report")
    assert (third.number, advice.number_words) == (3, "P1")
    first = Document.objects.get(nominal=nominal, number=1, is_privileged=False)
    sealed = change_document(actor=officer, document=first, version=1, is_privileged=True)
    assert sealed.number_words == "P2"
    third.refresh_from_db()
    assert (third.number, sorted(Document.objects.for_user(reader).values_list("number", flat=True))) == (1, [1, 2])
    told = [change for change in describe_changes(changes_of(reader, nominal)) if change.what == "document"]
    assert told
    assert not [each for change in told for each in change.fields if each.field == "Number"]


def test_a_paper_that_becomes_privileged_is_in_nothing_that_has_not_left(nominal):
    officer = nominal.offender_manager
    paper = make_document(nominal=nominal, title=f"{PHRASE} writes")
    decision = draft_with(nominal, [f"document:{paper.public_id}"])
    decide(decision.items.get())
    decision = seal_row(type(decision).objects.get(pk=decision.pk), officer, "approved")
    assert PHRASE in str(release_of(decision, officer).contents)
    change_document(actor=officer, document=paper, version=1, is_privileged=True)
    assert PHRASE not in str(release_of(decision, officer).contents)
    assert [item.is_shown for item in items_for(officer, decision)] == [False]
    with pytest.raises(DomainError):
        send_release(actor=officer, decision=decision)
    other = approved(nominal)
    DecisionItem.objects.filter(decision=decision).update(decision=other, key=f"document:{paper.public_id}", position=9)
    with pytest.raises((DomainError, IntegrityError)):
        send_release(actor=officer, decision=other)


def test_the_database_sends_no_release_with_it(nominal):
    officer = nominal.offender_manager
    paper = make_document(nominal=nominal)
    decision = draft_with(nominal, [f"document:{paper.public_id}"])
    decide(decision.items.get())
    decision = seal_row(type(decision).objects.get(pk=decision.pk), officer, "approved")
    release = release_of(decision, officer)
    release.reference, release.approval = "SR-999999", decision.approvals.get()
    Document.objects.filter(pk=paper.pk).update(is_privileged=True)
    with pytest.raises(IntegrityError, match="do not leave"), transaction.atomic():
        release.save(force_insert=True)


def test_the_leak_check_does_not_take_it_for_open_text(nominal, advice):
    assert PHRASE not in " ".join(open_texts(nominal))


def test_a_file_that_waits_for_its_scan_is_told_to_the_manager_alone(nominal, advice):
    patrol = make_user(Role.OPERATIONAL, organisation=nominal.force, unit=nominal.unit)
    ask_to_look(advice.files.get())
    assert not Action.objects.for_user(patrol).exists()
    assert Action.objects.for_user(nominal.offender_manager).get().kind == "document-scan"


def test_the_list_takes_as_many_queries_for_many_as_for_few(nominal, advice, client):
    client.force_login(nominal.offender_manager)
    url = reverse("offenders:document-list", args=[nominal.reference])
    counts = []
    client.get(url)
    for _ in range(2):
        with CaptureQueriesContext(transaction.get_connection()) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
        for number in range(3 * len(counts), 3 * len(counts) + 3):
            make_file(document=make_document(nominal=nominal, number=number, is_privileged=True), content=b"x")
    assert counts[0] == counts[1]
