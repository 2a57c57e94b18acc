"""What the database holds on its own about bundles."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from disclosure.models import Bundle, BundleItem
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


@pytest.mark.parametrize("table", ["offenders.confidentialsection", "intelligence.covertreferral", "disclosure.party"])
def test_database_refuses_what_is_kept_apart(table, request_of_somebody):
    with pytest.raises(IntegrityError, match="kept apart"):
        make_bundle_item(request_of_somebody, key=f"{table}:1")


@pytest.mark.parametrize("name", ["document", "documentfile"])
def test_database_refuses_privileged_papers(name, request_of_somebody):
    document = make_document(nominal=request_of_somebody.nominal, kind=DocumentKind.PROSECUTOR_ADVICE, is_privileged=True)
    other = make_document(nominal=request_of_somebody.nominal)
    keys = {made: made.pk if name == "document" else made.files.get().pk for made in (document, other)}

    assert make_bundle_item(request_of_somebody, key=f"offenders.{name}:{keys[other]}").pk
    with pytest.raises(IntegrityError, match="kept apart"), transaction.atomic():
        make_bundle_item(request_of_somebody, key=f"offenders.{name}:{keys[document]}")
    assert BundleItem.objects.count() == 1


def test_a_sealed_bundle_stays(request_of_somebody):
    make_bundle_item(request_of_somebody)
    bundle = make_bundle(request_of_somebody)

    with pytest.raises(IntegrityError):
        Bundle.objects.filter(pk=bundle.pk).update(letter="Something else")
