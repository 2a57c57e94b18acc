"""When each job ran last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("governance", "0003_figures")]

    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("failed", models.BooleanField(help_text="The last run failed.")),
                ("succeeded_at", models.DateTimeField(help_text="When a run last ended well.", null=True)),
            ],
            options={"verbose_name": "run of a job", "ordering": ("name",)},
        ),
    ]
