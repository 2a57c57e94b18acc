"""Every page of the URL table with something on it, also those that no link of the demonstration leads to: WCAG 2.2 AA by axe.

Forms that one template shows are hundreds, and their fields come from the same few templates: a browser looks at one of three of them,
by turns, and in `make drill` at all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from playwright.sync_api import sync_playwright

from accounts.choices import Role
from accounts.models import SignIn, User
from actions.models import ClockRule
from actions.services.dated import change_rule
from disclosure.models import Ground, SmallNumber, StandardText
from governance.models import RetentionRule
from intelligence.models import Dissemination, DuplicatePair, EventType, ReportSearch, UsualFlag
from offenders.choices.merging import MergeState
from offenders.models import Merge, Nominal
from offenders.search import index_names
from offenders.services.imports import start_import
from sharing.models import Power
from tests.accounts.calling import make_client
from tests.browser import ARGUMENTS, chromium_path
from tests.factories import make_nominal, make_section, make_unit, make_user
from tests.governance.making_retention import make_certificate, make_decided
from tests.intelligence.making_doors import make_alert_source, take
from tests.intelligence.making_reports import make_bureau, make_released_row, make_row, source
from tests.intelligence.making_taskings import make_row as make_tasking
from tests.intelligence.making_travel import make_alert, make_source
from tests.intelligence.writing_reports import text
from tests.journeys.crawl import EVERYTHING, faults
from tests.journeys.serving import served
from tests.offenders.making_confidential import make_matter
from tests.offenders.making_merges import merge
from tests.offenders.making_risk import make_assessment, make_plan
from tests.routes import Route, all_routes
from tests.safety.objects import OBJECTS
from tests.safety.test_access_matrix import Rollback
from tests.safety.test_query_counts import fill
from tests.safety.things import applications, looks, outcomes
from tests.safety.things.custody import make_transfer
from tests.safety.things.retention import sent
from tests.sharing.making_decisions import make_agreement, make_partner, make_release_row

pytestmark = pytest.mark.django_db

# Files, pieces that a page's script fetches, and pages that send somebody signed in elsewhere.
NO_PAGES = {
    "accounts:language",
    "accounts:second-factor", "accounts:second-factor-image", "accounts:second-factor-set-up", "accounts:sign-in", "actions:counters",
    "actions:unread", "audit:seal-progress", "disclosure:scheme-figures-export", "governance:alive", "governance:figures-csv",
    "governance:figures-pdf", "governance:figures-workbook", "governance:indicators-csv", "governance:indicators-pdf",
    "governance:indicators-workbook", "governance:metrics", "governance:ready", "offenders:agenda-file", "offenders:document-download",
    "offenders:document-page", "offenders:document-picture", "offenders:find-results", "offenders:import-progress",
    "offenders:meeting-file", "offenders:photograph",
}  # fmt: skip
# What their addresses are about is not on a record: links lead to them, and axe looks at them there (test_accessibility.py).
WALKED = {
    "accounts:organisation", "accounts:unit", "accounts:user", "actions:officer", "actions:rule",
    "actions:rule-change", "actions:holiday-remove", "audit:event", "offenders:reason",
}  # fmt: skip
# Pages of an agency, which no police role opens.
OF_AGENCIES = {"sharing:shared-list", "sharing:shared", "sharing:shared-done"}
# Pages of agencies and of their webhooks that test_partner_pages.py looks at.
OF_PARTNERS = {
    "sharing:ask", "sharing:asked", "sharing:asked-list", "sharing:asked-reply", "sharing:webhook", "sharing:webhook-set",
}  # fmt: skip
FORMS = {"ui/form_page.html", "offenders/nominal_form.html", "disclosure/applications/form.html"}  # each shows many pages
LISTED = NO_PAGES | WALKED | OF_AGENCIES | OF_PARTNERS


def make_message(nominal: Nominal) -> dict[str, Any]:
    """A message from the border that waits for somebody, because its sender cannot be trusted."""
    return {"public_id": take(make_alert_source(unit=nominal.unit), text(), is_mail=False).public_id}


def make_other_session(nominal: Nominal) -> dict[str, Any]:
    """Another session of the manager."""
    return {"public_id": SignIn.objects.create(user=nominal.offender_manager, session_key="elsewhere").public_id}


def make_report(nominal: Nominal, **values: Any) -> dict[str, Any]:
    """A report from the border in the queue of the record's unit."""
    return {"public_id": make_alert(source=make_source(unit=nominal.unit), **values).public_id}


