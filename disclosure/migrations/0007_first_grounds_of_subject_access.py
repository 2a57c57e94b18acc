"""The first grounds for holding something back from whoever asks for their own data, and what they read; to be confirmed by the force."""

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(2018, 5, 25)
SOURCE = "Data Protection Act 2018, Part 3, chapter 3; to be confirmed by the force"
# Whoever reads what was left out must not learn from it that there is a victim, a source or a tactic: these share their words.
HELD_BACK = "Information that the law lets us hold back was left out."
OF_OTHERS = "Information that is not about you was left out."
GROUNDS = (
    ("inquiry", "It would get in the way of an inquiry or a procedure", "44(4)(a), 45(4)(a)",
     "Reading it would hinder an official or legal inquiry, investigation or procedure that is under way or to come.", HELD_BACK),
    ("prevention", "It would harm the work against crime", "44(4)(b), 45(4)(b)",
     "Reading it would make it harder to prevent, find, investigate or prosecute offences, or to carry out sentences.", HELD_BACK),
    ("public_security", "It would harm public security", "44(4)(c), 45(4)(c)", "Reading it would put the public in danger.", HELD_BACK),
    ("security", "It would harm national security", "44(4)(d), 45(4)(d)", "Reading it would harm the security of the country.", HELD_BACK),
    ("others", "It would harm the rights of somebody else", "44(4)(e), 45(4)(e)",
     "It says something of somebody else, whose freedom, safety or private life weighs more than the wish to read it.", HELD_BACK),
    ("privileged", "It is legally privileged", "45(4); common law",
     "It is advice of a lawyer, or was written for proceedings, and is kept between the lawyer and whoever asked for the advice.", HELD_BACK),
    ("not_theirs", "It is not about the person", "45(1)", "It says nothing of whoever asks, so that they have no right to it.", OF_OTHERS),
)  # fmt: skip
TEXTS = (
    ("subject-access-neutral", "Subject access: nothing to send",
     "You asked for a copy of what the police hold about you. We have searched, and we have nothing to send you.\n\n"
     "This answer is the same whether we hold nothing about you, or hold something that the law lets us keep back. "
     "It must not be read as saying which.\n\n"
     "If you disagree, write to us and somebody else will look at it again. You can also complain to the Information Commissioner, "
     "who can check whether what we did is lawful, or ask a court."),
    ("subject-access-cover", "Subject access: letter with a bundle",
     "You asked for a copy of what the police hold about you. It follows this letter.\n\n"
     "Where you read [removed], words were left out because the law says that they may or must be. Some records may be left out wholly. "
     "What we can tell you of the reasons stands below.\n\n"
     "If something is wrong, or you disagree, write to us and somebody else will look at it again. You can also complain to the "
     "Information Commissioner, who can check whether what we left out was left out lawfully, or ask a court."),
)  # fmt: skip


def add_grounds(apps, schema_editor):
    """Add them."""
    grounds, texts = apps.get_model("disclosure", "Ground").objects, apps.get_model("disclosure", "StandardText").objects
    period = DateRange(SINCE, None)
    for code, name, section, explains, told_as in GROUNDS:
        grounds.create(
            law="subject_access", code=code, name=name, section=f"Data Protection Act 2018, section {section}", explains=explains,
            told_as=told_as, source=SOURCE, period=period,
        )  # fmt: skip
    for code, name, text in TEXTS:
        texts.create(code=code, name=name, text=text, source=SOURCE, period=period)


def remove_grounds(apps, schema_editor):
    """Take them away again."""
    apps.get_model("disclosure", "Ground").objects.filter(law="subject_access").delete()
    apps.get_model("disclosure", "StandardText").objects.filter(code__in=[code for code, *_ in TEXTS]).delete()


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0006_prosecutions")]

    operations = [migrations.RunPython(add_grounds, remove_grounds)]
