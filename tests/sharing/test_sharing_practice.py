"""What sharing goes by changes from a day on, by a force's administrators; what held before stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from audit.models import Event
from sharing.forms.agreements import AgreementForm
from sharing.models import AuthorityRule, MediaLine, Power
from sharing.reports.practice import media_lines_on, power_words, powers_on
from sharing.rules.authority import CIRCUMSTANCES
from sharing.services.practice import add_power, change_authority_rule, change_media_line, change_power, end_power
from tests.factories import make_agency, make_user
from tests.safety.expectations import PAGES, Perm

pytestmark = pytest.mark.django_db
TODAY = localdate()
LATER = TODAY + timedelta(days=10)
FROM = {"starts_on": LATER, "reason": "Policy 12", "source": "Policy 12"}
TERMS = {
    "authority": "disclosure_authority", "ranks": ["Supt"], "is_delegable": False, "is_in_minutes": False, "needs_press_office": False,
    "is_confirmed": True,
}  # fmt: skip


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR)


def rule(circumstance: str = "agency", day=TODAY) -> AuthorityRule:
    """Who decides on a day."""
    return AuthorityRule.objects.on(day).get(circumstance=circumstance)


def test_every_circumstance_has_a_rule_today_and_every_message_its_words():
    assert set(AuthorityRule.objects.on(TODAY).values_list("circumstance", flat=True)) == set(CIRCUMSTANCES)
    assert len(media_lines_on(TODAY)) == 7


def test_each_changes_from_its_day_on_and_the_past_stays(admin):
    before = rule(), Power.objects.on(TODAY).get(code="cja_325"), MediaLine.objects.on(TODAY).get(code="safety-first")
    after = (
        change_authority_rule(actor=admin, rule=before[0], **TERMS, **FROM),
        change_power(actor=admin, power=before[1], name="CJA 2003, s 325", allows="MAPPA", **FROM),
        change_media_line(actor=admin, line=before[2], words="Safety comes first.", **FROM),
    )
    eve = LATER - timedelta(days=1)
    found = [
        (rule(day=day), Power.objects.on(day).get(code="cja_325"), MediaLine.objects.on(day).get(code="safety-first"))
        for day in (eve, LATER)
    ]

    assert found == [before, after]
    assert Event.objects.filter(reason="Policy 12").count() == 3
    with pytest.raises(StaleRecord):
        change_authority_rule(actor=admin, rule=before[0], **TERMS, **FROM)


def test_powers_come_and_go_and_agreements_offer_those_of_today(admin):
    now = FROM | {"starts_on": TODAY}
    added = add_power(actor=admin, name="Policing Act 2030, section 4", allows="Everything", **now)
    with pytest.raises(DomainError, match="of this name"):
        add_power(actor=admin, name="policing act 2030 section 4", allows="x", **FROM)
    keeper = make_user(Role.INFORMATION_GOVERNANCE, organisation=admin.organisation)
    offered = dict(AgreementForm(actor=keeper).fields["powers"].choices)
    assert (added.code in offered, "dpa_28" in offered) == (True, False)

    end_power(actor=admin, power=added, starts_on=LATER, reason="Repealed")
    assert added in powers_on(LATER - timedelta(days=1))
    assert added not in powers_on(LATER)
    assert power_words([added.code, "nothing-known"]) == [added.name, "nothing-known"]


def test_agencies_and_officers_change_nothing(admin):
    power = Power.objects.on(TODAY).get(code="cja_325")
    for outsider in (make_user(Role.ADMINISTRATOR, organisation=make_agency()), make_user(Role.SUPERVISOR)):
        with pytest.raises(NotPermitted):
            change_authority_rule(actor=outsider, rule=rule(), **TERMS, **FROM)
        with pytest.raises(NotPermitted):
            add_power(actor=outsider, name="x", allows="x", **FROM)
        with pytest.raises(NotPermitted):
            end_power(actor=outsider, power=power, starts_on=LATER, reason="x")


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_changes(client, role):
    client.force_login(make_user(role))
    key = Power.objects.on(TODAY).get(code="cja_325").pk
    changing = [
        reverse("sharing:power-add"), reverse("sharing:power-change", args=[key]), reverse("sharing:power-end", args=[key]),
        reverse("sharing:authority-change", args=["agency"]), reverse("sharing:media-line-change", args=["safety-first"]),
    ]  # fmt: skip
    read = client.get(reverse("sharing:practice"))

    assert read.status_code == (200 if role in PAGES[Perm.VIEW_RULES] else 403)
    changes = role in PAGES[Perm.CHANGE_RULES]
    assert {client.get(page).status_code for page in changing} == {200 if changes else 403}
    assert [page in read.content.decode() for page in changing] == [changes] * 5


def test_pages_change_what_counts_from_a_day(client, admin):
    client.force_login(admin)
    day = {"starts_on_day": LATER.day, "starts_on_month": LATER.month, "starts_on_year": LATER.year, "reason": "x", "source": "Policy 12"}
    authority = reverse("sharing:authority-change", args=["media_or_public"])
    sent = {"authority": "senior_officer", "ranks": "ACC,  DCC ", "needs_press_office": "on", **day}

    assert client.post(authority, sent).status_code == 302
    assert rule("media_or_public", LATER).ranks == ["ACC", "DCC"]
    assert client.post(authority, sent | {"authority": "nobody"}).status_code == 422
    assert client.post(reverse("sharing:media-line-change", args=["help-us"]), {"words": "Help us.", **day}).status_code == 302
    assert "Help us." in client.get(reverse("sharing:practice")).content.decode()
    assert client.get(reverse("sharing:authority-change", args=["weather"])).status_code == 404
