"""Only kinds that are open enter a bundle, and all that tells who is in an application or why stands behind row security."""

from django.db import migrations

from disclosure.migrations._applications_sql import NOT_SEALED_TOO, SEALED_TOO
from disclosure.migrations._subject_access_sql import ALL_BUT_APART, ONLY_OPEN


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0007_first_grounds_of_subject_access"), ("sharing", "0010_disclosure_schemes")]

    operations = [migrations.RunSQL(ONLY_OPEN, ALL_BUT_APART), migrations.RunSQL(SEALED_TOO, NOT_SEALED_TOO)]
