"""`manage.py verify_travel_alerts`: whether every report that came stands in exactly one place; status 1 when one does not."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from intelligence.choices.travel import AlertState
from intelligence.models import TravelAlert
from intelligence.reports.travel import sums_of

BEGINNING = date(2000, 1, 1)


class Command(BaseCommand):
    """Count what came and where it stands."""

    help = "Check that every report from the border stands in exactly one place."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the sums; CommandError when one does not add up, or a filed report stands on no record or on two."""
        sums = sums_of(TravelAlert.objects.all(), BEGINNING)
        for each in sums:
            ends = ", ".join(f"{number} {state.label.lower()}" for state, number in each.ends)
            came = f"{each.received} received, {each.repeats} came again"
            self.stdout.write(f"{each.day} {each.source.code}: {came}, {each.waiting} waiting, {ends}")
        live = Count("records", filter=Q(records__withdrawn_at__isnull=True))
        wrong = TravelAlert.objects.annotate(live=live).filter(
            (Q(state=AlertState.FILED) & ~Q(live=1)) | (~Q(state=AlertState.FILED) & ~Q(live=0))
        )
        if not all(each.adds_up for each in sums) or wrong.exists():
            raise CommandError("The reports do not add up. The page of received and dealt with shows which day.")
