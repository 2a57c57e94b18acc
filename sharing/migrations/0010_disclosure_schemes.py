"""Decisions to tell somebody under the disclosure schemes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_consent_of_agencies")]

    operations = [
        migrations.AlterField(
            model_name="sharingdecision",
            name="template",
            field=models.CharField(
                choices=[
                    ("general", "Share information"),
                    ("carers_check", "Check of a carer for children's services"),
                    ("parole_dossier", "Dossier for the Parole Board"),
                    ("dbs_referral", "Referral to the Disclosure and Barring Service"),
                    ("media", "Identify a person to the media or the public"),
                    ("domestic_scheme", "Tell somebody under the domestic violence disclosure scheme"),
                    ("child_scheme", "Tell somebody under the child sex offender disclosure scheme"),
                ],
                default="general",
                max_length=20,
            ),
        ),
    ]
