"""What the media asked the synthetic force: once in general, once about a person."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import now

from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.services.media import add_agency, answer_press_office, link_record, take_enquiry
from sharing.services.media_statements import agree_statement, agree_strategy, issue_statement, write_statement, write_strategy

GENERAL = "Our readers ask what happens when somebody comes out of prison after a sexual offence. Who watches them?"
SAID = "Police, probation and prisons plan together for everybody who is released, and meet about those who pose the most risk."
SPECIFIC = "A reader says that a man on the Quay Road was in prison for abusing children. Is he on a register? Who told the school?"
NEITHER = "Please say neither that we know such a man nor that we do not. The lines below are agreed."


def add_media(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have the press officer answer one enquiry with a statement, and wait for an agency with the other."""
    press, officer = users["press_officer"], users["offender_manager"]
    came = {"journalist": "", "received_at": now() - timedelta(hours=3), "unit": arthur.unit}
    general = take_enquiry(actor=press, kind="general", outlet="Northmere Echo", received_by="email", question=GENERAL, **came)
    answer_press_office(actor=officer, enquiry=general, version=general.version, unit_says="Fine to say how it works here.")
    write_statement(actor=press, enquiry=general, text=SAID, identifies=False)
    agree_statement(actor=officer, enquiry=general, number=1)
    issue_statement(actor=press, enquiry=general, number=1)
    specific = take_enquiry(actor=press, kind="specific", outlet="Radio Northmere", received_by="phone", question=SPECIFIC, **came)
    link_record(actor=officer, enquiry=specific, nominal=arthur)
    answer_press_office(actor=officer, enquiry=specific, version=specific.version, unit_says=NEITHER)
    add_agency(actor=officer, enquiry=specific, agency=Organisation.objects.get(code="northmere-probation"))
    lines = ["no-vigilantes", "safety-first", "no-single-cases"]
    strategy = write_strategy(
        actor=press, enquiry=specific, text="No name, no street. The press office alone answers.", lines=lines, own_lines=""
    )
    agree_strategy(actor=officer, enquiry=specific, version=strategy.version)
    write_statement(
        actor=press, enquiry=specific, text="We do not speak about single cases. Ring us when you are worried.", identifies=False
    )
