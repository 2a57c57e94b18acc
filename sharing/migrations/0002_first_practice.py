"""The first powers to share and rules of who decides; what is the force's to say is to be confirmed by it."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
# Code, name, from when, what it allows, where it is written.
POWERS = (
    ("common_law", "Common law: policing purposes", SINCE, "To protect life and property, keep order, prevent and detect crime.", "Common law"),
    ("cda_115", "Crime and Disorder Act 1998, section 115", date(1998, 9, 30),
     "Sharing with councils, probation, health and others for the purposes of that Act.", "Crime and Disorder Act 1998, section 115"),
    ("cja_325", "Criminal Justice Act 2003, section 325", date(2004, 4, 5),
     "Co-operation and exchange of information under MAPPA.", "Criminal Justice Act 2003, section 325"),
    ("cja_327a", "Criminal Justice Act 2003, section 327A", date(2008, 7, 14),
     "Telling a member of the public about a child sex offender, to protect a child.", "Criminal Justice Act 2003, section 327A"),
    ("oma_14", "Offender Management Act 2007, section 14", date(2008, 4, 1),
     "Sharing to manage offenders in custody and on licence.", "Offender Management Act 2007, section 14"),
    ("ca_10_11", "Children Act 2004, sections 10 and 11", date(2005, 3, 1),
     "Co-operation to safeguard children and their welfare.", "Children Act 2004, sections 10 and 11"),
    ("dpa_28", "Data Protection Act 1998, section 28", date(2000, 3, 1),
     "Preventing and detecting crime, where telling the person would prejudice it.", "Data Protection Act 1998, section 28"),
    ("dpa_part_3", "Data Protection Act 2018, Part 3", date(2018, 5, 25),
     "Processing for law enforcement, with limits on what the person is told.", "Data Protection Act 2018, Part 3"),
)  # fmt: skip
ENDS = {"dpa_28": date(2018, 5, 25)}
GUIDANCE = "National guidance on managing sexual and violent offenders: who decides on disclosure"
PRACTICE = "Practice of forces; to be confirmed by the force"
VERY_SENIOR = ["ACC", "DCC", "CC", "Commander"]
# Circumstance, who decides, further terms, where it is written.
AUTHORITIES = (
    ("agency", "supervisor", {"is_confirmed": False}, PRACTICE),
    ("category_1_level_1", "disclosure_authority", {"is_delegable": True, "ranks": []}, GUIDANCE),
    ("other_level_1", "disclosure_authority", {"is_delegable": True, "is_confirmed": False}, PRACTICE),
    ("level_2_or_3", "chair", {"is_in_minutes": True}, GUIDANCE),
    ("not_under_mappa", "disclosure_authority", {"is_delegable": True, "is_confirmed": False}, PRACTICE),
    ("media_or_public", "senior_officer", {"ranks": VERY_SENIOR, "needs_press_office": True, "is_confirmed": False}, GUIDANCE),
)


def add_practice(apps, schema_editor):
    """Add what held until now."""
    powers, rules = (apps.get_model("sharing", name).objects for name in ("Power", "AuthorityRule"))
    for code, name, since, allows, source in POWERS:
        powers.create(code=code, name=name, allows=allows, source=source, period=DateRange(since, ENDS.get(code)))
    for circumstance, authority, terms, source in AUTHORITIES:
        rules.create(circumstance=circumstance, authority=authority, source=source, period=DateRange(SINCE, None), **terms)


def remove_practice(apps, schema_editor):
    """Take it away again."""
    for name in ("Power", "AuthorityRule"):
        apps.get_model("sharing", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_sharing")]

    operations = [migrations.RunPython(add_practice, remove_practice)]