def make_own_draft(nominal: Nominal, make: Callable[..., Any]) -> dict[str, Any]:
    """Something that the manager is writing."""
    return {"reference": nominal.reference, "public_id": make(nominal, author=nominal.offender_manager).public_id}


def make_offer_of_merge(nominal: Nominal) -> dict[str, Any]:
    """A merge with another record of the unit, which a colleague offered."""
    other, colleague = make_nominal(unit=nominal.unit), make_user(Role.SUPERVISOR, unit=nominal.unit)
    row = Merge.objects.create(survivor=nominal, merged=other, reason="Same prints", state=MergeState.OFFERED, offered_by=colleague)
    return {"public_id": row.public_id}


def make_merged(nominal: Nominal) -> dict[str, Any]:
    """A merge that can be taken back."""
    done = merge(make_user(Role.SUPERVISOR, unit=nominal.unit), nominal, make_nominal(unit=nominal.unit))
    return {"public_id": done.public_id}


def make_section_left_behind(nominal: Nominal) -> dict[str, Any]:
    """The manager's confidential section on a record that was merged into this one."""
    other = make_nominal(unit=nominal.unit)
    section = make_section(nominal=other, owner=nominal.offender_manager)
    merge(make_user(Role.SUPERVISOR, unit=nominal.unit), nominal, other)
    return {"public_id": section.public_id}


def make_pair(nominal: Nominal) -> dict[str, Any]:
    """Two records of the unit that may be one person."""
    pair = DuplicatePair.objects.create(one=nominal, other=make_nominal(unit=nominal.unit), reasons=["Date of birth equal"], weight=20)
    return {"public_id": pair.public_id}


def make_own_report(nominal: Nominal, state: str) -> dict[str, Any]:
    """An intelligence report that the manager writes or wrote."""
    return {"public_id": make_row(nominal=nominal, author=nominal.offender_manager, state=state).public_id}


def make_received(nominal: Nominal) -> dict[str, Any]:
    """A report that the manager was sent."""
    report, bureau = make_released_row(nominal=nominal), make_bureau(nominal.force)
    return {"public_id": Dissemination.objects.create(report=report, user=nominal.offender_manager, sent_by=bureau).public_id}


def make_kept_search(nominal: Nominal) -> dict[str, Any]:
    """A search of reports that the manager keeps, and what it finds."""
    make_released_row(nominal=nominal)
    return {"token": ReportSearch.objects.create(user=nominal.offender_manager, text="children", name="Pools").token}


def make_agreement_of_force(nominal: Nominal) -> dict[str, Any]:
    """An agreement of the viewer's force."""
    return {"public_id": make_agreement(force=nominal.force).public_id}


def make_certificate_of_force(nominal: Nominal) -> dict[str, Any]:
    """A certificate of the viewer's force."""
    return {"public_id": make_certificate(review=make_decided(nominal=nominal)).public_id}


def make_unseen_proposal(nominal: Nominal) -> dict[str, Any]:
    """The proposal to dispose of a record of the force that only people of another unit may know of."""
    return sent(make_nominal(unit=make_unit(organisation=nominal.force), is_restricted=True))


def make_client_of_force(nominal: Nominal) -> dict[str, Any]:
    """A machine client that the viewer's force let in."""
    return {"pk": make_client(admin=make_user(Role.ADMINISTRATOR, organisation=nominal.force))[0].pk}


def make_version_to_come(nominal: Nominal) -> dict[str, Any]:
    """A version of a clock rule that begins next month."""
    rule = ClockRule.objects.filter(code="approval").latest("period")
    begins = localdate() + timedelta(days=30)
    new = change_rule(actor=make_user(Role.ADMINISTRATOR), rule=rule, starts_on=begins, reason="Decided", quantity=3)
    return {"public_id": new.public_id}


def make_import(nominal: Nominal) -> dict[str, Any]:
    """A file that the manager handed in."""
    file = SimpleUploadedFile("people.csv", b"local_reference,registration,surname,offender_manager\nF-1,registered,Sample,nobody\n")
    return {"public_id": start_import(actor=nominal.offender_manager, file=file, unit=nominal.unit).public_id}


