"""Pages of requests for one's own data: forms keep what was typed, and nothing is chosen that nobody chose."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from accounts.choices import Role
from audit.choices import Verb
from audit.context import acting_as
from audit.models import Event
from audit.services import record_event
from disclosure.models import BundleItem, SubjectRequest
from tests.disclosure.making_subject_access import make_bundle, make_bundle_item, make_governance, make_subject_request
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather")


@pytest.fixture
def governance(client, nominal):
    made = make_governance(nominal)
    client.force_login(made)
    return made


def page(name: str, asked: SubjectRequest, *more: object) -> str:
    return reverse(f"disclosure:subject{name and '-' + name}", args=[asked.public_id, *more])


def day(name: str = "on") -> dict[str, int]:
    today = localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def test_taken_with_what_was_typed_kept_on_a_mistake(client, governance):
    sent = {"asks": "access", "name": "Barnaby Quillfeather", "received_by": "solicitor", "time": f"{localtime():%H:%M}", **day()}
    refused = client.post(reverse("disclosure:subject-take"), sent)
    assert refused.status_code == 409
    assert "Enter who asks for them" in refused.content.decode()
    assert 'value="Barnaby Quillfeather"' in refused.content.decode()

    answer = client.post(reverse("disclosure:subject-take"), sent | {"through": "Hale and Low, letter of authority"}, follow=True)

    assert SubjectRequest.objects.get().through == "Hale and Low, letter of authority"
    shown = answer.content.decode()
    assert "Prove who asks." in shown
    assert "Quillfeather" not in shown[shown.index("<title>") : shown.index("</title>")]


def test_the_list_marks_what_is_over_and_tells_the_unit_of_its_own_alone(client, nominal, governance):
    assert "No request is open." in client.get(reverse("disclosure:subject-list")).content.decode()
    ours, other = make_subject_request(nominal=nominal), make_subject_request(nominal=nominal, unit=None)
    shown = client.get(reverse("disclosure:subject-list")).content.decode()
    assert ours.reference in shown
    assert other.reference in shown
    client.force_login(nominal.offender_manager)
    shown = client.get(reverse("disclosure:subject-list")).content.decode()
    assert ours.reference in shown
    assert other.reference not in shown
    assert "Take a request" not in shown


def test_the_workbench_chooses_nothing_and_saves_what_was_chosen(client, nominal, governance):
    asked = make_subject_request(nominal=nominal, officer=governance)
    item = make_bundle_item(asked, keep=None)
    url = page("workbench", asked, item.source)
    shown = client.get(url).content.decode()
    assert '<option value="" selected>' in shown
    assert shown.count(" selected>") == 1
    assert "0 of 1 passages decided" in shown

    saved = client.post(url, {f"version_{item.pk}": 1, f"what_{item.pk}_1": "others"}, follow=True).content.decode()

    assert "1 of 1 passages decided: 0 kept, 1 removed" in saved
    assert "Waits for a second reader" in saved
    stale = client.post(url, {f"version_{item.pk}": 1, f"what_{item.pk}_1": "keep"})
    assert stale.status_code == 409
    assert BundleItem.objects.get().passages[0]["code"] == "others"
    assert f'name="version_{item.pk}" value="2"' in stale.content.decode(), "what was chosen can be saved again, knowing of it"
    assert client.get(page("workbench", asked, "offenders.nothing")).status_code == 404


def test_what_cannot_be_sealed_says_what_is_missing_and_shows_no_button(client, nominal, governance):
    asked = make_subject_request(nominal=nominal, officer=governance)
    make_bundle_item(asked, keep=None)
    shown = client.get(page("seal", asked)).content.decode()
    assert "1 passage is undecided" in shown
    assert "Seal it" not in shown
    refused = client.post(page("seal", asked), {"version": asked.version})
    assert refused.status_code == 409


def test_the_second_reader_reads_and_returns(client, nominal, governance):
    asked = make_subject_request(nominal=nominal, officer=make_governance(nominal))
    first, other = make_bundle_item(asked, keep=False), make_bundle_item(asked, keep=False)
    shown = client.get(page("second", asked)).content.decode()
    assert "2 to read." in shown
    assert "Removed</strong> It would harm the rights of somebody else" in shown
    client.post(page("read", asked, first.public_id), {"version": first.version})
    client.post(page("return", asked, other.public_id), {"version": other.version, "reason": "It is his own"})
    assert BundleItem.objects.get(pk=first.pk).read_by == governance
    assert "It is his own" in client.get(page("workbench", asked, other.source)).content.decode()


def test_a_sealed_paper_is_handed_out_and_each_reading_recorded(client, nominal, governance, monkeypatch):
    monkeypatch.setattr("disclosure.services.subject_access_bundles.bundle_paper", lambda _bundle: b"%PDF-1.7")
    asked = make_subject_request(nominal=nominal, officer=governance, state="sealed")
    assert client.post(page("paper", asked)).status_code == 404
    make_bundle_item(asked)
    make_bundle(asked)
    answer = client.post(page("paper", asked))
    assert answer["Content-Disposition"] == f'attachment; filename="{asked.reference}.pdf"'
    events = Event.objects.filter(subject_type="disclosure.subjectrequest", subject_id=asked.pk)
    assert set(events.values_list("verb", flat=True)) == {"viewed", "printed"}

    sent = {"version": asked.version, "way": "post", "to_whom": "Barnaby Quillfeather", "time": f"{localtime(now()):%H:%M}", **day()}
    shown = client.post(page("hand-over", asked), sent, follow=True).content.decode()
    assert "The request is answered." in shown
    assert "By post, recorded" in shown


def test_collecting_asks_data_protection_for_a_reason_and_shows_what_is_left(client, nominal, governance):
    asked = make_subject_request(nominal=nominal, officer=governance, state="collecting")
    shown = client.get(page("collecting", asked)).content.decode()
    assert reverse("offenders:reason", args=[nominal.reference, "view_case_file"]) in shown
    assert "Somebody who may read it must collect it" in shown
    asked.collector = make_user(Role.SUPERVISOR, unit=nominal.unit, first_name="Ada", last_name="Pell")
    asked.save()
    assert "collects now" in client.get(page("collecting", asked)).content.decode()


def test_the_overview_of_a_record_does_not_tell_that_its_person_asked(client, nominal, governance):
    request = make_subject_request(nominal=nominal, officer=governance)
    with acting_as(governance):
        record_event(Verb.CHANGED, request, act="Source collected")
    assert Event.objects.filter(nominal=nominal.pk, subject_type="disclosure.subjectrequest").exists()
    client.force_login(nominal.offender_manager)

    page = client.get(reverse("offenders:nominal", args=[nominal.reference]))

    assert page.status_code == 200
    assert page.context["events"] == []
