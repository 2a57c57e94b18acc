"""Time that begins anew after a pause, instead of going on: freedom of information, once what was asked for can be identified."""

from django.db import migrations, models

CODE = "freedom-of-information"
SOURCE = "Freedom of Information Act 2000, sections 1(3) and 10(6)"
BEFORE = "Freedom of Information Act 2000, section 10"
KINDS = [
    ("person", "Waiting for the person concerned"),
    ("agency", "Waiting for another agency"),
    ("custody", "The offender is in custody or hospital"),
    ("abroad", "The offender is abroad"),
    ("other", "Another reason"),
]


def begin_anew(apps, schema_editor):
    """Say so on the rule, from its first day: so the law always had it."""
    rules = apps.get_model("actions", "ClockRule").objects.filter(code=CODE)
    rules.update(anew_after="person")
    rules.filter(source=BEFORE).update(source=SOURCE)


def go_on(apps, schema_editor):
    """Put the source back."""
    apps.get_model("actions", "ClockRule").objects.filter(code=CODE, source=SOURCE).update(source=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("actions", "0011_disclosure_rules")]

    operations = [
        migrations.AddField(
            "clockrule",
            "anew_after",
            models.CharField(
                blank=True, choices=KINDS, db_default="", default="", max_length=10,
                help_text="After a pause of this kind the whole time begins anew; empty: a clock always goes on.",
            ),
        ),
        migrations.AddConstraint(
            "clockrule",
            models.CheckConstraint(
                condition=models.Q(anew_after__in=["", *(kind for kind, _ in KINDS)]), name="clock_rule_anew_known"
            ),
        ),
        migrations.RunPython(begin_anew, go_on),
    ]
