"""What the database holds on its own about bundles."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from disclosure.models import Bundle, BundleItem, Delivery, UndoneSeal
from disclosure.reports.personal import held_sources
from offenders.choices.documents import DocumentKind
from tests.disclosure.making_subject_access import make_bundle, make_bundle_item, make_governance, make_subject_request
from tests.factories import make_nominal
from tests.offenders.making_documents import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_somebody():
    return make_subject_request(nominal=make_nominal())


def test_what_is_decided_and_read_goes_out(request_of_somebody):
    second = make_governance(request_of_somebody.nominal)
    make_bundle_item(request_of_somebody)
    make_bundle_item(request_of_somebody, keep=False, read_by=second, read_at=now())

    assert make_bundle(request_of_somebody).pk


@pytest.mark.parametrize("case", ["undecided", "unread", "not said to need a second reader", "unproved"])
def test_database_refuses_a_bundle_before_everything_is_decided(case, request_of_somebody):
    make_bundle_item(request_of_somebody)
    if case == "undecided":
        make_bundle_item(request_of_somebody, keep=None)
    elif case == "unread":
        make_bundle_item(request_of_somebody, keep=False)
    elif case == "not said to need a second reader":
        make_bundle_item(request_of_somebody, keep=False, needs_second=False)
    else:
        type(request_of_somebody).objects.filter(pk=request_of_somebody.pk).update(
            identity="", identity_at=None, identity_by=None, state="new"
        )

    with pytest.raises(IntegrityError, match=r"undecided or unread|unproved"):
        make_bundle(request_of_somebody)


@pytest.mark.parametrize(
    "table", ["offenders.confidentialsection", "disclosure.forum", "disclosure.bundleitem", "audit.event", "offenders.invented", ""]
)
def test_database_refuses_every_kind_that_is_not_open(table, request_of_somebody):
    with pytest.raises(IntegrityError, match="kept apart"):
        make_bundle_item(request_of_somebody, key=f"{table}:1")


def test_the_database_opens_bundles_to_exactly_what_is_declared_as_held():
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(vigil_open_for_bundles())")
        opened = {name for (name,) in cursor.fetchall()}

    assert opened == {source.name for source in held_sources()}, "a kind that is added is opened by a migration: see `opened`"


@pytest.mark.parametrize("name", ["document", "documentfile"])
def test_database_refuses_privileged_papers(name, request_of_somebody):
    document = make_document(nominal=request_of_somebody.nominal, kind=DocumentKind.PROSECUTOR_ADVICE, is_privileged=True)
    other = make_document(nominal=request_of_somebody.nominal)
    keys = {made: made.pk if name == "document" else made.files.get().pk for made in (document, other)}

    assert make_bundle_item(request_of_somebody, key=f"offenders.{name}:{keys[other]}").pk
    with pytest.raises(IntegrityError, match="kept apart"), transaction.atomic():
        make_bundle_item(request_of_somebody, key=f"offenders.{name}:{keys[document]}")
    assert BundleItem.objects.count() == 1


@pytest.fixture
def sealed(request_of_somebody):
    make_bundle_item(request_of_somebody)
    return make_bundle(request_of_somebody)


def undo(bundle, **values):
    """Say past every service that a seal was undone."""
    plain = {
        "request": bundle.request, "answer": bundle.answer, "sha256": bundle.sha256, "sealed_by": bundle.sealed_by,
        "sealed_at": bundle.sealed_at, "undone_by": make_governance(bundle.request.nominal), "reason": "A name was left in",
    }  # fmt: skip
    return UndoneSeal.objects.create(**plain | values)


def test_a_bundle_goes_only_with_the_word_of_somebody_else_and_that_stays(sealed):
    with pytest.raises(IntegrityError, match="undone by somebody"), transaction.atomic():
        sealed.delete()
    for values in ({"undone_by": sealed.sealed_by}, {"reason": ""}, {"sha256": "0" * 64}, {"sealed_at": now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            undo(sealed, **values)
    undone = undo(sealed)
    sealed.delete()

    for act in (undone.delete, lambda: UndoneSeal.objects.update(reason="Another")):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            act()


def test_what_was_handed_over_is_never_unsealed(sealed):
    Delivery.objects.create(request=sealed.request, bundle=sealed, way="post", to_whom="Arthur Sample", at=now(), by=sealed.sealed_by)
    with pytest.raises(IntegrityError, match="handed over"), transaction.atomic():
        undo(sealed)
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        sealed.delete()


def test_nobody_who_had_a_part_in_deciding_reads_second(request_of_somebody):
    first = make_governance(request_of_somebody.nominal)
    with pytest.raises(IntegrityError, match="none_who_decided"):
        make_bundle_item(request_of_somebody, keep=False, deciders=[first.pk], read_by=first, read_at=now())


def test_a_sealed_bundle_stays(request_of_somebody):
    make_bundle_item(request_of_somebody)
    bundle = make_bundle(request_of_somebody)

    with pytest.raises(IntegrityError):
        Bundle.objects.filter(pk=bundle.pk).update(letter="Something else")
