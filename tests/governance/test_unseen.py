"""Records that only named people may know of are disposed of: their unit proposes, records management approves without seeing them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from actions.models import Action
from audit.models import Event
from governance.choices.retention import Criterion
from governance.models import Disposal, RetentionReview
from governance.reports.unseen import digest_of, unseen_by
from governance.services.disposal import dispose
from governance.services.retention_reviews import approve, give_back, propose
from offenders.models import Nominal
from tests.factories import make_exclusion, make_unit, make_user
from tests.governance.making_retention import make_hold, make_keeper, make_old_record, make_review

pytestmark = pytest.mark.django_db
SECRET = "He keeps bees behind the chapel."
NO = {criterion.value: (False, SECRET) for criterion in Criterion}
WHY = "Nothing about the bees speaks for keeping it."
NAME = "Quillfeather"


@pytest.fixture
def nominal() -> Nominal:
    """A record that only named people may know of."""
    nominal = make_old_record(is_restricted=True)
    nominal.names.create(surname=NAME, given_names="Ottoline")
    return nominal


@pytest.fixture
def keeper(nominal: Nominal) -> User:
    return make_keeper(nominal.force)


@pytest.fixture
def boss(nominal: Nominal) -> User:
    return make_user(Role.SUPERVISOR, unit=nominal.unit)


def proposed(nominal: Nominal, boss: User) -> RetentionReview:
    """A proposal of the unit to dispose of it."""
    return propose(actor=boss, review=make_review(nominal=nominal), version=1, answers=NO, decision="dispose", reason=WHY)


def browser(user: User) -> Client:
    """A browser of this user."""
    client = Client()
    client.force_login(user)
    return client


def pages(user: User, review: RetentionReview) -> list[str]:
    """Everything that the second person reads."""
    addresses = [("governance:unseen-list", []), *((f"governance:unseen-{name}", [review.public_id]) for name in ("approve", "give-back"))]
    return [browser(user).get(reverse(name, args=args)).content.decode() for name, args in addresses]


def test_the_unit_proposes_the_keeper_approves_unseen_and_the_unit_carries_it_out(nominal: Nominal, boss: User, keeper: User) -> None:
    review, reference = proposed(nominal, boss), nominal.reference
    asked = Action.objects.waiting().get(kind="retention-approval")
    assert (asked.nominal, asked.owner_role, asked.route) == (None, Role.INFORMATION_GOVERNANCE, "governance:unseen-list")
    digest = digest_of(review)

    address = reverse("governance:unseen-approve", args=[review.public_id])
    assert browser(keeper).post(address, {"version": review.version, "words": "Asked and answered."}).status_code == 302
    event = Event.objects.get(detail__act="Decision about retention approved")
    assert (event.actor, event.detail["approved"]) == (keeper, digest)
    review.refresh_from_db()
    with pytest.raises(NotPermitted):
        dispose(actor=keeper, review=review, version=None, confirmation=reference)
    assert Action.objects.waiting().get(kind="disposal-carry-out").owner_unit == nominal.unit
    disposal = dispose(actor=boss, review=review, version=None, confirmation=reference)

    assert (disposal.decided_by, disposal.approved_by, disposal.done_by) == (boss, keeper, boss)
    assert not Nominal.objects.filter(pk=nominal.pk).exists()
    assert not Action.objects.waiting().filter(kind="retention-approval").exists()


def test_the_second_person_learns_reference_rule_answers_and_digest_and_no_content(nominal: Nominal, boss: User, keeper: User) -> None:
    review = proposed(nominal, boss)
    shown = pages(keeper, review)

    for words in (nominal.reference, "Group 1: public protection", str(Criterion.HARM.label), boss.display_name, digest_of(review)):
        assert words in shown[0].replace("&#x27;", "'")
    working = [line["words"] for line in review.working]
    assert [words for words in (NAME, SECRET, WHY, *working) if any(words in page for page in shown)] == []
    for route in ("offenders:nominal", "governance:retention"):
        assert browser(keeper).get(reverse(route, args=[nominal.reference])).status_code == 404
    assert nominal.reference not in browser(keeper).get(reverse("governance:retention-list"), {"show": "approval"}).content.decode()


def test_the_second_person_does_not_learn_what_stands_in_the_way(nominal: Nominal, boss: User, keeper: User) -> None:
    review = proposed(nominal, boss)
    make_hold(nominal=nominal)

    with pytest.raises(DomainError) as error:
        approve(actor=keeper, review=review, version=None, words="Asked and answered.")

    assert str(error.value).startswith("Something stands in the way of disposal.")
    given = give_back(actor=keeper, review=review, version=None, words="See what stands in the way.")
    assert (given.state, given.returned_words) == ("open", "See what stands in the way.")
    assert not unseen_by(keeper).exists()


def test_nobody_else_and_nothing_else_is_told(nominal: Nominal, boss: User, keeper: User) -> None:
    make_review(nominal=make_old_record(nominal.unit, is_restricted=True))
    review = proposed(nominal, boss)
    proposed(make_old_record(nominal.unit), boss)
    excluded = make_keeper(nominal.force)
    make_exclusion(nominal=nominal, user=excluded)

    assert [row.pk for row in unseen_by(keeper)] == [review.pk]
    others: list[Any] = [
        excluded,
        boss,
        make_keeper(make_unit().organisation),
        make_user(Role.AUDITOR, organisation=nominal.force, unit=None),
    ]
    for user in others:
        assert not unseen_by(user).exists()
        with pytest.raises(NotPermitted):
            approve(actor=user, review=review, version=None, words="Asked and answered.")


def test_what_changed_after_it_was_read_is_not_approved_unseen(nominal: Nominal, boss: User, keeper: User) -> None:
    review = proposed(nominal, boss)
    RetentionReview.objects.filter(pk=review.pk).update(reason="Another reason than the one.", version=review.version + 1)

    answer = browser(keeper).post(
        reverse("governance:unseen-approve", args=[review.public_id]), {"version": review.version, "words": "Asked and answered."}
    )

    assert answer.status_code == 409
    changed = RetentionReview.objects.get()
    assert (changed.state, digest_of(changed) != digest_of(review)) == ("proposed", True)


@pytest.mark.parametrize(
    ("role", "is_own", "status"),
    [
        (Role.AUDITOR, True, 200), (Role.INFORMATION_GOVERNANCE, True, 200), (Role.SUPERVISOR, True, 200),
        (Role.OFFENDER_MANAGER, True, 403), (Role.SUPERVISOR, False, 404), (Role.INTELLIGENCE, True, 403), (Role.ADMINISTRATOR, True, 403),
    ],
)  # fmt: skip
def test_who_sees_its_certificate(nominal: Nominal, boss: User, role: Role, is_own: bool, status: int) -> None:
    keeper = make_keeper(nominal.force)
    approved = approve(actor=keeper, review=proposed(nominal, boss), version=None, words="Asked and answered.")
    dispose(actor=boss, review=approved, version=None, confirmation=nominal.reference)
    user = make_user(role, unit=nominal.unit if is_own else make_unit(organisation=nominal.force))

    page = browser(user).get(reverse("governance:disposal", args=[Disposal.objects.get().public_id]))

    assert page.status_code == status
    assert [words for words in (NAME, SECRET, WHY) if words in page.content.decode()] == []


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    nominal: Nominal, boss: User, keeper: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        proposed(make_old_record(nominal.unit, is_restricted=True), boss)
    client = browser(keeper)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("governance:unseen-list")).content.decode().count("Approve the proposal") == 5
