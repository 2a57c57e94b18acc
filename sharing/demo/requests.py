"""Requests and news of agencies in the synthetic force: one that a unit answers, one that waits, and intelligence for the bureau."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.choices.news import NewsKind
from sharing.choices.requests import CameBy
from sharing.services.news import give_news
from sharing.services.requests import link_request, take_request, write_down_request


def add_requests(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have children's services ask by telephone about two people, and an agency's worker tell of what was seen."""
    officer = users["offender_manager"]
    agencies = Organisation.objects.exclude(kind=OrganisationKind.FORCE).filter(is_active=True).order_by("pk")
    council = agencies.filter(kind=OrganisationKind.CHILDRENS_SERVICES).first() or agencies.first()
    if council is None:
        return
    words = {"power": "Children Act 2004, section 10", "purpose": "protect_child", "asked_for": "Duty social worker"}
    words |= {"came_by": CameBy.TELEPHONE}
    asked = write_down_request(
        actor=officer, agency=council, template="carers_check", subject_name="Arthur Sample", subject_birth="1971",
        data_classes=["risk", "conditions"], details="He is named as somebody who would look after a child for some weeks.",
        relationship="A friend of the mother", care_from=today + timedelta(days=10), needed_by=today + timedelta(days=5), **words,
    )  # fmt: skip
    taken = take_request(actor=officer, request=asked, version=asked.version)
    link_request(actor=officer, request=taken, nominal=arthur, version=taken.version)
    write_down_request(
        actor=officer, agency=council, template="general", subject_name="Peter Example", data_classes=["identity", "risk"],
        details="A new lodger in a household with children. Do we need to know anything?", is_urgent=True,
        urgent_reason="He moves in tomorrow", **words,
    )  # fmt: skip
    worker = User.objects.filter(groups__name=Role.PARTNER, is_active=True, is_service=False).order_by("pk").first()
    if worker:
        give_news(
            actor=worker, force=officer.organisation, kind=NewsKind.INTELLIGENCE, happened_on=today, given_for="Duty officer",
            subject_name="Arthur Sample", text="He asked other residents where the nearest swimming pool is.", needs_consent=True,
            how_known="Heard by staff",
        )  # fmt: skip