def make_offer_to_unit(nominal: Nominal) -> dict[str, Any]:
    """A record of another unit that is offered to the viewer's."""
    other = make_nominal(unit=make_unit(organisation=nominal.force))
    return {"public_id": make_transfer(nominal=other, to_unit=nominal.unit).public_id}


# What the access matrix tries elsewhere, or makes for somebody else than the viewer.
FOR_VIEWER: dict[str, Callable[[Nominal], dict[str, Any]]] = {
    "accounts:client": make_client_of_force,
    "accounts:client-change": make_client_of_force,
    "accounts:client-secret": make_client_of_force,
    "accounts:end-session": make_other_session,
    "actions:rule-withdraw": make_version_to_come,
    "disclosure:ground-change": lambda _: {"key": Ground.objects.get(law="freedom", code="cost").pk},
    "disclosure:ground-end": lambda _: {"key": Ground.objects.get(law="freedom", code="cost").pk},
    "disclosure:small-number-change": lambda _: {"key": SmallNumber.objects.get().pk},
    "disclosure:text-change": lambda _: {"key": StandardText.objects.get(code="freedom-rights").pk},
    "disclosure:text-end": lambda _: {"key": StandardText.objects.get(code="freedom-rights").pk},
    "governance:disposal": make_certificate_of_force,
    "governance:retention-rule-change": lambda _: {"key": RetentionRule.objects.values_list("pk", flat=True)[0]},
    "governance:unseen-approve": make_unseen_proposal,
    "governance:unseen-give-back": make_unseen_proposal,
    "guide:topic": lambda _: {"slug": "kept-apart"},
    "intelligence:alert": make_report,
    "intelligence:alert-back": lambda nominal: make_report(nominal, state="not_ours"),
    "intelligence:alert-source-change": lambda nominal: {"code": make_source(unit=nominal.unit).code},
    "intelligence:covert": lambda nominal: {"public_id": make_matter(nominal=nominal).public_id},
    "intelligence:duplicate-refuse": make_pair,
    "intelligence:event-type-change": lambda _: {"code": EventType.objects.values_list("code", flat=True)[0]},
    "intelligence:received": make_received,
    "intelligence:report-search-keep": make_kept_search,
    "intelligence:report-search-results": make_kept_search,
    "intelligence:report-send": lambda nominal: make_own_report(nominal, "draft"),
    "intelligence:report-sent": lambda nominal: make_own_report(nominal, "submitted"),
    "intelligence:report-write": lambda nominal: make_own_report(nominal, "draft"),
    "intelligence:source-end": lambda _: {"key": source().pk},
    "intelligence:suggestion-change": lambda _: {"question": "harm"},
    "intelligence:tasking-change": lambda nominal: {
        "public_id": make_tasking(nominal=nominal, raised_by=nominal.offender_manager, state="draft").public_id
    },
    "intelligence:usual-flag-change": lambda _: {"key": UsualFlag.objects.values_list("pk", flat=True)[0]},
    "intelligence:usual-flag-end": lambda _: {"key": UsualFlag.objects.values_list("pk", flat=True)[0]},
    "sharing:authority-change": lambda _: {"circumstance": "agency"},
    "sharing:media-line-change": lambda _: {"code": "safety-first"},
    "sharing:power-change": lambda _: {"key": Power.objects.get(code="cja_325").pk},
    "sharing:power-end": lambda _: {"key": Power.objects.get(code="cja_325").pk},
    "intelligence:message": make_message,
    "intelligence:message-refuse": make_message,
    "intelligence:message-release": make_message,
    "offenders:import": make_import,
    "offenders:merge": make_merged,
    "offenders:merge-accept": make_offer_of_merge,
    "offenders:merge-refuse": make_offer_of_merge,
    "offenders:merge-undo": make_merged,
    "offenders:merge-withdraw": make_offer_of_merge,
    "offenders:offer": make_offer_to_unit,
    "offenders:offer-accept": make_offer_to_unit,
    "offenders:offer-refuse": make_offer_to_unit,
    "offenders:section-bring": make_section_left_behind,
    "offenders:assessment-write": lambda nominal: make_own_draft(nominal, make_assessment),
    "offenders:plan-write": lambda nominal: make_own_draft(nominal, make_plan),
}
AGREEMENT_PAGES = ("", "-change", "-review", "-suspend", "-resume", "-end", "-contact-add")
FOR_VIEWER |= {f"sharing:agreement{name}": make_agreement_of_force for name in AGREEMENT_PAGES}
FOR_VIEWER |= applications.FOR_VIEWER | looks.FOR_VIEWER | outcomes.FOR_VIEWER
THINGS = OBJECTS | FOR_VIEWER


