"""The first limit of contacts, suggestions, and means that need an authority; what is the force's to say is to be confirmed by it."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
RIPA, CODE_OF_2018 = date(2000, 9, 25), date(2018, 8, 15)
PRACTICE = "Practice of bureaus; to be confirmed by the force"
ACT = "Regulation of Investigatory Powers Act 2000, section 28 (in Scotland RIP(S)A 2000, section 6)"
LATER = "The same, with the code of practice on covert surveillance of August 2018; to be confirmed by the force"
SUGGESTIONS = (
    ("harm", "Look again at the assessment of risk", "manager"),
    ("at_risk", "Refer the child or adult at risk to social services", "author"),
    ("trust", "Consider whom at the workplace or club to tell", "manager"),
    ("associations", "Research the links between these people", "bureau"),
    ("substances", "Ask treatment and probation about drink or drugs", "manager"),
    ("mental_state", "Ask the health services about the present state of mind", "manager"),
)
MEANS = (
    (DateRange(SINCE, RIPA), [], "No authority was needed by statute"),
    (DateRange(RIPA, CODE_OF_2018), ["cctv_directed", "surveillance"], ACT),
    (DateRange(CODE_OF_2018, None), ["cctv_directed", "online", "surveillance"], LATER),
)
MODELS = ("ContactLimit", "Suggestion", "MeansRule")


def add_practice(apps, schema_editor):
    """Add what held until now."""
    limits, suggestions, rules = (apps.get_model("intelligence", name).objects for name in MODELS)
    always = {"period": DateRange(SINCE, None), "source": PRACTICE}
    limits.create(contacts=3, days=90, **always)
    for question, words, doer in SUGGESTIONS:
        suggestions.create(question=question, words=words, doer=doer, **always)
    for period, means, source in MEANS:
        rules.create(period=period, means=means, source=source)


def remove_practice(apps, schema_editor):
    """Take it away again."""
    for name in MODELS:
        apps.get_model("intelligence", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0019_practice")]

    operations = [migrations.RunPython(add_practice, remove_practice)]
