"""What flags of the synthetic force tell: some in force, one that reached somebody, one that is due to be looked at, one that ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import now

from accounts.models import User
from actions.choices import Happening
from intelligence.choices.flags import Audience, Channel, Urgency
from intelligence.models import FlagSetting
from intelligence.reports.flags import usual_for
from intelligence.services.flag_matching import match_occurrences
from intelligence.services.flag_reviews import check_flag_reviews
from intelligence.services.flags import end_flag, set_flag, set_usual_flags
from offenders.models import Nominal
from offenders.services.notices import tell_manager

WHY = "Usual for somebody at this risk"


def add_flags(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Give Arthur Sample and a few others their flags, let one tell of a stop check, and raise the review of those that are due."""
    manager = arthur.offender_manager
    for nominal in (arthur, *others[:3]):
        set_usual_flags(actor=nominal.offender_manager, nominal=nominal, usual=usual_for(nominal, today), reason=WHY)
    for_the_unit = {"audience": Audience.UNIT, "unit": arthur.unit, "channel": Channel.ACTION, "urgency": Urgency.AT_ONCE}
    set_flag(
        actor=users["supervisor"], nominal=arthur, kind=Happening.STOP_CHECK, review_months=3, **for_the_unit,
        reason="Whoever is on duty looks into it while he moves home",
    )  # fmt: skip
    summer = set_flag(
        actor=manager, nominal=arthur, kind=Happening.ADDRESS_CHANGE, review_months=6, reason="While the hostel was full",
        audience=Audience.USER, user=users["supervisor"],
    )  # fmt: skip
    end_flag(actor=manager, setting=summer, reason="The hostel has a room for him")
    late = FlagSetting.objects.live().filter(nominal__in=[arthur, *others[:2]], kind__in=[Happening.CUSTODY, Happening.BREACH])
    late.update(review_due_on=today - timedelta(days=3))
    words = "Stopped at the swimming pool with a bag of sweets. Let go with advice."
    tell_manager(actor=users["operational"], nominal=arthur, what_happened=words, kind=Happening.STOP_CHECK)
    match_occurrences(actor=None, now=now())
    check_flag_reviews(actor=None, on=today)