def pages() -> list[Route]:
    """Return each page once."""
    read = [route for route in all_routes() if route.method == "get" and not route.is_for_tokens and not route.name.startswith("v1:")]
    return [route for route in read if route.name not in LISTED]


def fetch(client: Client, route: Route, filled: Nominal, bare: Nominal) -> HttpResponse:
    """Ask for a page: of the record with much on it, or of one thing on a record with nothing else; take back what was made for it."""
    answers = []
    try:
        with transaction.atomic():
            of_record = {"reference": filled.reference} if route.kwargs else {}
            kwargs = THINGS[route.name](bare) if route.name in THINGS else of_record
            answers.append(client.get(reverse(route.name, kwargs=kwargs)))
            raise Rollback
    except Rollback:
        return answers[0]


def make_viewer() -> User:
    """Somebody with every role of the police, so that one person reaches every page."""
    return make_user(*(role for role in Role if role != Role.PARTNER), unit=make_unit())


def is_looked_at(name: str, template: str) -> bool:
    """Whether a browser looks at a page in this run; the same ones each time."""
    return EVERYTHING or template not in FORMS or crc32(name.encode()) % 3 == 0


def look_at(answers: dict[str, HttpResponse]) -> dict[str, list[str]]:
    """Open each answer in a browser as the service would send it, and return what is wrong with which."""
    wrong = {}
    with (
        served() as server,
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)) as browser,
    ):
        page = browser.new_page(base_url=f"http://127.0.0.1:{server.server_port}")
        page.add_init_script(AXE_SCRIPT)  # handed over once, not for each page
        complaints: list[str] = []  # of the browser's console: a script that breaks, something that the policy for content stops
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for name, response in answers.items():
            server.shown = response
            page.goto(response.request["PATH_INFO"])
            if found := faults(page) + complaints:
                wrong[name] = found
            complaints.clear()
    return wrong


@pytest.mark.parametrize("half", [0, 1])
def test_every_page(half: int, client: Client):
    viewer = make_viewer()
    filled, bare = (make_nominal(unit=viewer.unit, offender_manager=viewer) for _ in range(2))
    for number in (0, 1):
        fill(filled, viewer, number)
    index_names(None)
    client.force_login(viewer)
    answers = {route.name: fetch(client, route, filled, bare) for route in pages()[half::2]}
    got = {name: (answer.status_code, answer.get("Content-Type")) for name, answer in answers.items()}
    assert {name: answer for name, answer in got.items() if answer != (200, "text/html; charset=utf-8")} == {}
    assert look_at({name: answer for name, answer in answers.items() if is_looked_at(name, answer.templates[0].name)}) == {}


def test_every_page_of_an_agency(client: Client):
    waiting, accepted = (make_release_row(nominal=make_nominal(), acknowledged_at=at) for at in (None, now()))
    answers = {}
    for release in (waiting, accepted):
        client.force_login(make_partner(release.agency))
        for name in sorted(OF_AGENCIES):
            url = reverse(name, args=[] if name.endswith("-list") else [release.public_id])
            answers[f"{name} {release.pk}"] = client.get(url)
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {}
    assert look_at(answers) == {}


def test_a_missing_label_is_found():
    """The gate can fail."""
    head = '<!DOCTYPE html><html lang="en"><head><title>Sample</title></head>'
    page = HttpResponse(f"{head}<body><main><h1>Sample</h1><input></main></body></html>")
    page.request = {"PATH_INFO": "/sample/"}
    assert {fault.split(": ")[1] for fault in look_at({"sample": page})["sample"]} == {"label"}


def test_lists_of_pages_are_true():
    assert {route.name for route in all_routes()} >= LISTED
