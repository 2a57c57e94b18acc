"""Pages of two records that may be one person show each reader no more than the records themselves do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.choices import Role
from audit.models import Event
from offenders.choices import IdentifierKind
from offenders.choices.merging import MergeState
from offenders.models import Merge, Nominal
from tests.factories import make_identifier, make_nominal, make_partnership, make_unit, make_user
from tests.offenders.making_merges import WHY, keep, make_lead, make_pair, merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client):
    user = make_lead()
    client.force_login(user)
    return user


def test_comparing_and_merging_and_undoing_from_end_to_end(client, lead):
    stays, goes = make_pair(lead)
    chosen = client.post(reverse("offenders:same-person-choose", args=[stays.reference]), {"reference": goes.reference.lower()})
    page = client.get(chosen.url)
    assert b"Quillfether" in page.content
    url = reverse("offenders:merge-records", args=[stays.reference, goes.reference])
    form = client.get(url).context["form"]
    data = dict.fromkeys(form.labels, stays.reference)
    data |= {"stays": stays.reference, "reason": WHY, "version": stays.version, "other_version": goes.version}
    detail = client.get(client.post(url, data).url)
    assert b"Undo this merge" in detail.content
    assert b"High" in detail.content or b"Level of risk" in detail.content
    followed = client.get(reverse("offenders:card", args=[goes.reference]))
    assert followed.url == reverse("offenders:nominal", args=[stays.reference])
    assert client.get(reverse("offenders:history", args=[stays.reference])).status_code == 200
    make_identifier(nominal=stays, kind=IdentifierKind.PHONE, value="01632960201")
    done = Merge.objects.get()
    undo = reverse("offenders:merge-undo", args=[done.public_id])
    boxes = client.get(undo).context["form"].fields["to_merged"].choices
    assert [words for _, words in boxes if "01632960201" in words]
    client.post(undo, {"reason": WHY, "to_merged": [boxes[0][0]]})
    done.refresh_from_db()
    assert done.state == MergeState.UNDONE
    assert client.get(reverse("offenders:card", args=[goes.reference])).status_code == 200


def test_nothing_is_chosen_before_and_what_was_typed_stays(client, lead):
    stays, goes = make_pair(lead)
    url = reverse("offenders:merge-records", args=[stays.reference, goes.reference])
    assert b"checked" not in client.get(url).content
    answer = client.post(url, {"reason": WHY, "version": 1, "other_version": 1})
    assert answer.status_code == 422
    assert WHY.encode() in answer.content


def test_a_record_that_the_reader_must_not_know_is_not_there(client, lead):
    own, hidden = make_nominal(unit=lead.unit), make_nominal(is_restricted=True)
    missing = client.get(reverse("offenders:compare", args=[own.reference, "V-999999"]))
    for name in ("offenders:compare", "offenders:merge-records"):
        assert client.get(reverse(name, args=[own.reference, hidden.reference])).status_code == missing.status_code == 404
    choose = reverse("offenders:same-person-choose", args=[own.reference])
    assert client.post(choose, {"reference": hidden.reference}).status_code == 404


def test_a_reader_of_the_marker_alone_sees_nothing_of_the_person_and_both_looks_are_recorded(client, lead):
    own, other = make_nominal(unit=lead.unit), make_nominal(surname="Featherstone", given_names="Marigold")
    page = client.get(reverse("offenders:compare", args=[own.reference, other.reference])).content.decode()
    assert "Featherstone" not in page
    assert "Not open to you" in page
    assert other.unit.name in page
    assert Event.objects.filter(verb="viewed", nominal__in=[own.pk, other.pk]).values("nominal").distinct().count() == 2


def test_the_reference_of_a_merged_record_tells_nobody_who_may_not_know_the_other(client, lead):
    stays, goes = make_pair(lead)
    merge(lead, stays, goes)
    Nominal.objects.filter(pk=stays.pk).update(is_restricted=True)
    client.force_login(make_user(unit=lead.unit))
    gone = client.get(reverse("offenders:card", args=[goes.reference]))
    missing = client.get(reverse("offenders:card", args=["V-999999"]))
    assert gone.status_code == missing.status_code == 404


def test_an_offer_is_decided_by_the_other_side_and_hidden_from_others(client, lead):
    stays, goes = make_pair(lead)
    make_partnership(nominal=stays, force=make_unit().organisation)
    colleague, stranger = make_user(Role.SUPERVISOR, unit=lead.unit), make_user(Role.SUPERVISOR)
    offered = merge(lead, stays, goes, choices=keep(stays, goes))
    page, accept = (reverse(f"offenders:{name}", args=[offered.public_id]) for name in ("merge", "merge-accept"))
    assert b"Agree to merge" not in client.get(page).content
    assert client.post(accept, {"reason": WHY}).status_code == 403
    client.force_login(stranger)
    assert client.get(page).status_code == client.get(accept).status_code == 404
    client.force_login(colleague)
    assert b"Agree to merge" in client.get(page).content
    assert offered.merged.reference.encode() in client.get(reverse("offenders:merge-list")).content
    client.post(accept, {"reason": WHY})
    offered.refresh_from_db()
    assert offered.state == MergeState.MERGED


def test_the_api_answers_with_the_record_that_stays(client, lead):
    stays, goes = make_pair(lead)
    merge(lead, stays, goes)
    client.force_login(make_user(unit=lead.unit))
    answer = client.get(f"/api/v1/nominals/{goes.reference}/")
    listed = client.get("/api/v1/nominals/").json()["results"]
    assert answer.json()["reference"] == stays.reference
    assert [row["reference"] for row in listed] == [stays.reference]
