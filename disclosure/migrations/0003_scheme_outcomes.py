"""What came of applications: nothing was said, who is to be told, numbered papers, and the neutral answers."""

from datetime import date

from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

SINCE = date(1997, 9, 1)
PRACTICE = "Words of the service; to be confirmed by the force"
SAFE = "If you are ever in danger, call 999. If it is not safe to speak, press 55 when you are asked to."
# Code, name, text. They say the same whether nothing is held or something is held back.
TEXTS = (
    (
        "domestic-neutral", "Domestic scheme: the neutral answer",
        "You asked us about somebody. We have looked at what you told us, and searched what we and others hold. There is nothing that we "
        "are able to tell you. That does not mean that there is no risk: somebody may be a danger of whom the police know nothing.\n\n"
        "If you are worried, talk to somebody you trust, or to a service that helps people who are hurt or controlled by a partner. "
        f"{SAFE}\n\nIf something changes, ask us again. Please keep it to yourself that you asked.",
    ),
    (
        "child-neutral", "Child scheme: the neutral answer",
        "You asked us about somebody who meets a child. We have looked at what you told us, and searched what we and others hold. There is "
        "nothing that we are able to tell you. That does not mean that there is no risk: somebody may be a danger of whom the police know "
        "nothing.\n\nGo on watching over the child. Talk with them about whom they see, and about telling an adult what worries them. "
        "If you think that a child is being harmed, call 101 or children's services. If a child is in danger now, call 999.\n\n"
        "If something changes, ask us again. Please keep it to yourself that you asked.",
    ),
)  # fmt: skip
# What of a decision may still change once it was decided.
STAYS = """
DROP TRIGGER scheme_decision_stays ON disclosure_schemedecision;
CREATE TRIGGER scheme_decision_stays BEFORE UPDATE ON disclosure_schemedecision FOR EACH ROW
    WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_changed_disclosure('{{{}}}');
"""


def add_texts(apps, schema_editor):
    """Add what is answered until the force says otherwise."""
    texts = apps.get_model("disclosure", "StandardText").objects
    for code, name, text in TEXTS:
        texts.create(code=code, name=name, text=text, source=PRACTICE, period=DateRange(SINCE, None))


def remove_texts(apps, schema_editor):
    """Take it away again."""
    apps.get_model("disclosure", "StandardText").objects.filter(code__in=[code for code, *_ in TEXTS]).delete()


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_known_again")]

    operations = [
        migrations.RemoveConstraint("representations", "representations_asked_or_why_not"),
        migrations.AddField(
            "representations",
            "has_nothing_to_say",
            models.BooleanField(default=False, help_text="Asked, and had nothing to say."),
        ),
        migrations.AddField(
            "schemedecision",
            "whom",
            models.CharField(
                blank=True, help_text="Who should be told: what they are to whoever is at risk, never a name.", max_length=300
            ),
        ),
        migrations.AddField("schemedecision", "why_lapsed", models.CharField(blank=True, max_length=300)),
        migrations.AddField(
            "schemedisclosure",
            "copies",
            models.PositiveSmallIntegerField(default=0, help_text="How many papers were printed for it; each has a number of its own."),
        ),
        migrations.AddConstraint(
            "representations",
            models.CheckConstraint(
                condition=Q(asked_on__isnull=False, why_not="")
                | Q(asked_on__isnull=True, said="", considered="", has_nothing_to_say=False) & ~Q(why_not=""),
                name="representations_asked_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            "representations",
            models.CheckConstraint(condition=Q(said="") | Q(has_nothing_to_say=False), name="representations_said_or_nothing"),
        ),
        migrations.RunSQL(STAYS.format("lapsed_at,why_lapsed,version,sharing_id"), STAYS.format("lapsed_at,version,sharing_id")),
        migrations.RunPython(add_texts, remove_texts),
    ]
