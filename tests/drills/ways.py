"""What acts need that two people do at once: things in the right state, and answers that no form tells."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import SignIn, User
from actions.models import ActionPause, BankHoliday
from disclosure.models import FreedomReview, Ground, SmallNumber, StandardText
from intelligence.models import ReportSearch
from offenders.models import Nominal
from sharing.models import Power
from tests.disclosure.making_applications import make_application
from tests.disclosure.making_outcomes import make_prepared
from tests.disclosure.making_prosecutions import look_at, make_item, make_prosecution, make_whole
from tests.disclosure.making_subject_access import make_bundle_item, make_subject_request
from tests.factories import make_force, make_nominal, make_unit, make_user
from tests.governance.making_retention import make_decided, make_old_record
from tests.intelligence.making_reports import make_draft, make_released_row, make_row
from tests.intelligence.making_taskings import make_row as make_tasking
from tests.journeys.test_every_page import make_received
from tests.offenders.making_confidential import make_matter
from tests.safety.things import freedom, requests
from tests.safety.things.actions import make_action, make_clock
from tests.safety.things.retention import sent
from tests.sharing.making_decisions import make_agreement, make_decision_row, make_release_row
from tests.sharing.making_releases import approved

Arguments = dict[str, Any]


def of(row: Any) -> Arguments:
    """The address of something."""
    return {"public_id": row.public_id}


def standing_clock(nominal: Nominal) -> Arguments:
    """A clock that stands still."""
    action = make_clock(nominal=nominal)
    ActionPause.objects.create(action=action, kind="other", reason="x", since=localdate(), set_by=nominal.offender_manager)
    return of(action)


def holiday_to_come(_: Nominal) -> Arguments:
    """A bank holiday after today."""
    there = BankHoliday.objects.filter(nation="ENG").count()
    return {"pk": BankHoliday.objects.create(nation="ENG", day=localdate() + timedelta(days=400 + there), name="Made").pk}


def old(nominal: Nominal) -> Nominal:
    """A record of the unit that may go."""
    return make_old_record(nominal.unit, offender_manager=nominal.offender_manager)


def proposal(nominal: Nominal) -> Arguments:
    """A proposal to dispose of such a record."""
    record = old(nominal)
    return {"reference": record.reference, **sent(record)}


def decision(nominal: Nominal) -> Arguments:
    """A decision of two others to dispose of one."""
    record = old(nominal)
    return {"reference": record.reference, **of(make_decided(nominal=record))}


def unlinked(nominal: Nominal, **values: Any) -> Arguments:
    """A request for one's own data of which nobody has said whose record it is about."""
    request = make_subject_request(nominal=nominal, **values)
    type(request).objects.filter(pk=request.pk).update(nominal=None)
    return of(request)


def unproved(nominal: Nominal) -> Arguments:
    """A request by somebody who has not proved who they are."""
    return of(make_subject_request(nominal=nominal, identity="", identity_by=None, identity_at=None, state="new"))


def collecting(nominal: Nominal) -> Arguments:
    """A request for which things are collected."""
    request = make_subject_request(nominal=nominal, state="collecting")
    make_bundle_item(request)
    return of(request)


def to_disclose(nominal: Nominal) -> Arguments:
    """An item that was looked at and must be disclosed."""
    case = make_prosecution(nominal=nominal)
    item = make_item(case)
    look_at(item, assists="yes", decision="disclose")
    return {**of(case), "item_id": item.public_id}


def answered(nominal: Nominal) -> Arguments:
    """A request for information that was answered, and no complaint."""
    made = freedom.answered(nominal)
    FreedomReview.objects.filter(reply__request__public_id=made["public_id"]).delete()
    return made


def own_case(nominal: Nominal) -> Arguments:
    """A prosecution in which the record's manager discloses."""
    return of(make_whole(nominal=nominal, officer=make_user(unit=nominal.unit), disclosure_officer=nominal.offender_manager))


