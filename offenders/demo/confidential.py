"""What the synthetic force keeps apart: a section that a supervisor may read, one that was closed, sensitive material."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from accounts.models import User
from offenders.choices import SectionKind
from offenders.choices.confidential import Consent, LawfulBasis, ReviewOutcome, SensitiveKind
from offenders.models import Nominal
from offenders.services.section_care import change_section, review_section
from offenders.services.sections import add_section, grant_section
from offenders.services.sensitive import add_sensitive

TACTICS = "Plain-clothes officers pass the leisure centre on Saturdays. Nobody in the neighbourhood team has been told which."
CLOSED = "A shop assistant, Perpetua Lanyon, offered to ring when he buys sweets in quantity. She has since moved away."


def add_confidential(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Tell it of Arthur Sample, and hold one item with a few other records."""
    owner, supervisor = users["offender_manager"], users["supervisor"]
    law = {"basis": LawfulBasis.POLICING, "lawful_basis": "Preventing offences against children"}
    values = law | {"handling": "Ask the owner before any use"}
    tactics = add_section(
        actor=owner, nominal=arthur, kind=SectionKind.TACTICS, body=TACTICS, originator="Northport MOSOVO",
        review_on=today + timedelta(days=60), **values,
    )  # fmt: skip
    change_section(actor=owner, section=tactics, version=1, body=f"{TACTICS} From December on Sundays too.")
    until = make_aware(datetime.combine(today + timedelta(days=30), time.min))
    grant_section(actor=owner, section=tactics, user=supervisor, reason="Plans the staffing of the patrols", expires_at=until)
    helper = add_section(
        actor=owner, nominal=arthur, kind=SectionKind.THIRD_PARTY, body=CLOSED, originator="A member of the public",
        review_on=today + timedelta(days=7), **values,
    )  # fmt: skip
    review_section(actor=owner, section=helper, version=1, outcome=ReviewOutcome.CLOSE, reason="She has moved away and sees him no more")
    add_items(owner, arthur, today)
    for nominal in others:
        if nominal.offender_manager == owner:
            add_sensitive(actor=owner, nominal=nominal, **item(today, "Takes insulin; carries it in a blue case.", "Custody nurse"))


def item(today: date, text: str, source: str) -> dict[str, object]:
    """Return one item of the person's health."""
    return {
        "kind": SensitiveKind.HEALTH, "text": text, "source": source, "basis": LawfulBasis.VITAL_INTERESTS, "originator": "",
        "conditions": "", "consent": Consent.NOT_ASKED, "asked_on": None, "answered_on": None, "review_on": today + timedelta(days=180),
    }  # fmt: skip


def add_items(owner: User, arthur: Nominal, today: date) -> None:
    """Two items: his health, and a report that its author lets nobody pass on without asking."""
    add_sensitive(actor=owner, nominal=arthur, **item(today, "Asthma; carries an inhaler. Panic attacks in small rooms.", "Custody nurse"))
    report = item(today, "Assessment by the treatment provider: left the programme after the fourth session.", "Report of the provider")
    add_sensitive(
        actor=owner, nominal=arthur,
        **report | {
            "kind": SensitiveKind.THIRD_PARTY, "basis": LawfulBasis.POLICING, "originator": "Northmere Health Trust",
            "conditions": "Not to be quoted to him", "consent": Consent.ASKED, "asked_on": today - timedelta(days=12),
        },
    )  # fmt: skip
