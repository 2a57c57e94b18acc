"""Pages of intelligence reports: an officer reports, the bureau evaluates and releases, the manager takes it, colleagues answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from actions.models import Action, Notification
from audit.models import Event
from intelligence.models import Dissemination, InformationGiver, InformationReport, ReportRoute, SourceReview
from intelligence.rules.information import QUESTIONS
from intelligence.services.information_routing import route_reports
from intelligence.views.information_bureau import CLUES
from offenders.models import Contact, Notice
from offenders.search import index_names
from offenders.services.leaks import TOLD
from offenders.services.sections import add_section
from offenders.views.base import LEAK_FIELD, LEAK_WARNING
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_reports import GIVER, SAFE, TEXT, evaluate, make_bureau, make_draft, make_release, make_sent, source
from tests.safety.things.custody import make_licence

pytestmark = pytest.mark.django_db
LIST = "/intelligence-reports/"


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    made = make_nominal(offender_manager=manager, surname="Quillfeather", given_names="Barnaby")
    index_names([made.pk])
    return made


@pytest.fixture
def author(manager):
    return make_user(Role.OPERATIONAL, organisation=manager.organisation)


@pytest.fixture
def bureau(author):
    return make_bureau(author.organisation)


def page(client, name, *args):
    """The text of a page."""
    response = client.get(reverse(f"intelligence:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def typed(report, **more):
    """What a browser sends of a report that is ready."""
    today = localdate()
    day = {"seen_on_day": today.day, "seen_on_month": today.month, "seen_on_year": today.year}
    answers = {f"answer_{code}": "no" for code in QUESTIONS}
    return {"original": TEXT, "source": source().pk, "version": report.version, **day, **answers, **more}


def test_somebody_in_danger_stops_the_report_before_it_begins(client, author):
    client.force_login(author)
    response = client.post(f"{LIST}start/", {"danger": "yes", "about": "others"})
    assert response.headers["Location"] == f"{LIST}danger/"
    assert "Ring 999" in page(client, "report-danger")
    assert Event.objects.filter(actor=author, detail__act="Report stopped: somebody is in danger now").count() == 1
    assert not InformationReport.objects.exists()
    assert client.post(f"{LIST}start/", {}).status_code == 422


def test_one_form_decides_between_case_file_and_report(client, author, manager, nominal):
    today = localdate()
    own = {"nominal": nominal.reference.lower(), "day_day": today.day, "day_month": today.month, "day_year": today.year}
    own |= {"way": "in_person", "said": "I have a new job"}
    for user, kept in ((manager, Contact), (author, Notice)):
        client.force_login(user)
        assert client.post(f"{LIST}start/", {"danger": "no", "about": "themselves"}).headers["Location"] == f"{LIST}own-words/"
        assert client.post(f"{LIST}own-words/", own).headers["Location"] == LIST
        assert kept.objects.filter(nominal=nominal).count() == 1
    make_exclusion(nominal=nominal, user=author)
    answers = [client.post(f"{LIST}own-words/", own | {"nominal": reference}) for reference in (nominal.reference, "V-999999")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert Notice.objects.count() == 1
    location = client.post(f"{LIST}start/", {"danger": "no", "about": "others"}).headers["Location"]
    assert location == f"{LIST}{InformationReport.objects.get().public_id}/"


def test_a_draft_is_kept_while_typed_and_every_button_keeps_it(client, author, nominal):
    client.force_login(author)
    client.post(f"{LIST}start/", {"danger": "no", "about": "others"})
    report = InformationReport.objects.get()
    url = f"{LIST}{report.public_id}/"
    assert client.post(f"{url}keep/", {"original": "Half a senten", "giver_name": "Jean Carter"}).status_code == 204
    assert "Half a senten" in page(client, "report-write", report.public_id)
    assert not Event.objects.filter(detail__icontains="senten").exists()
    found = client.post(url, typed(report, find="Quillfeather", search="yes"))
    assert (found.status_code, nominal.reference in found.content.decode(), TEXT in found.content.decode()) == (200, True, True)
    report.refresh_from_db()
    lacking = client.post(url, typed(report, go="yes", original=""))
    assert (lacking.status_code, "Write what was seen or said" in lacking.content.decode()) == (409, True)
    report.refresh_from_db()
    assert client.post(url, typed(report, person=nominal.reference)).headers["Location"] == url
    report.refresh_from_db()
    assert client.post(url, typed(report, called="Another", looks="Green coat", add="yes")).headers["Location"] == url
    assert [subject.nominal or subject.called for subject in report.subjects.all()] == [nominal, "Another"]
    report.refresh_from_db()
    assert client.post(url, typed(report, remove=report.subjects.last().pk)).headers["Location"] == url
    assert report.subjects.count() == 1
    report.refresh_from_db()
    assert client.post(url, typed(report, go="yes", version=1)).status_code == 409  # another window saved meanwhile
    assert client.post(url, typed(report, go="yes")).headers["Location"] == f"{url}send/"


def test_all_that_is_missing_is_said_at_once_and_leads_to_its_field(client, author):
    client.force_login(author)
    client.post(f"{LIST}start/", {"danger": "no", "about": "others"})
    report = InformationReport.objects.get()
    sent = {"source": source("public").pk, "giver_name": "Jean Carter", "go": "yes", "version": report.version}
    lacking = client.post(f"{LIST}{report.public_id}/", sent)

    summary = lacking.content.decode().split("govuk-error-summary__list")[1].split("</ul>")[0]
    asked = [f"answer_{code}_0" for code in QUESTIONS]
    care = ["nature", "how_obtained", "circumstances", "frequency_0", "will_ask_more_0", "uses_relationship_0"]
    wanted = ["original", "seen_on_day", "find", *asked, *(f"giver_{name}" for name in care)]
    assert set(re.findall(r'href="#id_(\w+)"', summary)) == set(wanted)
    for name in wanted:
        assert f'id="id_{name}"' in lacking.content.decode()


def test_a_search_in_the_form_tells_nothing_of_a_hidden_record(client, author, nominal):
    make_exclusion(nominal=nominal, user=author)
    client.force_login(author)
    report = make_draft(author=author)
    url = f"{LIST}{report.public_id}/"
    answers = []
    for text in ("Quillfeather", "Nobodyofthisname"):
        report.refresh_from_db()
        answers.append(client.post(url, typed(report, find=text, search="yes")).content.decode())
    assert ["No one found" in answer for answer in answers] == [True, True]
    report.refresh_from_db()
    assert client.post(url, typed(report, person=nominal.reference)).status_code == 404
    report.refresh_from_db()
    assert client.post(url, typed(report, person="V-999999")).status_code == 404


def test_the_last_look_suggests_warns_and_sends_and_then_the_giver_is_gone(client, author, nominal):
    client.force_login(author)
    giver = GIVER | {"will_ask_more": True, "more_reason": "She sees him daily"}
    report = make_draft(author=author, nominal=nominal, answers={"at_risk": ("yes", "Two boys")}, giver=giver)
    url = f"{LIST}{report.public_id}/"
    last = page(client, "report-send", report.public_id)
    assert ("Do not ask this person" in last, "Refer the child or adult at risk" in last) == (True, True)
    assert client.post(f"{url}send/", {"version": report.version, "accepted": ["at_risk"]}).headers["Location"] == LIST
    route_reports(actor=None)
    assert Action.objects.filter(kind="report-suggestion", owner=author).count() == 1
    assert "Waits for the bureau" in page(client, "report-list")
    own = page(client, "report-sent", report.public_id)
    assert (TEXT in own, "Birdwhistle" in own, GIVER["contact"] in own) == (True, False, False)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}keep/", {"original": "Later"}).status_code == 404


def test_a_draft_can_be_thrown_away_with_its_giver(client, author):
    client.force_login(author)
    report = make_draft(author=author, giver=GIVER)
    assert client.post(f"{LIST}{report.public_id}/discard/").status_code == 302
    with row_security(author):
        assert not InformationGiver.objects.exists()
    assert not InformationReport.objects.exists()


def test_the_bureau_evaluates_beside_the_words_as_written_and_is_warned_of_clues(client, author, bureau, nominal):
    report = make_sent(author=author, nominal=nominal, giver=GIVER, answers={"harm": ("yes", "Knife")})
    client.force_login(bureau)
    queue = page(client, "report-queue")
    assert (report.reference in queue, "Serious harm" in queue) == (True, True)
    whole = page(client, "report", report.public_id)
    assert (TEXT in whole, "Birdwhistle" in whole, nominal.reference in whole) == (True, True, True)
    form = page(client, "report-evaluate", report.public_id)
    assert (TEXT in form, "checked" in form) == (True, False)
    url = reverse("intelligence:report-evaluate", args=[report.public_id])
    data = {"sanitised": "Birdwhistle saw him", "grade_source": 2, "assessment": "A", "handling": "C", "conditions": "Do not copy"}
    data |= {"version": report.version}
    assert client.post(url, {"version": report.version}).status_code == 422
    held = client.post(url, data)
    assert (held.status_code, "the name birdwhistle" in held.content.decode()) == (409, True)
    assert client.post(url, data | {"sanitised": SAFE}).status_code == 302
    late = client.post(url, data | {"sanitised": "Another text"})
    assert (late.status_code, "Another text" in late.content.decode()) == (409, True)
    assert "another officer of the bureau releases it" in page(client, "report", report.public_id)
    report.refresh_from_db()
    colleague = make_bureau(report.force)
    client.force_login(colleague)
    assert client.post(reverse("intelligence:report-release", args=[report.public_id]), {"version": report.version}).status_code == 302
    assert InformationReport.objects.get().state == "released"


def test_a_warning_about_the_source_does_not_hide_that_a_colleague_was_first(client, author, bureau, nominal):
    report = make_sent(author=author, nominal=nominal, giver=GIVER)
    client.force_login(bureau)
    url = reverse("intelligence:report-evaluate", args=[report.public_id])
    data = {"sanitised": "Birdwhistle saw him", "grade_source": 2, "assessment": "A", "handling": "P", "version": report.version}
    evaluate(report, make_bureau(report.force))
    warned = client.post(url, data).content.decode()
    assert f'name="version" value="{report.version}"' in warned
    late = client.post(url, data | {CLUES: "on"})
    assert (late.status_code, InformationReport.objects.get().sanitised) == (409, SAFE)
    assert f'name="version" value="{report.version + 1}"' in late.content.decode()
    assert client.post(url, data | {CLUES: "on", "version": report.version + 1}).status_code == 302


def test_a_sanitised_text_that_repeats_what_is_kept_apart_is_held_up_and_its_owner_told(client, author, bureau, nominal, manager):
    kept = {"basis": "safeguarding", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}
    body, review = "She lives at Saltmarsh Cottage, 07700 900321", localdate() + timedelta(days=30)
    add_section(actor=manager, nominal=nominal, kind="victim", body=body, review_on=review, **kept)
    report = make_sent(author=author, nominal=nominal, giver=GIVER)
    client.force_login(bureau)
    url = reverse("intelligence:report-evaluate", args=[report.public_id])
    data = {"sanitised": "Birdwhistle: he rang 07700 900321", "grade_source": 2, "assessment": "A", "handling": "P"}
    data |= {"version": report.version}
    first, second = client.post(url, data), client.post(url, data | {CLUES: "on"})
    assert (first.status_code, LEAK_WARNING[:60] in first.content.decode()) == (409, False)
    assert (second.status_code, LEAK_WARNING[:60] in second.content.decode()) == (409, True)
    assert client.post(url, data | {CLUES: "on", LEAK_FIELD: "on"}).status_code == 302
    assert Notification.objects.filter(recipient=manager, text=TOLD).count() == 1
    assert manager.last_name not in second.content.decode()


def test_the_manager_reads_the_released_text_with_its_conditions_and_takes_it(client, author, bureau, nominal, manager):
    report = make_sent(author=author, nominal=nominal, giver=GIVER, answers={"harm": ("yes", "Knife")})
    client.force_login(manager)
    before = page(client, "information", nominal.reference)
    assert (report.reference in before, "once the intelligence bureau has released it" in before, TEXT in before) == (True, True, False)
    make_release(report=report, by=bureau, handling="C", conditions="Do not act on it alone")
    after = page(client, "information", nominal.reference)
    assert (SAFE in after, "Do not act on it alone" in after) == (True, True)
    for secret in (TEXT, author.last_name, author.display_name, "Birdwhistle", GIVER["contact"]):
        assert secret not in after
    url = reverse("intelligence:information-take", args=[nominal.reference, ReportRoute.objects.get().public_id])
    assert client.post(url, {"did": "Visited"}).status_code == 422
    assert client.post(url, {"did": "Visited", "is_about": "yes"}).status_code == 302
    assert "Visited" in page(client, "information", nominal.reference)
    client.force_login(bureau)
    assert "Visited" in page(client, "report", report.public_id)


def test_the_page_says_whom_in_probation_to_tell_of_a_person_on_licence(client, manager, nominal):
    client.force_login(manager)
    assert "tells probation" not in page(client, "information", nominal.reference)
    make_licence(nominal=nominal)
    text = page(client, "information", nominal.reference)
    assert ("tells probation" in text, "01632 960170" in text) == (True, True)


def test_whoever_was_sent_a_report_reads_it_with_its_conditions_and_answers(client, author, bureau, nominal):
    report = make_sent(author=author, nominal=nominal)
    make_release(report=report, by=bureau, handling="C", conditions="Do not copy")
    reader = make_user(Role.OPERATIONAL, organisation=report.force)
    client.force_login(bureau)
    url = reverse("intelligence:report-send-on", args=[report.public_id])
    assert client.post(url, {"recipients": "none", "conditions": "Do not copy"}).status_code == 422
    assert client.post(url, {"recipients": "", "conditions": "Do not copy"}).status_code == 409
    assert client.post(url, {"recipients": reader.collar_number, "conditions": "Do not copy", "expected": "Patrol"}).status_code == 302
    sent = Dissemination.objects.get()
    client.force_login(reader)
    assert "Not read yet" in page(client, "received-list")
    text = page(client, "received", sent.public_id)
    assert (SAFE in text, "Do not copy" in text, TEXT in text) == (True, True, False)
    assert client.post(reverse("intelligence:received", args=[sent.public_id]), {"did": "Patrolled twice"}).status_code == 302
    client.force_login(bureau)
    whole = page(client, "report", report.public_id)
    assert ("Patrolled twice" in whole, "Not read yet" in whole) == (True, False)


def test_the_bureau_asks_for_more_and_the_author_answers(client, author, bureau):
    report = make_sent(author=author)
    client.force_login(bureau)
    url = reverse("intelligence:report-return", args=[report.public_id])
    assert client.post(url, {"version": report.version, "reason": ""}).status_code == 422
    assert client.post(url, {"version": report.version, "reason": "Which pool was it?"}).status_code == 302
    client.force_login(author)
    assert "Which pool was it?" in page(client, "report-sent", report.public_id)
    answer = {"version": report.version + 1, "text": "The one in Tollgate Lane"}
    assert client.post(reverse("intelligence:report-sent", args=[report.public_id]), answer).status_code == 302
    assert InformationReport.objects.get().state == "submitted"


def test_a_report_that_is_closed_says_so_to_its_author_and_on_the_record(client, author, bureau, manager, nominal):
    report = make_sent(author=author, nominal=nominal)
    client.force_login(bureau)
    data = {"version": report.version, "reason": "Known and dealt with"}
    assert client.post(reverse("intelligence:report-reject", args=[report.public_id]), data).status_code == 302
    client.force_login(author)
    assert "No further action" in page(client, "report-list")
    client.force_login(manager)
    assert "closed it without further action" in page(client, "information", nominal.reference)


def test_a_released_report_is_withdrawn_and_readers_see_that_it_must_not_be_used(client, author, bureau, nominal, manager):
    report = make_sent(author=author, nominal=nominal)
    done = evaluate(report, bureau)
    client.force_login(bureau)
    client.post(reverse("intelligence:report-release", args=[report.public_id]), {"version": done.version})
    report.refresh_from_db()
    data = {"version": report.version, "reason": "Somebody else"}
    assert client.post(reverse("intelligence:report-withdraw", args=[report.public_id]), data).status_code == 302
    client.force_login(manager)
    text = page(client, "information", nominal.reference)
    assert ("Withdrawn: do not use it" in text, SAFE in text) == (True, False)


def test_the_bureau_decides_on_a_relationship_and_others_find_no_page(client, author, bureau):
    make_sent(author=author, giver=GIVER | {"uses_relationship": True, "more_reason": "His sister"})
    with row_security(bureau):
        review = SourceReview.objects.get()
    url = reverse("intelligence:source-review", args=[review.public_id])
    client.force_login(bureau)
    assert str(review.public_id) in page(client, "source-reviews")
    text = page(client, "source-review", review.public_id)
    assert ("Birdwhistle" in text, "<title>Confidential matter of the bureau" in text) == (True, True)
    assert client.post(url, {"version": 1, "outcome": "refer", "reason": "To the covert unit"}).status_code == 302
    assert "To the covert unit" in page(client, "source-review", review.public_id)
    for user, status in ((author, 403), (make_bureau(make_user().organisation), 404)):
        client.force_login(user)
        assert client.get(url).status_code == status