def kept_search(nominal: Nominal) -> Arguments:
    """A search of reports by the manager, which finds nothing, however many there are by now."""
    word = uuid.uuid4().hex
    return {"token": ReportSearch.objects.create(user=nominal.offender_manager, text=word, name=word).token}


def suspended(nominal: Nominal) -> Arguments:
    """An agreement that is suspended."""
    values = {"suspended_at": now(), "suspended_by": nominal.offender_manager, "suspend_reason": "A breach"}
    return of(make_agreement(force=nominal.force, **values))


def own_report(state: str) -> Callable[[Nominal], Arguments]:
    """A report of the manager's in a state."""
    return lambda nominal: of(make_row(nominal=nominal, author=nominal.offender_manager, state=state))


def release(channel: str, **values: Any) -> Callable[[Nominal], Arguments]:
    """What was sent, in some way."""
    return lambda nominal: of(make_release_row(nominal=nominal, decision=make_decision_row(nominal=nominal, channel=channel), **values))


def latest(model: Any, argument: str = "key", **of_kind: str) -> Callable[[Nominal], Arguments]:
    """The latest version of something dated."""
    return lambda _: {argument: model.objects.filter(**of_kind).latest("period").pk}


# Things in another state than the one in which pages are looked at.
MADE: dict[str, Callable[[Nominal], Arguments]] = {
    "accounts:end-session": lambda nominal: of(SignIn.objects.create(user=nominal.offender_manager, session_key=uuid.uuid4().hex)),
    "actions:holiday-remove": holiday_to_come,
    "actions:rule-change": lambda _: {"code": "approval"},
    "actions:resume": standing_clock,
    "actions:change-date": lambda nominal: of(make_action(nominal=nominal)),
    "disclosure:application-know": lambda nominal: of(make_application(officer=nominal.offender_manager, state="withdrawn")),
    "disclosure:application-safe": lambda nominal: of(make_application(officer=nominal.offender_manager, in_danger=True)),
    "disclosure:freedom-review": answered,
    "disclosure:ground-change": latest(Ground, law="freedom", code="cost"),
    "disclosure:ground-end": latest(Ground, law="freedom", code="cost"),
    "disclosure:prosecution-issue": own_case,
    "disclosure:prosecution-item-disclose": to_disclose,
    "disclosure:small-number-change": latest(SmallNumber),
    "disclosure:subject-identity": unproved,
    "disclosure:subject-leave-out": collecting,
    "disclosure:subject-nothing": unlinked,
    "disclosure:subject-record": unlinked,
    "disclosure:telling-told": lambda nominal: of(make_prepared(officer=nominal.offender_manager)),
    "disclosure:text-change": latest(StandardText, code="freedom-rights"),
    "disclosure:text-end": latest(StandardText, code="freedom-rights"),
    "governance:retention-approve": proposal,
    "governance:retention-dispose": decision,
    "governance:retention-give-back": proposal,
    "governance:retention-group": lambda nominal: {"reference": old(nominal).reference},
    "governance:unseen-approve": lambda nominal: sent(make_old_record(make_unit(organisation=nominal.force), is_restricted=True)),
    "intelligence:covert-close": lambda nominal: of(make_matter(nominal=nominal)),
    "intelligence:covert-keep": lambda nominal: of(make_matter(nominal=nominal)),
    "intelligence:received-paper": make_received,
    "intelligence:report-discard": own_report("draft"),
    "intelligence:report-keep": own_report("draft"),
    "intelligence:report-search-delete": kept_search,
    "intelligence:report-search-keep": kept_search,
    "intelligence:report-send": lambda nominal: of(make_draft(author=nominal.offender_manager, nominal=nominal)),
    "intelligence:report-send-on": lambda nominal: of(make_released_row(nominal=nominal)),
    "intelligence:report-withdraw": lambda nominal: of(make_released_row(nominal=nominal)),
    "intelligence:tasking-issue": lambda nominal: of(make_tasking(nominal=nominal, raised_by=nominal.offender_manager, state="draft")),
    "intelligence:tasking-review": lambda nominal: of(make_tasking(nominal=nominal)),
    "offenders:merge-records": lambda nominal: {"reference": nominal.reference, "other": make_nominal(unit=nominal.unit).reference},
    "sharing:agreement-resume": suspended,
    "sharing:power-change": latest(Power, code="cja_325"),
    "sharing:power-end": latest(Power, code="cja_325"),
    "sharing:release-confirmed": release("paper"),
    "sharing:release-copies": release("paper"),
    "sharing:release-outcome": release("online", sent_at=now() - timedelta(days=30)),
    "sharing:release-send": lambda nominal: of(approved(nominal)),
    "sharing:release-told": release("spoken"),
    "sharing:request-take": requests.asked,
}

