"""The first messages for the media, whatever the case; in words of our own, to be confirmed by the force."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
SOURCE = "National guidance on managing sexual and violent offenders: the media and the public"
LINES = (
    ("no-vigilantes", "Taking the law into your own hands can be a crime, and can stop a case from ever reaching a court."),
    ("safety-first", "What police and their partners work for first is that everybody is safe."),
    ("shared-work", "Police, prisons and probation look after this work together; none of them does it alone."),
    ("many-ways", "There are several ways to manage somebody who has offended. The one that keeps the public safest is chosen."),
    ("not-only-children", "Sexual offences are of many kinds. Only some of them are against children."),
    ("no-single-cases", "We do not speak about single cases. We name somebody only where the public must know, once our partners have been asked."),
    ("help-us", "The matter is being dealt with. We ask the community for help and patience."),
)


def add_lines(apps, schema_editor):
    """Add them."""
    lines = apps.get_model("sharing", "MediaLine").objects
    for code, words in LINES:
        lines.create(code=code, words=words, source=SOURCE, period=DateRange(SINCE, None))


def remove_lines(apps, schema_editor):
    """Take them away again."""
    apps.get_model("sharing", "MediaLine").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("sharing", "0004_media")]

    operations = [migrations.RunPython(add_lines, remove_lines)]
