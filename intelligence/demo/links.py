"""What belongs together in the synthetic force: links confirmed, suggested and refused, and a place of which three weak reports tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from intelligence.choices.links import LinkState
from intelligence.demo.information import write
from intelligence.models import InformationReport, Link
from intelligence.services.information import add_subject, submit_report
from intelligence.services.information_evaluating import reject_report
from intelligence.services.information_routing import route_reports
from intelligence.services.link_suggesting import suggest_links
from intelligence.services.links import link_new_entity, link_things, refuse_link
from offenders.models import Nominal

GRADE = {"grade_source": 2, "assessment": "B", "handling": "P"}
POOL = {"kind": "place", "name": "Tollgate Pool", "postcode": "NM1 2AB", "note": "Open until eight; side door to the car park"}
VAN = {"kind": "vehicle", "name": "NM71 ABC", "note": "White van with a ladder on the roof"}
PHONE = {"kind": "phone", "name": "07700 900417"}
MONTY = {"kind": "person", "name": "Monty Skelhorn", "note": "Called Uncle Monty; sells telephones"}
AT_THE_POOL = (
    ("A man asked two girls by the vending machine at Tollgate Pool, NM1 2AB, whether they wanted to earn money as models.", "operational"),
    ("Lifeguard at NM1 2AB says an older man films the changing village with a telephone held low; left when spoken to.", "supervisor"),
    ("White van NM71 ABC waited by the side door of the pool, NM1 2AB, at closing time on three evenings.", "operational"),
)
CALLS = (
    ("A girl of twelve is rung at night from 07700 900417; a man who calls himself a scout for models.", "operational"),
    ("Mother found the number 07700 900417 on her daughter's telephone; he promised money to girls who want to be models.", "supervisor"),
)


def report(author: User, on: date, text: str, yes: dict[str, str], words: str) -> InformationReport:
    """Send a report about somebody who is not on record."""
    draft: InformationReport = write(author, on, text, "police", yes, seen_where="Northport")
    add_subject(actor=author, report=draft, words=words)
    return submit_report(actor=author, report=draft, version=draft.version)


def add_links(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have officers report of a pool and of a number, the bureau link some of it, and the system suggest the rest."""
    bureau = users["intelligence"]
    at_pool = [
        report(users[who], today - timedelta(days=40 - 10 * number), text, {"at_risk": "Children at the pool"}, "A man of about sixty")
        for number, (text, who) in enumerate(AT_THE_POOL)
    ]
    for number, (text, who) in enumerate(CALLS):
        report(users[who], today - timedelta(days=3 - number), text, {"harm": "He asks to meet her"}, "A caller")
    route_reports(actor=None)
    closed = at_pool[1]
    closed.refresh_from_db()
    reject_report(actor=bureau, report=closed, reason="Nobody could be found", version=closed.version)
    pool = entity_of(link_new_entity(actor=bureau, one=at_pool[0], kind="tells_of", entity=POOL, **GRADE))
    for each in at_pool[1:]:
        link_things(actor=bureau, one=each, other=pool, kind="tells_of", **GRADE)
    patrol = GRADE | {"basis": "Seen on patrol"}
    van = entity_of(link_new_entity(actor=bureau, one=arthur, kind="uses", entity=VAN, is_shared=True, **patrol))
    link_new_entity(actor=bureau, one=arthur, kind="associate", entity=MONTY, basis="Told by the prison", **GRADE)
    link_new_entity(actor=bureau, one=van, kind="seen", entity=POOL | {"name": "Tollgate Pool car park"}, **patrol)
    link_new_entity(actor=bureau, one=others[0], kind="contact", entity=PHONE, basis="Told by his sister", **GRADE)
    suggest_links(actor=None)
    same = Link.objects.filter(state=LinkState.SUGGESTED, kind="same").first()
    if same:
        refuse_link(actor=bureau, link=same, version=same.version, reason="The car park is another place than the pool")


def entity_of(link: Link) -> Any:
    """Return the entity at the end of a link that was just added."""
    return link.ends.filter(entity__isnull=False).latest("pk").entity
