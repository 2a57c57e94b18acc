"""The first clock rules and bank holidays. Later changes are made on the page of rules, as new rows."""
from datetime import date

import holidays
from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SOA = "Sexual Offences Act 2003, Part 2 (before it the Sex Offenders Act 1997)"
MAPPA = "MAPPA guidance; figures to be confirmed by the force"
PRACTICE = "Practice of MOSOVO units; to be confirmed by the force"
SINCE = date(1997, 9, 1)

# code, name, quantity (None: without end), unit, warn days, late days at which it goes up, source, confirmed
RULES = [
    ("notify-initial", "First notification after conviction, caution or release", 3, "days", 1, [0, 1], SOA, True),
    ("notify-change", "Notification of a change of details", 3, "days", 1, [0, 1], SOA, True),
    ("notify-household-child", "Notification of living where a child lives or stays", 3, "days", 1, [0, 1], SOA, True),
    ("notify-bank", "Notification of bank and card details", 3, "days", 1, [0, 1], SOA, True),
    ("notify-passport", "Notification of a passport or identity document", 3, "days", 1, [0, 1], SOA, True),
    ("notify-annual", "Annual notification", 1, "years", 28, [0, 3], SOA, True),
    ("notify-no-fixed-address", "Weekly notification while of no fixed address", 7, "days", 1, [0, 1], SOA, True),
    ("notify-travel", "Notification before foreign travel", 7, "days", 1, [0], SOA, True),
    ("registration-30-months", "Notification period: 30 months of custody or more, life, or a restriction order", None, "years", 0, [], SOA, True),
    ("registration-over-6-months", "Notification period: more than 6 and less than 30 months of custody", 10, "years", 90, [], SOA, True),
    ("registration-6-months", "Notification period: 6 months of custody or less, or hospital without restriction", 7, "years", 90, [], SOA, True),
    ("registration-caution", "Notification period: caution", 2, "years", 90, [], SOA, True),
    ("registration-other", "Notification period: any other disposal", 5, "years", 90, [], SOA, True),
    ("indefinite-review", "First application for review of indefinite notification", 15, "years", 90, [], SOA, True),
    ("indefinite-review-young", "The same, for those under 18 at the time", 8, "years", 90, [], SOA, True),
    ("visit-very-high", "Visit: very high risk", 1, "months", 5, [0, 7], PRACTICE, False),
    ("visit-high", "Visit: high risk", 3, "months", 14, [0, 14], PRACTICE, False),
    ("visit-medium", "Visit: medium risk", 6, "months", 14, [0, 28], PRACTICE, False),
    ("visit-low", "Visit: low risk", 12, "months", 28, [0, 28], PRACTICE, False),
    ("visit-not-set", "Visit: risk level not set", 1, "months", 5, [0, 7], PRACTICE, False),
    ("visit-concern", "Answer to a concern after a visit", 1, "working_days", 0, [0, 1], PRACTICE, False),
    ("risk-review", "Risk assessment: review", 12, "months", 28, [0, 14], PRACTICE, False),
    ("risk-after-change", "Risk assessment after a significant change", 10, "working_days", 3, [0, 5], PRACTICE, False),
    ("risk-after-recall", "Risk assessment after recall", 1, "working_days", 0, [0, 1], PRACTICE, False),
    ("approval", "Approval by a supervisor", 5, "working_days", 1, [0, 5], PRACTICE, False),
    ("check-very-high", "System checks: very high risk", 1, "months", 5, [0, 14], PRACTICE, False),
    ("check-high", "System checks: high risk", 3, "months", 14, [0, 28], PRACTICE, False),
    ("check-medium", "System checks: medium risk", 6, "months", 14, [0, 28], PRACTICE, False),
    ("check-low", "System checks: low risk", 12, "months", 28, [0, 28], PRACTICE, False),
    ("check-not-set", "System checks: risk level not set", 1, "months", 5, [0, 14], PRACTICE, False),
    ("mappa-screening", "MAPPA screening after referral", 10, "working_days", 3, [0, 5], MAPPA, False),
    ("mappa-review-level-3", "MAPPA review at level 3", 6, "weeks", 7, [0, 7], MAPPA, False),
    ("mappa-review-level-2", "MAPPA review at level 2", 12, "weeks", 14, [0, 14], MAPPA, False),
    ("mappa-review-level-1", "MAPPA review at level 1 by the lead agency", 4, "months", 14, [0, 28], MAPPA, False),
    ("minutes-level-3", "Minutes of a level 3 meeting", 5, "working_days", 1, [0, 2], MAPPA, False),
    ("minutes-level-2", "Minutes of a level 2 meeting", 10, "working_days", 2, [0, 5], MAPPA, False),
    ("recall-standard", "Standard recall: revocation of the licence", 24, "hours", 0, [0], "Probation recall practice; to be confirmed by the force", False),
    ("recall-emergency", "Emergency recall: revocation of the licence", 2, "hours", 0, [0], "Probation recall practice; to be confirmed by the force", False),
    ("arrest-standard", "Arrest after a standard recall", 96, "hours", 1, [0, 1], "Force target; to be confirmed by the force", False),
    ("arrest-emergency", "Arrest after an emergency recall", 48, "hours", 0, [0, 1], "Force target; to be confirmed by the force", False),
    ("transfer-decision", "Answer to an offered transfer", 5, "working_days", 1, [0, 2], PRACTICE, False),
    ("authority-reply", "Answer of another responsible authority", 5, "working_days", 1, [0, 5], PRACTICE, False),
    ("briefing-receipt", "Confirming that a briefing was read", 1, "working_days", 0, [0], PRACTICE, False),
    ("covert-decision", "Answer to a referral for covert techniques", 5, "working_days", 1, [0, 5], PRACTICE, False),
    ("order-expiry-review", "Review before an order ends", 3, "months", 28, [0], PRACTICE, False),
    ("notice-answer", "Answer to news from the street", 1, "working_days", 0, [0, 1], PRACTICE, False),
    ("date-given", "Action with a date that somebody gave: reminder and escalation", None, "days", 3, [0, 7], PRACTICE, False),
    ("document-scan", "Document waiting for a virus scan", 1, "days", 0, [0], PRACTICE, False),
    ("registration-band-short", "Notification period: custody up to this long has the shortest period for custody", 6, "months", 0, [], SOA, True),
    ("registration-band-long", "Notification period: custody of this length or more has no end", 30, "months", 0, [], SOA, True),
    ("registration-end-review", "Check before a notification period ends", 1, "months", 14, [0], PRACTICE, False),
    ("notify-travel-late", "Notification before foreign travel when plans could not be known a week ahead", 12, "hours", 0, [], SOA, True),
    ("review-decision", "Decision on an application for review of indefinite notification", 6, "weeks", 14, [0, 7], "Sexual Offences Act 2003, sections 91A to 91F", False),
    ("breach-decision", "Decision on a breach of notification or of an order", 10, "working_days", 3, [0, 5], PRACTICE, False),
    ("order-shpo-min", "Sexual harm prevention order: shortest length", 5, "years", 0, [], "Sexual Offences Act 2003, section 103C", False),
    ("order-sro-min", "Sexual risk order: shortest length", 2, "years", 0, [], "Sexual Offences Act 2003, section 122A", False),
    ("order-voo-min", "Violent offender order: shortest length", 2, "years", 0, [], "Criminal Justice and Immigration Act 2008, section 98", False),
    ("order-voo-max", "Violent offender order: longest length", 5, "years", 0, [], "Criminal Justice and Immigration Act 2008, section 98", False),
    ("order-travel-ban-max", "Prohibition on foreign travel in an order: longest length", 5, "years", 0, [], "Sexual Offences Act 2003, section 103D", False),
    ("document-infected", "Dealing with a file in which a virus was found", 1, "working_days", 0, [0], PRACTICE, False),
]  # fmt: skip
YEARS = range(2015, 2036)
NATIONS = ("ENG", "SCT", "NIR")


def add_rules(apps, schema_editor):
    """Add the first version of each rule."""
    rule = apps.get_model("actions", "ClockRule")
    names = ("code", "name", "quantity", "unit", "warn_days", "escalate_days", "source", "is_confirmed")
    rule.objects.bulk_create(rule(period=DateRange(SINCE, None), **dict(zip(names, row, strict=True))) for row in RULES)


def add_holidays(apps, schema_editor):
    """Add the bank holidays that are known."""
    model = apps.get_model("actions", "BankHoliday")
    source = f"PyPI package holidays {holidays.__version__}"
    model.objects.bulk_create(
        model(nation=nation, day=day, name=name[:100], source=source)
        for nation in NATIONS
        for day, name in sorted(holidays.country_holidays("GB", subdiv=nation, years=YEARS).items())
    )


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]

    operations = [
        migrations.RunPython(add_rules, migrations.RunPython.noop),
        migrations.RunPython(add_holidays, migrations.RunPython.noop),
    ]
