"""What agencies tell: who sees it, what it sets going, and how it becomes a report."""

import pytest
from django.utils.timezone import localdate, now

from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError, NotPermitted
from accounts.permissions import Perm
from actions.models import Action, Notification, Occurrence
from sharing.choices.news import NewsKind
from sharing.models import Agreement, PartnerNews
from sharing.reports.originators import held_back
from sharing.rules.news import CONTROLLED
from sharing.services import news as services
from sharing.services.items import choose_items
from sharing.services.news import CONSENT
from tests.factories import make_agency, make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_reports import make_released_row
from tests.sharing.making_decisions import make_agreement, make_item_row
from tests.sharing.making_partners import make_news, share
from tests.sharing.making_releases import draft_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """An offender manager."""
    return make_user()


def test_events_go_to_units_and_intelligence_to_the_bureau_alone(officer):
    bureau = make_user(Role.INTELLIGENCE, organisation=officer.organisation)
    event = make_news(force=officer.organisation)
    secret = make_news(force=officer.organisation, kind=NewsKind.INTELLIGENCE)
    assert list(PartnerNews.objects.for_user(officer)) == [event]
    assert list(PartnerNews.objects.for_user(bureau, Perm.VIEW_REPORT)) == [secret]
    assert not PartnerNews.objects.for_user(bureau).exists()
    assert not PartnerNews.objects.for_user(make_user()).exists()
    assert {action.owner_role for action in Action.objects.waiting().filter(kind="partner-news")} == {Role.SUPERVISOR, Role.INTELLIGENCE}


def test_event_is_taken_linked_and_closed(officer):
    nominal = make_nominal(offender_manager=make_user(unit=officer.unit))
    elsewhere = make_user(unit=make_unit(organisation=officer.organisation))
    news = make_news(force=officer.organisation, kind=NewsKind.RELEASE)
    with pytest.raises(DomainError):
        services.link_news(actor=officer, news=news, nominal=nominal, version=news.version)
    taken = services.take_news(actor=officer, news=news, version=news.version)
    assert not PartnerNews.objects.for_user(elsewhere).exists()
    linked = services.link_news(actor=officer, news=taken, nominal=nominal, version=taken.version)
    assert Notification.objects.get(recipient=nominal.offender_manager).nominal == nominal.pk
    assert list(Occurrence.objects.values_list("kind", "nominal")) == [("release", nominal.pk)]
    with pytest.raises(DomainError):
        services.close_news(actor=officer, news=linked, outcome=" ", version=linked.version)
    closed = services.close_news(actor=officer, news=linked, outcome="Visited", version=linked.version)
    assert (closed.state, closed.closed_by) == ("closed", officer)
    assert not Action.objects.waiting().filter(kind="partner-news").exists()


def test_event_about_something_shared_is_linked_by_itself(officer):
    nominal = make_nominal(offender_manager=officer)
    agency = make_agency(kind=OrganisationKind.PRISON)
    release = share(nominal, agency, make_agreement(force=nominal.force, agency=agency))
    news = make_news(force=nominal.force, agency=agency, kind=NewsKind.RECALL, release_key=release.public_id, subject_name="")
    assert (news.unit, news.nominal) == (officer.unit, nominal)
    assert Occurrence.objects.get().kind == "recall"
    Agreement.objects.update(suspended_at=now(), suspended_by=officer, suspend_reason="Breach")
    with pytest.raises(DomainError):
        make_news(force=nominal.force, agency=agency, release_key=release.public_id)


def test_news_of_a_hidden_record_is_hidden_with_it(officer):
    nominal = make_nominal(offender_manager=officer)
    colleague = make_user(unit=officer.unit)
    make_exclusion(nominal=nominal, user=colleague)
    taken = services.take_news(actor=officer, news=make_news(force=officer.organisation))
    services.link_news(actor=officer, news=taken, nominal=nominal, version=taken.version)
    assert not PartnerNews.objects.for_user(colleague).exists()


def test_bureau_makes_a_report_that_says_whose_control_it_is_under(officer):
    bureau = make_user(Role.INTELLIGENCE, organisation=officer.organisation)
    news = make_news(force=officer.organisation, kind=NewsKind.INTELLIGENCE, needs_consent=True, how_known="Seen by staff")
    report = services.turn_into_report(actor=bureau, news=news, version=news.version)
    report.refresh_from_db()
    assert (report.author, report.state, report.source.code, report.seen_on) == (bureau, "draft", "probation", news.happened_on)
    assert CONSENT in report.original
    assert news.text in report.original
    assert news.reference in report.original
    assert report.subjects.get().called == "Arthur Sample"
    news.refresh_from_db()
    assert (news.state, news.report) == ("closed", report)
    with pytest.raises(DomainError):
        services.turn_into_report(actor=bureau, news=news, version=news.version)
    with pytest.raises(NotPermitted):
        services.turn_into_report(actor=officer, news=news, version=news.version)


def test_news_says_what_of_whom_and_when(officer):
    for wrong in ({"text": " "}, {"subject_name": ""}, {"happened_on": localdate().replace(year=2099)}):
        with pytest.raises(DomainError):
            make_news(force=officer.organisation, **wrong)
    with pytest.raises(DomainError):
        make_news(force=officer.organisation, agency=make_agency(kind=OrganisationKind.HOUSING))


def test_what_an_agency_controls_is_not_shared_before_it_agrees(officer):
    nominal = make_nominal(offender_manager=officer)
    bureau = make_user(Role.INTELLIGENCE, organisation=officer.organisation)
    news = make_news(force=officer.organisation, kind=NewsKind.INTELLIGENCE, needs_consent=True)
    PartnerNews.objects.filter(pk=news.pk).update(report=make_released_row(nominal=nominal))
    report = PartnerNews.objects.get().report
    draft, key = draft_with(nominal), f"intelligence:{report.public_id}"
    with pytest.raises(DomainError, match=CONTROLLED):
        choose_items(actor=officer, decision=draft, version=draft.version, keys=[key])
    item = make_item_row(decision=draft, key=key, data_class="intelligence")
    assert list(map(str, held_back(officer, draft))) == [f"Item {item.position}: {CONTROLLED} Or take it out."]
    asked = {"consent": "asked", "asked_on": localdate(), "answered_on": None, "consent_words": ""}
    with pytest.raises(NotPermitted):
        services.record_consent(actor=officer, news=news, version=news.version, **asked)
    waits = services.record_consent(actor=bureau, news=news, version=news.version, **asked)
    assert held_back(officer, draft)
    with pytest.raises(DomainError, match="who at the agency"):
        services.record_consent(actor=bureau, news=news, version=waits.version, **asked | {"consent": "given", "answered_on": localdate()})
    given = {"consent": "given", "asked_on": localdate(), "answered_on": localdate(), "consent_words": "The head of service, in writing"}
    services.record_consent(actor=bureau, news=news, version=waits.version, **given)
    assert held_back(officer, draft) == []
    item.delete()
    draft.refresh_from_db()
    assert choose_items(actor=officer, decision=draft, version=draft.version, keys=[key]).items.count() == 1


def test_what_no_agency_controls_needs_no_consent(officer):
    bureau = make_user(Role.INTELLIGENCE, organisation=officer.organisation)
    news = make_news(force=officer.organisation, kind=NewsKind.INTELLIGENCE)
    with pytest.raises(DomainError, match="needs no consent"):
        services.record_consent(
            actor=bureau, news=news, version=news.version, consent="asked", asked_on=localdate(), answered_on=None, consent_words=""
        )
