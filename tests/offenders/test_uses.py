"""Marking material for its uses, and consulting before action."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from audit.models import Event
from offenders.models import Consultation, MaterialUse
from offenders.services.uses import end_material_use, mark_material, record_consultation
from tests.factories import make_nominal, make_user
from tests.offenders.making_risk import make_assessment, make_consultation, make_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


def mark(nominal, **values):
    defaults = {"purpose": "bad_character", "kind": "document", "why": "Shows planning", "material": "Letter of 1 May"}
    return mark_material(actor=nominal.offender_manager, nominal=nominal, **{**defaults, **values})


def consult(nominal, **values):
    defaults = {"planned": "Search", "consulted_on": localdate(), "agency": "Northmere Probation", "view": "No objection"}
    return record_consultation(actor=nominal.offender_manager, nominal=nominal, **{**defaults, **values})


def test_material_is_marked_and_the_mark_ended(nominal):
    row = make_assessment(nominal, "approved")
    use = mark(nominal, kind="assessment", assessment=row, material="ignored", case_reference="T2026/17")
    assert (use.assessment, use.material) == (row, "")
    assert end_material_use(actor=nominal.offender_manager, use=use, reason="Not relied on").ended_at
    with pytest.raises(DomainError):
        end_material_use(actor=nominal.offender_manager, use=use, reason="Again")
    acts = list(Event.objects.filter(nominal=nominal.pk).values_list("detail__act", flat=True).order_by("pk"))
    assert acts == ["Material marked for a use", "Mark on material ended"]


def test_a_mark_names_its_material(nominal):
    elsewhere = make_assessment(make_nominal(), "approved")
    for values, field in (
        ({"kind": "assessment"}, "assessment"),
        ({"kind": "assessment", "assessment": elsewhere}, "assessment"),
        ({"material": " "}, "material"),
    ):
        with pytest.raises(DomainError) as error:
            mark(nominal, **values)
        assert error.value.field == field
    use = make_use(nominal)
    for values in ({"material": ""}, {"assessment": elsewhere}, {"kind": "assessment"}):
        with pytest.raises(IntegrityError, match="material_use_names_its_material"), transaction.atomic():
            MaterialUse.objects.filter(pk=use.pk).update(**values)


def test_a_consultation_was_held_or_was_too_urgent(nominal):
    assert consult(nominal).agency == "Northmere Probation"
    assert consult(nominal, agency="", view="", urgent_because="A child was at risk that hour").urgent_because
    for values, field in (
        ({"urgent_because": "Both"}, "agency"),
        ({"agency": "", "view": ""}, "agency"),
        ({"view": ""}, "view"),
        ({"consulted_on": localdate() + timedelta(days=1)}, "consulted_on"),
    ):
        with pytest.raises(DomainError) as error:
            consult(nominal, **values)
        assert error.value.field == field
    row = make_consultation(nominal)
    with pytest.raises(IntegrityError, match="consultation_held_or_too_urgent"), transaction.atomic():
        Consultation.objects.filter(pk=row.pk).update(view="")


def test_readers_and_strangers_mark_nothing(nominal):
    use = make_use(nominal)
    for actor in (make_user(Role.OPERATIONAL, organisation=nominal.force), make_user()):
        with pytest.raises(NotPermitted):
            mark_material(actor=actor, nominal=nominal, purpose="bail", kind="other", why="x", material="x")
        with pytest.raises(NotPermitted):
            end_material_use(actor=actor, use=use, reason="x")
        with pytest.raises(NotPermitted):
            record_consultation(actor=actor, nominal=nominal, planned="x", consulted_on=localdate(), agency="x", view="x")


def test_the_page_shows_both_and_a_stranger_finds_nothing(nominal, client):
    url = reverse("offenders:use-list", args=[nominal.reference])
    client.force_login(nominal.offender_manager)
    assert "No material is marked" in client.get(url).content.decode()
    sent = {"purpose": "licence", "kind": "contact", "material": "Call of 3 May", "why": "Shows travel", "case_reference": ""}
    client.post(reverse("offenders:use-add", args=[nominal.reference]), sent)
    today = {f"consulted_on_{part}": getattr(localdate(), part) for part in ("day", "month", "year")}
    sent = {"planned": "Recall", "urgent_because": "Seen with a child", **today}
    client.post(reverse("offenders:consultation-add", args=[nominal.reference]), sent)
    page = client.get(url).content.decode()
    assert "Call of 3 May" in page
    assert "Too urgent to ask" in page
    client.force_login(make_user(Role.OFFENDER_MANAGER))
    assert client.get(url).status_code in {403, 404}
