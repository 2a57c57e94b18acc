"""Pages of taskings: the bureau raises one, the unit reads it on its sheet and reports, a colleague ends it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from intelligence.models import InformationReport, Tasking, TaskingReceipt
from intelligence.services.tasking import put_on_sheets
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_reports import make_bureau
from tests.intelligence.making_taskings import WANTED, make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def raiser(officer):
    return make_bureau(officer.organisation)


def parts(name, day):
    """A date as a browser sends it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(officer, **more):
    """What a browser sends of a tasking."""
    today = localdate()
    plain = {"level": "bcu", "requirement": WANTED, "reason": "Reports", "means": ["patrol"], "unit": officer.unit_id}
    return plain | {"handling": "Unit only"} | parts("starts_on", today) | parts("ends_on", today + timedelta(days=9)) | more


def url(name, tasking=None):
    """The address of a page."""
    return reverse(f"intelligence:{name}", args=[tasking.public_id] if tasking else [])


def test_a_tasking_is_raised_changed_and_made_live(client, raiser, officer):
    nominal = make_nominal(unit=officer.unit)
    client.force_login(raiser)
    refused = client.post(url("tasking-raise"), typed(officer, means=["surveillance"], nominals=nominal.reference))
    assert refused.status_code == 409
    assert "needs a written authority" in refused.content.decode()
    assert WANTED in refused.content.decode()

    client.post(url("tasking-raise"), typed(officer, nominals=nominal.reference))
    draft = Tasking.objects.get()
    assert nominal.reference in client.get(url("tasking-change", draft)).content.decode()
    client.post(url("tasking-change", draft), typed(officer, requirement="Who drives", version=draft.version))
    client.post(url("tasking-issue", draft), {"version": 1})
    draft.refresh_from_db()
    assert (draft.requirement, draft.state) == ("Who drives", "draft")  # that version had gone
    client.post(url("tasking-issue", draft), {"version": draft.version})
    draft.refresh_from_db()
    assert draft.state == "live"


def test_a_hidden_record_and_none_get_the_same_words(client, raiser, officer):
    nominal = make_nominal(unit=officer.unit)
    make_exclusion(nominal=nominal, user=raiser)
    client.force_login(raiser)
    hidden, missing = (
        client.post(url("tasking-raise"), typed(officer, nominals=reference)).content.decode().replace(reference, "X")
        for reference in (nominal.reference, "V-999999")
    )
    cut = "of which you may know"
    assert hidden.count(cut) == missing.count(cut) == 2
    assert not Tasking.objects.exists()


def test_the_unit_reads_its_sheet_and_reports_a_result(client, raiser, officer):
    tasking = make_live(actor=raiser, unit=officer.unit)
    today = localdate()
    put_on_sheets(actor=raiser, tasking=tasking, first=today, last=today, shifts=["late"])
    client.force_login(officer)
    assert "?day=" in client.get(url("tasking-sheet")).content.decode()
    for wrong in ({"day": "2026-13-45", "shift": "late"}, {"day": today.isoformat(), "shift": "noon"}):
        assert WANTED not in client.get(url("tasking-sheet"), wrong).content.decode()
    assert not TaskingReceipt.objects.exists()

    sheet = client.get(url("tasking-sheet"), {"day": today.isoformat(), "shift": "late"}).content.decode()

    assert WANTED in sheet
    assert "Each reading is recorded" in sheet
    assert "For this unit only" in sheet
    assert TaskingReceipt.objects.get().user == officer
    assert Event.objects.filter(actor=officer, detail__page="BriefingSheet", detail__ids=[tasking.pk]).exists()
    page = client.get(url("tasking", tasking)).content.decode()
    assert "Results" not in page
    assert "read by" not in page
    response = client.post(url("tasking-result", tasking), {"danger": "no", "about": "others"})
    report = InformationReport.objects.get(author=officer)
    assert (report.tasking, response["Location"]) == (tasking, url("report-write", report))
    assert "result of a tasking" in client.get(response["Location"]).content.decode()


def test_the_bureau_sees_who_read_it_and_ends_it(client, raiser, officer):
    tasking = make_live(actor=raiser, unit=officer.unit)
    put_on_sheets(actor=raiser, tasking=tasking, first=localdate(), last=localdate(), shifts=["late"])
    TaskingReceipt.objects.create(slot=tasking.slots.get(), user=officer)
    colleague = make_bureau(raiser.organisation)
    client.force_login(colleague)
    page = client.get(url("tasking", tasking)).content.decode()
    assert f"read by {officer.display_name}" in page
    assert url("tasking-review", tasking) in page

    stale = client.post(url("tasking-end", tasking), {"ending": "done", "reason": "Seen", "version": tasking.version - 1})
    assert (stale.status_code, "Seen" in stale.content.decode()) == (409, True)
    client.post(url("tasking-end", tasking), {"ending": "done", "reason": "Seen", "version": tasking.version})
    client.force_login(officer)
    assert client.get(url("tasking", tasking)).status_code == 404
    assert tasking.reference not in client.get(url("tasking-list")).content.decode()
