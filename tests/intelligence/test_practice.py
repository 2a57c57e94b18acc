"""What intelligence work goes by changes from a day on, by a force's administrators, and holds at once; what held before stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from intelligence.forms.information import ReportForm
from intelligence.forms.tasking import TaskingForm
from intelligence.models import ContactLimit, MeansRule, SourceReview, Suggestion
from intelligence.reports.practice import contact_limit_on, means_needing_authority, sources_on, suggestions_for
from intelligence.rules.information import QUESTIONS
from intelligence.services.information import submit_report
from intelligence.services.practice import change_contact_limit, change_means, change_suggestion
from intelligence.services.tasking import raise_tasking
from offenders.models import InformationSource
from offenders.services.sources import add_source, end_source
from tests.factories import make_agency, make_nominal, make_user
from tests.intelligence.making_reports import GIVER, make_bureau, make_draft, make_sent, source
from tests.intelligence.making_taskings import wanted
from tests.safety.expectations import PAGES, Perm

pytestmark = pytest.mark.django_db
READERS, CHANGERS = PAGES[Perm.VIEW_RULES], PAGES[Perm.CHANGE_RULES]
TODAY = localdate()
LATER = TODAY + timedelta(days=10)
FROM = {"starts_on": LATER, "reason": "Policy 12"}
NOW = {"starts_on": TODAY, "reason": "Policy 12"}
WRITTEN = {"source": "Policy 12"}


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def author(admin):
    return make_user(Role.OPERATIONAL, organisation=admin.organisation)


def limit(day: date = TODAY) -> ContactLimit:
    """The limit of a day."""
    return contact_limit_on(day)


def suggestion(question: str, day: date = TODAY) -> Suggestion:
    """What a yes to a question suggests on a day."""
    (found,) = suggestions_for({question: "yes"}, day)
    return found


def means(day: date = TODAY) -> MeansRule:
    """The rule of a day."""
    return MeansRule.objects.on(day).get()


def test_at_first_there_are_the_limits_of_practice():
    assert (limit().contacts, limit().days) == (3, 90)
    answers = {"trust": "yes", "harm": "yes", "at_risk": "no", "substances": "unknown"}
    assert [each.question for each in suggestions_for(answers, TODAY)] == ["harm", "trust"]
    assert all(suggestion(question).source for question in QUESTIONS)
    asked = ["patrol", "online", "surveillance"]
    assert [means_needing_authority(asked, date(year, 1, 1)) for year in (1999, 2010, 2026)] == [
        [], ["surveillance"], ["online", "surveillance"],
    ]  # fmt: skip


def test_each_changes_from_its_day_on_and_the_past_stays(admin):
    before = limit(), suggestion("harm"), means()
    after = (
        change_contact_limit(actor=admin, limit=before[0], contacts=2, days=30, **FROM, **WRITTEN),
        change_suggestion(actor=admin, suggestion=before[1], words="Ring the manager", doer="bureau", **FROM, **WRITTEN),
        change_means(actor=admin, rule=before[2], means=["anpr"], **FROM, **WRITTEN),
    )
    eve = LATER - timedelta(days=1)

    assert (limit(eve), suggestion("harm", eve), means(eve)) == before
    assert (limit(LATER), suggestion("harm", LATER), means(LATER)) == after
    assert set(Event.objects.filter(reason="Policy 12").values_list("detail__act", flat=True)) == {
        "Limit of contacts changed", "Suggestion of a question changed", "Means that need an authority changed",
    }  # fmt: skip


def test_two_changes_do_not_cross_and_the_past_is_not_changed(admin):
    before = limit()
    with pytest.raises(DomainError, match="today or a later day"):
        change_contact_limit(actor=admin, limit=before, contacts=2, days=30, starts_on=TODAY - timedelta(days=1), reason="x", **WRITTEN)
    new = change_contact_limit(actor=admin, limit=before, contacts=2, days=30, **FROM, **WRITTEN)
    with pytest.raises(StaleRecord):
        change_contact_limit(actor=admin, limit=before, contacts=4, days=30, **FROM, **WRITTEN)
    with pytest.raises(DomainError, match="Choose a later day"):
        change_contact_limit(actor=admin, limit=new, contacts=4, days=30, **FROM, **WRITTEN)
    with pytest.raises(IntegrityError, match="contact_limits_do_not_overlap"), transaction.atomic():
        ContactLimit.objects.create(contacts=5, days=5, period=new.period, source="x")


@pytest.mark.parametrize(("wrong", "field"), [({"contacts": 1, "days": 9}, "contacts"), ({"contacts": 2, "days": 0}, "days")])
def test_a_limit_counts_something(admin, wrong, field):
    with pytest.raises(DomainError) as refused:
        change_contact_limit(actor=admin, limit=limit(), **wrong, **FROM, **WRITTEN)
    assert refused.value.field == field


def test_the_limit_holds_for_the_next_report_without_a_restart(admin, author):
    told = {"author": author, "source": source("public"), "giver": GIVER, "nominal": make_nominal(unit=author.unit)}
    bureau = make_bureau(author.organisation)
    make_sent(**told)
    change_contact_limit(actor=admin, limit=limit(), contacts=2, days=5, **NOW, **WRITTEN)
    make_sent(**told)
    with row_security(bureau):
        assert SourceReview.objects.get().contacts == 2


def test_a_suggestion_holds_at_once_with_whoever_does_it(client, admin, author):
    change_suggestion(actor=admin, suggestion=suggestion("harm"), words="Ring the manager", doer="author", **NOW, **WRITTEN)
    nominal = make_nominal(unit=author.unit)
    draft = make_draft(author=author, nominal=nominal, answers={"harm": ("yes", "")})
    client.force_login(author)
    assert "Ring the manager (you)" in client.get(reverse("intelligence:report-send", args=[draft.public_id])).content.decode()
    make_sent(author=author, nominal=nominal, answers={"harm": ("yes", "")}, accepted=("harm",))
    assert Action.objects.get(kind="report-suggestion").owner == author
    assert Action.objects.get(kind="report-suggestion").title == "Intelligence: ring the manager"


def test_means_need_an_authority_at_once_and_the_form_says_which(admin):
    bureau = make_bureau(admin.organisation)
    asked = wanted(unit=make_user(Role.OPERATIONAL, organisation=admin.organisation).unit, means=["anpr"])
    raise_tasking(actor=bureau, **asked)
    change_means(actor=admin, rule=means(), means=["anpr"], **NOW, **WRITTEN)
    with pytest.raises(DomainError, match="“ANPR” needs a written authority"):
        raise_tasking(actor=bureau, **asked)
    assert TaskingForm(actor=bureau).fields["authority"].help_text == "Needed for: ANPR."


def test_sources_come_and_go_by_the_day(admin):
    added = add_source(actor=admin, name="Street pastors", asks="giver", **FROM)
    again = {"actor": admin, "name": "street  pastors", "reason": "x"}
    with pytest.raises(DomainError, match="of this name"):
        add_source(starts_on=LATER + timedelta(days=1), **again)
    end_source(actor=admin, source=added, starts_on=LATER + timedelta(days=5), reason="x")
    with pytest.raises(StaleRecord):
        end_source(actor=admin, source=added, starts_on=LATER + timedelta(days=6), reason="x")
    second = add_source(starts_on=LATER + timedelta(days=5), **again)

    days = [LATER + timedelta(days=number) for number in (-1, 0, 4, 5)]
    found = [set(sources_on(day)) & {added, second} for day in days]
    assert found == [set(), {added}, {added}, {second}]
    with pytest.raises(DomainError, match="letters"):
        add_source(actor=admin, name="!?", **FROM)


def test_a_report_asks_what_its_source_asks_and_takes_none_that_has_ended(admin, author):
    added = add_source(actor=admin, name="Street pastors", asks="prison", **NOW)
    draft = make_draft(author=author, source=added)
    with pytest.raises(DomainError) as refused:
        submit_report(actor=author, report=draft, version=draft.version)
    assert [each.field for each in refused.value.errors] == ["prison", "prison_officer"]

    draft = make_draft(author=author, source=source("anonymous"))
    InformationSource.objects.filter(code="anonymous").update(period=(date(1997, 9, 1), TODAY))
    assert "anonymous" not in {row.code for row in ReportForm().fields["source"].queryset}
    with pytest.raises(DomainError) as refused:
        submit_report(actor=author, report=draft, version=draft.version)
    assert [each.field for each in refused.value.errors] == ["source"]


def test_agencies_and_officers_change_nothing(author):
    for outsider in (make_user(Role.ADMINISTRATOR, organisation=make_agency()), author):
        with pytest.raises(NotPermitted):
            change_contact_limit(actor=outsider, limit=limit(), contacts=2, days=9, **FROM, **WRITTEN)
        with pytest.raises(NotPermitted):
            change_suggestion(actor=outsider, suggestion=suggestion("harm"), words="x", doer="author", **FROM, **WRITTEN)
        with pytest.raises(NotPermitted):
            change_means(actor=outsider, rule=means(), means=[], **FROM, **WRITTEN)
        with pytest.raises(NotPermitted):
            add_source(actor=outsider, name="Street pastors", **FROM)
        with pytest.raises(NotPermitted):
            end_source(actor=outsider, source=source(), **FROM)


def changing() -> list[str]:
    """Where things are changed."""
    plain = [reverse(f"intelligence:{name}") for name in ("contact-limit-change", "means-change", "source-add")]
    harm, police = reverse("intelligence:suggestion-change", args=["harm"]), reverse("intelligence:source-end", args=[source().pk])
    return [*plain, harm, police]


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_changes(client, role):
    client.force_login(make_user(role))
    read = client.get(reverse("intelligence:practice"))
    assert read.status_code == (200 if role in READERS else 403)
    assert {client.get(page).status_code for page in changing()} == {200 if role in CHANGERS else 403}
    assert [page in read.content.decode() for page in changing()] == [role in CHANGERS] * 5
    knows = role in CHANGERS or role == Role.INTELLIGENCE
    assert ("At contact 3 within 90 days" in read.content.decode()) == knows


def sent(**values: Any) -> dict[str, Any]:
    """What a page of dated data sends."""
    return {**values, "reason": "Policy 12", "starts_on_day": LATER.day, "starts_on_month": LATER.month, "starts_on_year": LATER.year}


def test_pages_change_what_counts_from_a_day_and_show_it(client, admin):
    client.force_login(admin)
    contact, need, add, harm, police = changing()
    answers = [
        client.post(contact, sent(contacts=4, days=60, **WRITTEN)),
        client.post(need, sent(means=["anpr"], **WRITTEN)),
        client.post(add, sent(name="Street pastors", asks="")),
        client.post(harm, sent(words="Ring the manager", doer="bureau", **WRITTEN)),
        client.post(police, sent()),
    ]
    assert [answer.status_code for answer in answers] == [302] * 5
    page = client.get(reverse("intelligence:practice")).content.decode()
    limits = ("At contact 4 within 60 days", "At contact 3 within 90 days")
    for words in (*limits, "Ring the manager", "Street pastors", "Until the day before"):
        assert words in page
    assert client.post(police, sent()).status_code == 409
    assert client.post(contact, sent(contacts=1, days=60, **WRITTEN)).status_code == 422
    assert client.get(reverse("intelligence:suggestion-change", args=["weather"])).status_code == 404
