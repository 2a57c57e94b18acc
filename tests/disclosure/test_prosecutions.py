"""Unused material: who sees what, what each item needs, and what a schedule says and never says."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from disclosure.models import Assessment, Ground, ImmunityApplication, MaterialLink, Prosecution, Schedule, ScheduleCopy
from disclosure.reports.prosecutions import UNREADABLE, history_of, items_of, lines_of, links_of, progress
from disclosure.rules.prosecutions import ItemFacts, changes_between, faults_of, lacks, left_to_finish
from disclosure.services.prosecution_items import add_item, assess_item, disclose_item, link_item
from disclosure.services.prosecution_lines import add_line, change_line
from disclosure.services.prosecution_rulings import ask_court, enter_ruling
from disclosure.services.prosecution_schedules import give_copy, issue_schedule, print_copy
from disclosure.services.prosecutions import change_prosecution, finish_prosecution, open_prosecution, review_material
from tests.disclosure.making_prosecutions import (
    CHARGED,
    OPEN,
    SEALED,
    SECRET,
    boss_of,
    look_at,
    make_application,
    make_item,
    make_line,
    make_prosecution,
    make_whole,
)
from tests.factories import make_nominal, make_section, make_section_grant, make_user
from tests.offenders.making_documents import make_document

pytestmark = pytest.mark.django_db
TODAY = localdate()


def fresh(row):
    """The row as it is stored."""
    return type(row).objects.get(pk=row.pk)


def opening(nominal, **values):
    """What is said when a prosecution is opened."""
    officer = nominal.offender_manager
    plain = {"unit": nominal.unit, "defendant": "Nobody Invented", "offence": "Breach", "nominal": nominal, "charged_on": CHARGED}
    return plain | {"actor": officer, "officer": officer, "disclosure_officer": officer} | values


def said(item, **values):
    """What a whole look says."""
    plain = {
        "actor": item.prosecution.disclosure_officer, "item": item, "version": fresh(item).version, "examined": "inspected",
        "examined_by": item.added_by, "examined_on": TODAY, "not_examined_why": "", "relevant": "yes", "relevant_why": "Same night",
        "undermines": "no", "undermines_why": "Agrees", "assists": "no", "assists_why": "Nothing", "is_sensitive": item.is_sensitive,
        "ground": "informant" if item.is_sensitive else "", "sensitive_why": SECRET if item.is_sensitive else "", "in_part": "",
        "decision": "not",
    }  # fmt: skip
    return plain | values


def issue(case, kind="mg6c", **values):
    """Issue a schedule as its disclosure officer."""
    plain = {"actor": case.disclosure_officer, "prosecution": case, "version": fresh(case).version, "kind": kind, "is_certified": True}
    return issue_schedule(**plain | values)


def text_of(file):
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


# Who sees what.


def test_named_officers_the_unit_and_information_governance_see_a_prosecution():
    case = make_prosecution()
    colleague = make_user(Role.OFFENDER_MANAGER, organisation=case.force, unit=case.unit)
    governance = make_user(Role.INFORMATION_GOVERNANCE, organisation=case.force)
    for user in (case.officer, case.disclosure_officer, boss_of(case), governance, colleague):
        assert case in Prosecution.objects.for_user(user)
    for user in (make_user(Role.OPERATIONAL, organisation=case.force), make_user(Role.INFORMATION_GOVERNANCE), make_user()):
        assert case not in Prosecution.objects.for_user(user)


def test_a_prosecution_of_somebody_of_whom_one_must_not_know_is_not_there():
    case = make_prosecution(nominal=make_nominal(is_restricted=True))
    assert case not in Prosecution.objects.for_user(make_user(Role.OFFENDER_MANAGER, organisation=case.force, unit=case.unit))
    assert case not in Prosecution.objects.for_user(make_user(Role.INFORMATION_GOVERNANCE, organisation=case.force))
    assert case in Prosecution.objects.for_user(boss_of(case))


def test_sensitive_items_are_there_for_the_discloser_the_supervisor_and_governance_alone():
    case = make_whole(deputy=make_user(Role.OPERATIONAL))
    sealed = case.items.get(is_sensitive=True)
    governance = make_user(Role.INFORMATION_GOVERNANCE, organisation=case.force)
    for user in (case.disclosure_officer, boss_of(case), governance):
        assert len(items_of(user, case)) == 2
    colleague = make_user(Role.OFFENDER_MANAGER, organisation=case.force, unit=case.unit)
    for user in (case.officer, colleague):
        assert [item.description for item in items_of(user, case)] == [OPEN]
        assert not Assessment.objects.for_user(user).filter(item=sealed).exists()
        assert not ImmunityApplication.objects.for_user(user).exists()


def test_an_officer_in_the_case_adds_open_items_and_no_sensitive_ones():
    case = make_prosecution()
    values = {"actor": case.officer, "prosecution": case, "description": OPEN, "what": "A book", "kept_at": "Store"}
    assert add_item(is_sensitive=False, **values).number == 1
    with pytest.raises(NotPermitted):
        add_item(is_sensitive=True, **values)
    with pytest.raises(NotPermitted):
        assess_item(**said(case.items.get()) | {"actor": case.officer})


# Opening, clocks, reviews.


def test_the_law_begins_with_the_charge():
    nominal = make_nominal()
    case = open_prosecution(**opening(nominal, charged_on=None))
    assert (case.is_charged, Action.objects.filter(kind__startswith="unused").count()) == (False, 0)
    with pytest.raises(DomainError, match="Nobody is charged yet"):
        issue(case)
    values = opening(nominal) | {"prosecution": case, "version": case.version}
    change_prosecution(**values)
    clocks = {action.kind: action for action in Action.objects.filter(kind__startswith="unused")}
    assert set(clocks) == {"unused-schedule", "unused-review"}
    assert {localdate(clock.starts_at) for clock in clocks.values()} == {CHARGED}
    with pytest.raises(StaleRecord):
        change_prosecution(**values)


def test_another_disclosure_officer_takes_the_clocks_over():
    nominal = make_nominal()
    case = open_prosecution(**opening(nominal))
    other = make_user(Role.OPERATIONAL, organisation=nominal.force)
    change_prosecution(**opening(nominal, disclosure_officer=other) | {"prosecution": case, "version": case.version})
    assert {action.owner for action in Action.objects.waiting().filter(kind__startswith="unused")} == {other}


def test_only_officers_who_may_know_of_the_record_are_named():
    nominal = make_nominal(is_restricted=True)
    with pytest.raises(DomainError) as refused:
        open_prosecution(**opening(nominal, disclosure_officer=make_user(Role.OPERATIONAL, organisation=nominal.force)))
    assert refused.value.field == "disclosure_officer"
    with pytest.raises(NotPermitted):
        open_prosecution(**opening(nominal, actor=make_user(unit=nominal.unit)))


def test_the_officer_in_the_case_cannot_name_whoever_sees_sensitive_material():
    nominal = make_nominal()
    case = make_prosecution(nominal=nominal)
    values = opening(nominal) | {"prosecution": case, "version": case.version}
    with pytest.raises(NotPermitted):
        change_prosecution(**values)


def test_what_came_reopens_every_item_and_a_review_waits_for_them():
    case = make_whole()
    officer = case.disclosure_officer
    values = {"actor": officer, "prosecution": case, "words": "An alibi", "kind": "defence_statement"}
    review_material(version=case.version, **values)
    case = fresh(case)
    assert progress(items_of(officer, case), case) == (0, 2)
    with pytest.raises(DomainError, match="Look at these items first: 1, 2"):
        review_material(version=case.version, **values | {"kind": "routine"})
    with pytest.raises(DomainError, match="Item 1 must be looked at again"):
        issue(case)
    for item in case.items.all():
        assess_item(**said(item))
    assert progress(items_of(officer, case), case) == (2, 2)
    review_material(version=case.version, **values | {"kind": "routine"})
    assert Action.objects.waiting().filter(kind="unused-review").count() == 1


def test_a_late_review_says_why():
    case = open_prosecution(**opening(make_nominal(), charged_on=TODAY - timedelta(days=90)))
    values = {"actor": case.officer, "prosecution": case, "version": case.version, "kind": "routine", "words": "All of it"}
    with pytest.raises(DomainError) as refused:
        review_material(**values)
    assert refused.value.field == "late_reason"
    review_material(**values, late_reason="Short of people")
    assert Action.objects.get(kind="unused-review", state="done").late_reason == "Short of people"


# Items.


@pytest.mark.parametrize(
    ("description", "sensitive", "words"),
    [
        ("Some papers", "", "Say more"),
        ("Various papers from the office of the school", "", "Leave out words"),
        ("Report of an informant about the garage in May", "", "tells why something is sensitive"),
        ("Note of a call by Thistlewood on 3 May about the car", SECRET, "repeats words"),
        (OPEN, SECRET, ""),
    ],
)
def test_descriptions_say_enough_and_give_nothing_away(description, sensitive, words):
    assert words in " ".join(map(str, faults_of(description, sensitive)))
    assert bool(words) == bool(faults_of(description, sensitive))


def test_a_warning_about_a_description_can_be_confirmed():
    case = make_prosecution()
    values = {"actor": case.officer, "prosecution": case, "description": "Papers", "what": "A book", "kept_at": "S", "is_sensitive": False}
    with pytest.raises(DomainError, match="Say more"):
        add_item(**values)
    assert add_item(**values, is_sure=True).description == "Papers"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"examined": ""}, "not been looked at"),
        ({"examined": "not_examined"}, "does not say why"),
        ({"undermines": "cannot_say"}, "does not say yet"),
        ({"assists_why": ""}, "no reasons"),
        ({"is_sensitive": True}, "no ground"),
        ({"undermines": "yes"}, "no decision that fits"),
        ({"undermines": "yes", "decision": "disclose"}, ""),
        ({"decision": ""}, "no decision that fits"),
        ({"is_fresh": False}, "again"),
        ({"relevant": "no", "decision": ""}, ""),
        ({"is_sensitive": True, "ground": "child", "sensitive_why": "A child", "assists": "yes", "decision": "court"}, ""),
        ({"is_sensitive": True, "ground": "child", "sensitive_why": "A child", "assists": "yes", "decision": "withhold"}, "no decision"),
        (
            {"is_sensitive": True, "ground": "child", "sensitive_why": "A child", "assists": "yes", "decision": "withhold",
             "ruling": "withhold"}, "",
        ),
        ({"ruling": "disclose"}, "no decision that fits"),
        ({"ruling": "withhold", "decision": "withhold"}, "no decision that fits"),  # an open schedule would tell of the ruling
        ({"decision": "court"}, "no decision that fits"),
    ],
)  # fmt: skip
def test_what_an_item_lacks(values, words):
    plain = {"examined": "inspected", "relevant": "yes", "relevant_why": "x", "undermines": "no", "undermines_why": "x", "assists": "no"}
    found = " ".join(map(str, lacks(ItemFacts(number=4, **plain | {"assists_why": "x", "decision": "not"} | values))))
    assert words in found
    assert bool(words) == bool(found)


def test_each_look_is_kept_and_the_latest_counts():
    case = make_prosecution()
    item = make_item(case)
    assess_item(**said(item, undermines="cannot_say", decision=""))
    assess_item(**said(item, undermines="yes", decision="disclose"))
    assert [look.decision for look in item.assessments.all()] == ["disclose", ""]
    assert items_of(case.officer, case)[0].latest.undermines == "yes"
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(item=item).update(assists="yes")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"examined": ""}, "examined"), ({"examined_by": None}, "examined_by"), ({"examined_on": TODAY + timedelta(days=2)}, "examined_on"),
        ({"assists": "perhaps"}, "assists"), ({"is_sensitive": True, "ground": "made-up"}, "ground"),
        ({"assists": "yes", "decision": "not"}, "decision"), ({"decision": "withhold"}, "decision"), ({"decision": "court"}, "decision"),
    ],
)  # fmt: skip
def test_a_look_is_consistent(values, field):
    with pytest.raises(DomainError) as refused:
        assess_item(**said(make_item(make_prosecution()), **values))
    assert refused.value.field == field


def test_an_item_found_sensitive_is_gone_for_the_officer_in_the_case():
    case = make_prosecution()
    item = make_item(case)
    assess_item(**said(item, is_sensitive=True, ground="techniques", sensitive_why="How the camera was found"))
    assert items_of(case.officer, case) == []
    assess_item(**said(fresh(item), is_sensitive=False))
    assert len(items_of(case.officer, case)) == 1
    assert Assessment.objects.for_user(case.officer).filter(item=item).count() == 1


def test_disclosure_follows_a_decision():
    case = make_prosecution()
    item = make_item(case)
    values = {"actor": case.officer, "item": item, "disclosed_on": TODAY, "disclosed_how": "Paper copy to the solicitor"}
    with pytest.raises(DomainError, match="decide to disclose"):
        disclose_item(version=1, **values)
    look_at(item, assists="yes", decision="disclose")
    assert disclose_item(version=1, **values).disclosed_on == TODAY
    with pytest.raises(DomainError, match="already"):
        disclose_item(version=2, **values)


# Links.


def test_a_link_tells_nothing_to_whoever_may_not_open_the_thing():
    case = make_prosecution()
    officer, discloser = case.officer, case.disclosure_officer
    section = make_section(nominal=case.nominal, owner=officer, body="Quenby")
    paper = make_document(nominal=case.nominal, title="Report on Thistlewood")
    item = make_item(case)
    link_item(actor=officer, item=item, kind="section", key=str(section.public_id))
    link_item(actor=officer, item=item, kind="document", key=str(paper.public_id))
    assert [label for _, _, label in links_of(officer, item)] == ["Confidential section: Victim", "Document 1: Report on Thistlewood"]
    assert [label for _, _, label in links_of(discloser, item)] == [UNREADABLE, UNREADABLE]
    with row_security(officer):
        make_section_grant(section=section, user=discloser)
    assert links_of(discloser, item)[0][2].startswith("Confidential section")
    with pytest.raises(DomainError, match="no such thing"):
        link_item(actor=discloser, item=item, kind="document", key=str(paper.public_id))


def test_privileged_papers_are_never_linked_or_named():
    case = make_prosecution()
    item = make_item(case)
    advice = make_document(nominal=case.nominal, kind="advice", is_privileged=True)
    with pytest.raises(DomainError, match="legally privileged"):
        link_item(actor=case.officer, item=item, kind="document", key=str(advice.public_id))
    with pytest.raises(IntegrityError, match="privileged papers do not leave"), transaction.atomic():
        MaterialLink.objects.create(item=item, kind="document", key=advice.public_id, linked_by=case.officer)


# Lines of enquiry.


def test_a_line_of_enquiry_is_followed_or_says_why_not():
    case = make_prosecution()
    sealed, plain = make_item(case, is_sensitive=True), make_item(case)
    values = {"direction": "away", "what": "Ask the neighbour", "why": "She was at home", "owner": case.officer, "due_on": TODAY}
    line = add_line(actor=case.disclosure_officer, prosecution=case, items=[sealed, plain], **values)
    assert Action.objects.waiting().get(kind="unused-line").owner == case.officer
    change = {"actor": case.officer, "line": line, "version": 1, "state": "not_pursued", **values}
    with pytest.raises(DomainError) as refused:
        change_line(**change)
    assert refused.value.field == "result"
    change_line(**change | {"result": "She has died"})
    assert set(line.items.all()) == {sealed}  # the officer in the case took off what they see, and nothing else
    assert not Action.objects.waiting().filter(kind="unused-line").exists()


def test_late_lines_show_with_the_items_that_one_sees():
    case = make_prosecution()
    line = make_line(case, due_on=TODAY - timedelta(days=1))
    line.items.set([make_item(case, is_sensitive=True)])
    assert [(each.is_late, each.seen) for each in lines_of(case.officer, case)] == [(True, [])]


# Schedules.


def test_schedules_wait_for_every_item_and_name_it():
    case = make_prosecution()
    make_item(case)
    look_at(make_item(case), undermines="yes", decision="")
    with pytest.raises(DomainError) as refused:
        issue(case)
    assert str(refused.value) == "Item 1 has not been looked at. Item 2 has no decision that fits."
    with pytest.raises(DomainError, match="Only the disclosure officer"):
        issue(case, actor=boss_of(case))


def test_the_open_schedule_says_nothing_of_sensitive_items_and_counts_for_itself():
    case = make_prosecution()
    look_at(make_item(case, is_sensitive=True, what="Phone log of Quenby"))
    look_at(make_item(case))
    schedule = issue(case)
    copy = give_copy(actor=case.disclosure_officer, schedule=schedule, recipient="defence", given_to="Solicitor", given_on=TODAY)
    text = text_of(print_copy(actor=case.disclosure_officer, copy=copy)[1])
    assert "Row 1" in text
    assert OPEN in text
    assert not [word for word in (SEALED, "Quenby", "Thistlewood", "Row 2", "informant", "Sensitive unused") if word in text]
    sealed = issue(case, "mg6d")
    assert (SEALED in str(sealed.content), SECRET in str(sealed.content), OPEN in str(sealed.content)) == (True, True, False)
    assert list(Schedule.objects.for_user(case.officer)) == [schedule]
    with pytest.raises(DomainError, match="Only the schedule of non-sensitive"):
        give_copy(actor=case.disclosure_officer, schedule=sealed, recipient="defence", given_to="Solicitor", given_on=TODAY)


def test_a_schedule_is_frozen_and_prints_again_byte_for_byte():
    case = make_whole()
    schedule = issue(case)
    copy = give_copy(actor=case.disclosure_officer, schedule=schedule, recipient="prosecutor", given_to="CPS", given_on=TODAY)
    first = print_copy(actor=case.disclosure_officer, copy=copy)[1]
    case.items.filter(is_sensitive=False).update(description="Another book altogether, of another night")
    again, file = print_copy(actor=case.disclosure_officer, copy=fresh(copy))
    assert (file == first, again.pk, ScheduleCopy.objects.count()) == (True, copy.pk, 1)
    assert "Copy 1, for CPS (the prosecutor)" in text_of(file)
    for row in (schedule, copy):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(sha256="0" * 64)


def test_another_version_says_what_changed():
    case = make_whole()
    issue(case)
    item = case.items.get(is_sensitive=False)
    assess_item(**said(item, assists="yes", assists_why="Names another man", decision="disclose"))
    look_at(make_item(case, description="Statement of a taxi driver of 3 May"))
    second = issue(case)
    assert (second.number, second.content["changes"]) == (2, ["Row 2 is new.", "Row 1 has changed."])
    assert changes_between([{"item": "a"}, {"item": "b"}], [{"item": "b"}]) == ["Row 1 of the version before is no longer listed."]


def test_the_report_names_what_meets_a_test_and_ends_the_clock():
    nominal = make_nominal()
    case = open_prosecution(**opening(nominal))
    look_at(make_item(case), assists="yes", assists_why="Names another man", decision="disclose")
    look_at(make_item(case, is_sensitive=True))
    for kind in ("mg6c", "mg6d"):
        issue(case, kind)
        assert Action.objects.waiting().filter(kind="unused-schedule").exists()
    rows = issue(case, "mg6e").content["rows"]
    assert [dict(row["cells"])["Listed"] for row in rows] == ["MG6C row 1"]
    assert not Action.objects.waiting().filter(kind="unused-schedule").exists()


# The court.


def asked(case, *items, **values):
    """Ask the court as the disclosure officer."""
    plain = {"notice": "none", "prosecutor": "Crown prosecutor", "grounds": "A life", "made_on": CHARGED, "court": "Northmere Crown Court"}
    return ask_court(actor=case.disclosure_officer, prosecution=case, version=fresh(case).version, items=items, **plain | values)


def ruled(application, ruling, **values):
    """Enter a ruling as the disclosure officer."""
    plain = {"ruled_on": TODAY, "court": "Northmere Crown Court", "ruling_words": "So ordered", "version": application.version}
    actor = application.prosecution.disclosure_officer
    return enter_ruling(actor=actor, application=application, ruling=ruling, **plain | values)


def test_the_court_is_asked_about_sensitive_items_that_were_looked_at():
    case = make_whole()
    with pytest.raises(DomainError, match="looked at: 1, 3"):
        asked(case, *case.items.all(), make_item(case, is_sensitive=True))
    with pytest.raises(NotPermitted):
        ask_court(
            actor=case.officer, prosecution=case, version=case.version, items=[], notice="none", prosecutor="x", grounds="x",
            made_on=CHARGED, court="x",
        )  # fmt: skip


def test_what_meets_a_test_is_withheld_by_a_ruling_alone():
    case = make_prosecution()
    item = make_item(case, is_sensitive=True)
    look_at(item, assists="yes", decision="court")
    with pytest.raises(IntegrityError, match="without a ruling"), transaction.atomic():
        look_at(item, assists="yes", decision="withhold")
    end = {"actor": case.disclosure_officer, "prosecution": case, "outcome": "convicted", "outcome_words": "Two years"}
    with pytest.raises(DomainError, match="Item 1 needs a ruling"):
        finish_prosecution(version=case.version, **end)
    application = asked(case, item)
    with pytest.raises(DomainError, match="Item 1 waits for a ruling"):
        finish_prosecution(version=fresh(case).version, **end)
    ruled(application, "withhold")
    assert fresh(item).assessments.first().decision == "withhold"
    assert finish_prosecution(version=fresh(case).version, **end).outcome == "convicted"
    with pytest.raises(DomainError, match="is finished"):
        make_and_add(case)


def make_and_add(case):
    """Add one more item."""
    values = {"description": OPEN, "what": "A book", "kept_at": "Store", "is_sensitive": False}
    return add_item(actor=case.disclosure_officer, prosecution=case, **values)


def test_a_ruling_to_disclose_opens_the_item():
    case = make_prosecution()
    item = make_item(case, is_sensitive=True)
    look_at(item, assists="yes", decision="court")
    application = asked(case, item)
    ruled(application, "disclose")
    assert [(each.description, each.latest.decision) for each in items_of(case.officer, case)] == [(SEALED, "disclose")]
    assert SECRET not in str(list(Assessment.objects.for_user(case.officer).values()))
    assert SECRET in str(list(Assessment.objects.for_user(case.disclosure_officer).values()))
    with pytest.raises(DomainError) as refused:
        assess_item(**said(fresh(item), assists="yes", decision="court"))
    assert refused.value.field == "decision"
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        ImmunityApplication.objects.update(ruling="withhold")


def test_what_opens_is_described_without_what_was_sensitive():
    case = make_prosecution()
    item = make_item(case, is_sensitive=True, description="Note of a call by Thistlewood on 3 May about the car")
    look_at(item, assists="yes", decision="court")
    with pytest.raises(DomainError, match="Item 1 will be shown to the defence"):
        ruled(asked(case, item), "disclose")


def test_what_was_to_be_disclosed_is_disclosed_before_the_end():
    fact = ItemFacts(number=3, is_sensitive=False, decision="disclose")
    assert list(map(str, left_to_finish([fact]))) == ["Item 3 has not been disclosed."]
    case = make_prosecution()
    look_at(make_item(case), assists="yes", decision="disclose")
    end = {"actor": case.disclosure_officer, "prosecution": case, "version": case.version, "outcome_words": "No evidence offered"}
    with pytest.raises(DomainError, match="has not been disclosed"):
        finish_prosecution(outcome="acquitted", **end)
    assert finish_prosecution(outcome="discontinued", **end).finished_by == case.disclosure_officer


# History and dated data.


def test_history_tells_each_reader_what_they_may_see():
    case = make_whole()
    for kind in ("mg6c", "mg6d"):
        give_copy(actor=case.disclosure_officer, schedule=issue(case, kind), recipient="prosecutor", given_to="CPS", given_on=TODAY)
    found = {words for _, _, words, _ in history_of(case.disclosure_officer, case.nominal)}
    assert found == {
        f"Prosecution {case.reference} opened", "MG6C version 1 given to the prosecutor", "MG6D version 1 given to the prosecutor",
    }  # fmt: skip
    assert not any("MG6D" in words for _, _, words, _ in history_of(case.officer, case.nominal))
    assert history_of(make_user(), case.nominal) == []


def test_grounds_are_dated():
    assert Ground.objects.on(TODAY).filter(law="unused").count() == 10
    assert Ground.objects.filter(law="unused", period__startswith__gt=now().date()).count() == 0


def test_items_take_as_many_queries_for_many_as_for_few():
    case, counts = make_whole(), []
    items_of(case.disclosure_officer, case)  # who the user is, is asked once
    for start in (3, 5):
        for number in range(start, 2 * start - 1):
            item = make_item(case, number=number, is_sensitive=True)
            look_at(item)
            make_application(case, item)
        with CaptureQueriesContext(connection) as captured:
            items = items_of(case.disclosure_officer, case)
        counts.append((len(items), len(captured)))
    assert counts == [(4, 3), (8, 3)]
