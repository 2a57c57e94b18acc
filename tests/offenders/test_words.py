"""Words that are put together while something is done are read in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.trans_real import translation

from accounts.choices import Role
from accounts.errors import DomainError
from actions.choices import TimeUnit
from actions.rules import Length
from offenders.choices.registration import OrderKind
from offenders.guards.minutes import require_complete
from offenders.rules.orders import wrong_length
from offenders.search import index_names
from tests.factories import make_birth, make_nominal, make_user
from tests.offenders.making_meetings import make_item, make_minutes

DAY = date(2026, 11, 29)


@pytest.fixture
def in_welsh(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Put words into the Welsh catalogue for one test."""

    def add(words: dict[str, str]) -> None:
        for english, welsh in words.items():
            monkeypatch.setitem(translation("cy")._catalog._catalogs[0], english, welsh)

    return add


def test_a_refusal_and_the_label_in_it_are_read_in_one_language(in_welsh):
    sentence = "A {order} lasts {shortest} at least. Check the dates on the order."
    in_welsh({sentence: "[{order}] [{shortest}]", "Sexual risk order": "Gorchymyn"})
    refusal = wrong_length(OrderKind.SRO, DAY, DAY, {"order-sro-min": Length(2, TimeUnit.YEARS)})
    assert refusal is not None
    assert str(refusal) == "A sexual risk order lasts 2 years at least. Check the dates on the order."
    with override("cy"):
        assert str(refusal.on("ends_on")).startswith("[gorchymyn] [2 ")


@pytest.mark.django_db
def test_what_minutes_lack_is_named_in_the_language_of_the_reader(in_welsh):
    in_welsh({"Background": "Cefndir", "Diversity considerations": "Amrywiaeth"})
    with pytest.raises(DomainError) as refused:
        require_complete(make_minutes(item=make_item(nominal=make_nominal()), background="", diversity="n/a"))
    said = "Complete these parts first: Background; Diversity considerations. Where one does not apply, say why."
    assert str(refused.value) == said
    with override("cy"):
        assert "Cefndir; Amrywiaeth" in str(refused.value)


@pytest.mark.django_db
def test_why_somebody_was_found_is_told_in_the_language_of_the_page(client: Client, in_welsh):
    in_welsh({"Name equal": "Yr un enw", "Date of birth equal": "Yr un dyddiad geni"})
    user = make_user(Role.OFFENDER_MANAGER)
    nominal = make_nominal(unit=user.unit, surname="Quillfeather", given_names="Barnaby")
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    index_names([nominal.pk])
    client.force_login(user)
    asked = {"text": "Barnaby Quillfeather 14.3.1971"}
    shown = client.post(reverse("offenders:find"), asked, headers={"HX-Request": "true"}).content.decode()
    assert "Name equal; Date of birth equal" in shown
    client.get(reverse("accounts:language", args=["cy"]))
    shown = client.post(reverse("offenders:find"), asked, headers={"HX-Request": "true"}).content.decode()
    assert "Yr un enw; Yr un dyddiad geni" in shown