NO_AGREEMENT = {"user": "collar", "agreement": "", "quiet_from": "", "quiet_until": ""}
NO_AUTHORITY = {
    "unit": "their unit", "officer": "", "authority": "", "authority_until_day": "", "authority_until_month": "",
    "authority_until_year": "",
}  # fmt: skip
OFFICERS = {"officer": "the first", "second_officer": "the second"}
ON_A_CASE = {"unit": "their unit", "officer": "the first", "disclosure_officer": "the second", "deputy": ""}
NO_DATE = {"given_on_day": "", "given_on_month": "", "given_on_year": ""}


def day(name: str, ahead: int) -> dict[str, str]:
    """A day so far ahead, as the three fields of a form."""
    date = localdate() + timedelta(days=ahead)
    return {f"{name}_day": str(date.day), f"{name}_month": str(date.month), f"{name}_year": str(date.year)}


# Answers, or the names of what is known, where a form does not tell.
ANSWERS: dict[str, dict[str, Any]] = {
    "accounts:client-change": {"networks": "192.0.2.0/24", "any_network": ""},
    "intelligence:flag-add": NO_AGREEMENT,
    "intelligence:flag-change": NO_AGREEMENT,
    "disclosure:freedom-reply": {"outcome": "disclose", "grounds": []},
    "disclosure:prosecution-change": ON_A_CASE,
    "disclosure:prosecution-open": ON_A_CASE,
    "disclosure:subject-correction": {"outcome": "rectified", "basis": "wrong", "untold": ""},
    "intelligence:alert-source-add": {"allowed_senders": ""},
    "intelligence:alert-source-change": {"allowed_senders": ""},
    "intelligence:entity-change": {"grid": ""},
    "intelligence:entity-link": {"name": "record", "postcode": "", "grid": ""},
    "intelligence:report-evaluate": {"older_grade": "", "handling": "P", "conditions": ""},
    "intelligence:tasking-change": NO_AUTHORITY,
    "intelligence:tasking-raise": NO_AUTHORITY,
    "intelligence:tasking-review": {"ends_on_day": "", "ends_on_month": "", "ends_on_year": ""},
    "offenders:description-change": {"height_cm": "170"},
    "offenders:meeting-plan": {"starts": "10:00", "ends": "11:00"},
    "offenders:plan-action-add": {"unit": "", "partner": ""},
    "offenders:visit-plan": {"time": "10:00", **OFFICERS},
    "sharing:agreement-review": day("review_on", 40),
    "sharing:advice-add": {"from_whom": "", "text": "", **NO_DATE},
}


def what_is_known(people: list[User], password: str) -> dict[str, str]:
    """What two people of a unit may type where a field of this name is empty, and what answers name: themselves, their unit."""
    person = people[0]
    third, other = make_user(unit=person.unit), make_nominal(unit=person.unit)
    make_user(Role.SUPERVISOR, unit=make_unit(organisation=person.organisation))
    make_force()
    return {
        "user": third.username, "password": password, "evidence": make_released_row(nominal=other).reference, "postcode": "NM1 2AB",
        "the first": str(people[0].pk), "the second": str(people[1].pk), "their unit": str(person.unit_id),
        **dict.fromkeys(("collar", "recipients", "adviser", "officer"), third.collar_number),
        **dict.fromkeys(("nominal", "nominals", "other", "record", "reference"), other.reference),
    }  # fmt: skip
