"""Who is in an application is known again by keyed digests; whoever took it down sees it while somebody is in danger at first contact."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from disclosure.migrations._applications_sql import SEEN

BEFORE = SEEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
AFTER = BEFORE.replace("state = 'first_contact'", "'first_contact' IN (state, stood_at)")
MARKS, BORN = "Keyed digests of the name.", "A keyed digest; empty: not known."


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_applications")]

    operations = [
        migrations.AddField(
            "application",
            "asker_marks",
            ArrayField(models.CharField(max_length=64), default=list, editable=False, help_text=MARKS, size=None),
        ),
        migrations.AddField("application", "asker_born", models.CharField(blank=True, editable=False, help_text=BORN, max_length=64)),
        migrations.AddField(
            "application", "subject_marks", ArrayField(models.CharField(max_length=64), default=list, editable=False, size=None)
        ),
        migrations.AddField("application", "subject_born", models.CharField(blank=True, editable=False, max_length=64)),
        migrations.AddIndex("application", GinIndex(fields=["asker_marks"], name="application_by_asker")),
        migrations.AddIndex("application", GinIndex(fields=["subject_marks"], name="application_by_subject")),
        migrations.RunSQL(AFTER, BEFORE),
    ]
