"""What the synthetic force has agreed with its agencies; one agreement ended last month."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.models import Agreement
from sharing.services.agreements import add_agreement, add_contact

EVERYTHING = ["identity", "risk", "offending", "conditions", "whereabouts", "plan", "associates", "events"]
TOGETHER, TO_A_CHILD = ["manage_risk", "release_or_recall"], ["identity", "risk", "conditions", "whereabouts", "associates"]
# Code of the agency, title, purposes, kinds, powers, days until the review, whom to reach.
AGREEMENTS = (
    ("northmere-probation", "Managing people on licence together", TOGETHER, EVERYTHING, ["cja_325", "oma_14"], 20,
     ("Duty manager", "01632 960301", "Recall, at any hour")),
    ("hmp-holmebrook", "Before and after release", TOGETHER, ["identity", "risk", "conditions", "plan"], ["cja_325", "oma_14"], 120,
     ("Offender management unit", "01632 960302", "Release dates")),
    ("northmere-children", "Protecting children", ["protect_child"], TO_A_CHILD, ["ca_10_11", "cja_325"], 200,
     ("Front door", "01632 960303", "Urgent matters about a child")),
)  # fmt: skip


def add_agreements(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have information governance keep three agreements in force, and one that is over."""
    keeper = users["information_governance"]
    agencies = {agency.code: agency for agency in Organisation.objects.all()}
    for code, title, purposes, kinds, powers, review, (post, phone, for_what) in AGREEMENTS:
        agreement = add_agreement(
            actor=keeper, agency=agencies[code], title=title, purposes=purposes, data_classes=kinds, powers=powers,
            first_day=today - timedelta(days=300), last_day=today + timedelta(days=430), review_on=today + timedelta(days=review),
            signed_by="Chief superintendent, public protection; head of service", document="Agreements 2026",
        )  # fmt: skip
        add_contact(actor=keeper, agreement=agreement, post=post, phone=phone, email=f"desk@{code}.invalid", for_what=for_what)
    Agreement.objects.create(
        force=keeper.organisation, agency=agencies["northmere-homes"], title="Safe tenancies", purposes=["housing"],
        data_classes=["identity", "conditions"], powers=["cda_115"], review_on=today - timedelta(days=60), added_by=keeper,
        period=DateRange(today - timedelta(days=395), today - timedelta(days=30)), signed_by="Superintendent; director of housing",
    )  # fmt: skip
