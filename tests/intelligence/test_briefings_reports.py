"""Released intelligence in briefings: as it stood, with grade and conditions, and away from whoever may not know of somebody it names."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.permissions import Perm
from actions.models import Notification
from intelligence.models import Briefing, BriefingReport
from intelligence.reports.briefings import releases_about
from intelligence.services.briefings import make_briefing
from intelligence.services.information import add_subject, submit_report
from intelligence.services.information_evaluating import release_report, withdraw_report
from intelligence.services.information_routing import route_reports
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_reports import SAFE, evaluate, make_bureau, make_draft, make_release, make_sent

pytestmark = pytest.mark.django_db
TERMS = "Not to be told to the suspect"


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def detective(officer):
    return make_user(Role.OPERATIONAL, organisation=officer.organisation, collar_number="4417")


@pytest.fixture
def bureau(officer):
    return make_bureau(officer.organisation)


def released(nominal, bureau, **values):
    """A report about the person that was released."""
    author = make_user(Role.OPERATIONAL, organisation=nominal.force)
    return make_release(report=make_sent(author=author, nominal=nominal), by=bureau, **values)


def pack(officer, nominal, reader, reports, conditions=""):
    """A briefing with released reports."""
    said = {"offence": "Theft", "crime_reference": "NM/1", "handling": "Do not copy", "parts": [], "intelligence": ""}
    until = localdate() + timedelta(days=9)
    return make_briefing(
        actor=officer, nominal=nominal, reports=reports, conditions=conditions, valid_until=until, recipients=[reader], **said
    )


def seen(client, reader, briefing):
    """What a reader sees on the page and on paper."""
    client.force_login(reader)
    url = reverse("intelligence:briefing", args=[briefing.public_id])
    paper = PdfReader(io.BytesIO(client.post(f"{url}paper/").content))
    return client.get(url).content.decode(), " ".join("".join(page.extract_text() for page in paper.pages).split())


def test_its_author_picks_released_texts_in_the_form(client, officer, nominal, detective, bureau):
    release = released(nominal, bureau)
    other = released(make_nominal(offender_manager=officer), bureau)
    make_sent(author=detective, nominal=nominal)
    client.force_login(officer)
    url, day = reverse("intelligence:briefing-make", args=[nominal.reference]), localdate() + timedelta(days=9)
    form = {"offence": "Theft", "crime_reference": "NM/2", "handling": "None", "recipients": "4417", "reports": [release.pk]}
    form |= {"valid_until_day": day.day, "valid_until_month": day.month, "valid_until_year": day.year}

    assert f"{release.report.reference}, {release.grade}: {SAFE}" in client.get(url).content.decode()
    assert list(client.get(url).context["form"].fields["reports"].queryset) == [release]
    assert client.post(url, form | {"reports": [other.pk]}).status_code == 422
    assert client.post(url, form).status_code == 302
    assert [(row.release, row.conditions) for row in BriefingReport.objects.all()] == [(release, "")]


def test_without_released_intelligence_the_form_does_not_ask(client, officer, nominal):
    client.force_login(officer)
    fields = client.get(reverse("intelligence:briefing-make", args=[nominal.reference])).context["form"].fields
    assert "reports" not in fields
    assert "conditions" not in fields


def test_readers_get_the_text_as_it_stood_with_its_grade(client, officer, nominal, detective, bureau):
    briefing = pack(officer, nominal, detective, [released(nominal, bureau)])
    assert not may(detective, Perm.VIEW_CASE_FILE, nominal)
    for shown in seen(client, detective, briefing):
        assert SAFE in shown
        assert "2A P" in shown


def test_conditions_are_said_and_go_with_it(client, officer, nominal, detective, bureau):
    release = released(nominal, bureau, handling="C", conditions="Bureau agrees first")
    with pytest.raises(DomainError, match="which conditions") as refused:
        pack(officer, nominal, detective, [release], " ")
    assert (refused.value.field, Briefing.objects.count()) == ("conditions", 0)
    for shown in seen(client, detective, pack(officer, nominal, detective, [release], TERMS)):
        assert "Bureau agrees first" in shown
        assert TERMS in shown


def test_conditions_of_one_report_do_not_bind_another(officer, nominal, detective, bureau):
    free, bound = released(nominal, bureau), released(nominal, bureau, handling="C", conditions="Bureau agrees first")
    pack(officer, nominal, detective, [free, bound], TERMS)
    assert list(BriefingReport.objects.values_list("release", "conditions")) == [(free.pk, ""), (bound.pk, TERMS)]


def test_a_correction_and_a_withdrawal_show_and_are_told(client, officer, nominal, detective, bureau):
    release = released(nominal, bureau)
    briefing = pack(officer, nominal, detective, [release])
    report = evaluate(release.report, bureau, sanitised="He was at the library.", reason="Wrong place")
    release_report(actor=bureau, report=report, version=report.version)
    for shown in seen(client, detective, briefing):
        assert SAFE in shown
        assert "Corrected since" in shown
        assert "library" not in shown
    report.refresh_from_db()
    withdraw_report(actor=bureau, report=report, reason="Not true", version=report.version)
    for shown in seen(client, detective, briefing):
        assert SAFE not in shown
        assert "Withdrawn since: do not use it" in shown
        assert report.reference in shown
    told = Notification.objects.filter(recipient=detective, text__startswith="Intelligence in a briefing").order_by("pk")
    assert [row.text.removeprefix("Intelligence in a briefing for you ") for row in told] == [
        "was corrected", "was withdrawn: do not use it",
    ]  # fmt: skip


def test_what_was_withdrawn_or_corrected_meanwhile_is_not_put_in(officer, nominal, detective, bureau):
    release = released(nominal, bureau)
    withdraw_report(actor=bureau, report=release.report, reason="Not true", version=release.report.version)
    with pytest.raises(DomainError, match="meanwhile"):
        pack(officer, nominal, detective, [release])


def test_who_may_not_know_of_somebody_named_gets_nothing_of_it(client, officer, nominal, detective, bureau):
    other = make_nominal(unit=officer.unit)
    author = make_user(Role.OPERATIONAL, organisation=nominal.force)
    draft = make_draft(author=author, nominal=nominal)
    add_subject(actor=author, report=draft, nominal=other)
    sent = submit_report(actor=author, report=draft, version=draft.version)
    route_reports(actor=None)
    release = make_release(report=sent, by=bureau)
    briefing = pack(officer, nominal, detective, [release, released(nominal, bureau, sanitised="Another matter.")])
    assert all(SAFE in shown for shown in seen(client, detective, briefing))
    make_exclusion(nominal=other, user=detective)

    for shown in seen(client, detective, briefing):
        assert SAFE not in shown
        assert release.report.reference not in shown
        assert "Another matter." in shown
    withdraw_report(actor=bureau, report=release.report, reason="Not true", version=release.report.version)
    assert not Notification.objects.filter(recipient=detective, text__contains="in a briefing").exists()


def test_a_report_that_only_may_be_about_the_person_is_not_offered(officer, nominal, bureau):
    release = released(nominal, bureau)
    release.report.routes.update(is_named=False)
    assert not releases_about(officer, nominal).exists()
    release.report.routes.update(is_about=True, taken_by=officer, taken_at=release.released_at, did="Looked")
    assert list(releases_about(officer, nominal)) == [release]
