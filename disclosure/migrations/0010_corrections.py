"""What people dispute of what is held about them, and the words of the answer; to be confirmed by the force."""

from datetime import date
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

from disclosure.migrations._subject_access_sql import ANSWERING, NO_ANSWERING

CODE = "subject-correction-cover"
SOURCE = "Data Protection Act 2018, sections 46 to 48; to be confirmed by the force"
TEXT = (
    "You asked us to put right, erase or stop using something that we hold about you. What we decided of each thing follows, on which part "
    "of the law it rests, and why.\n\n"
    "Where we changed something, we tell whoever got it from us. Where we restricted something, we keep it and do not use it any more, "
    "except as evidence or where the law says so.\n\n"
    "If you disagree, write to us and somebody else will look at it again. You can also ask the Information Commissioner to check whether "
    "what we decided is lawful, complain to the Commissioner, or ask a court."
)


def add_text(apps, schema_editor):
    """Add it."""
    apps.get_model("disclosure", "StandardText").objects.create(
        code=CODE, name="Correction: letter with the answer", text=TEXT, source=SOURCE, period=DateRange(date(2018, 5, 25), None)
    )


def remove_text(apps, schema_editor):
    """Take it away again."""
    apps.get_model("disclosure", "StandardText").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("disclosure", "0009_undone_seals"),
        ("offenders", "0019_privileged_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("what", models.CharField(help_text="Which record or passage, as the person names it.", max_length=300)),
                ("asked", models.TextField(help_text="What is wrong with it, and what they ask for.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rectified", "Put right"),
                            ("erased", "Erased"),
                            ("restricted", "Restricted: kept, and not used any more"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong", "It is not accurate (section 46(1))"),
                            ("incomplete", "It is not complete (section 46(2))"),
                            ("unlawful", "It must not be kept, or the law says that it goes (section 47(1))"),
                            ("evidence", "It must be kept as evidence (sections 46(4), 47(2))"),
                            ("unsure", "Nobody can tell whether it is accurate (section 47(3))"),
                            ("accurate", "It is accurate and complete"),
                            ("needed", "Keeping it is lawful and needed"),
                            ("not_held", "Nothing like it is held"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField(blank=True)),
                ("untold", models.SlugField(blank=True, max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("done", models.TextField(blank=True, help_text="What was done, and on which page of the record.")),
                ("recipients", models.TextField(blank=True, help_text="Who had it and was told, or that nobody had it.")),
                ("done_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="bundle",
            name="bundle_holds_something_or_is_an_answer",
        ),
        migrations.RemoveConstraint(
            model_name="subjectrequest",
            name="subject_request_known",
        ),
        migrations.AddField(
            model_name="subjectrequest",
            name="asks",
            field=models.CharField(
                choices=[
                    ("access", "A copy of what is held"),
                    ("rectify", "That something is put right"),
                    ("erase", "That something is erased"),
                    ("restrict", "That something is not used any more"),
                ],
                default="access",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="bundle",
            name="answer",
            field=models.CharField(
                choices=[
                    ("bundle", "A bundle of what is held"),
                    ("correction", "An answer to what is disputed"),
                    ("nothing", "Nothing is held"),
                    ("withheld", "Everything is withheld"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="undoneseal",
            name="answer",
            field=models.CharField(
                choices=[
                    ("bundle", "A bundle of what is held"),
                    ("correction", "An answer to what is disputed"),
                    ("nothing", "Nothing is held"),
                    ("withheld", "Everything is withheld"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__in", ["bundle", "correction"]), models.Q(("contents", []), _negated=True)),
                    models.Q(models.Q(("answer__in", ["bundle", "correction"]), _negated=True), ("contents", []), ("told", [])),
                    _connector="OR",
                ),
                name="bundle_holds_something_or_is_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asks__in", ["access", "rectify", "erase", "restrict"]),
                    ("received_by__in", ["letter", "mail", "online", "in_person", "prison", "solicitor"]),
                    ("state__in", ["new", "collecting", "deciding", "sealed", "answered", "refused", "withdrawn"]),
                    models.Q(("name", ""), _negated=True),
                ),
                name="subject_request_known",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="decided_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="correction",
            name="done_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="correction",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="disclosure.subjectrequest"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("asked", ""), _negated=True)),
                name="correction_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", ""), ("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", ""), ("reasons", "")),
                    models.Q(
                        ("basis__in", ["wrong", "incomplete", "unlawful", "evidence", "unsure", "accurate", "needed", "not_held"]),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("outcome__in", ["rectified", "erased", "restricted", "refused"]),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="correction_decided_wholly",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("untold", ""), ("outcome", "refused"), _connector="OR"), name="correction_untold_only_where_refused"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done", ""), ("done_at__isnull", True), ("done_by__isnull", True), ("recipients", "")),
                    models.Q(
                        ("done_at__isnull", False),
                        ("done_by__isnull", False),
                        ("outcome__in", ["rectified", "erased", "restricted"]),
                        models.Q(("done", ""), _negated=True),
                        models.Q(("recipients", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="correction_done_wholly",
            ),
        ),
        migrations.RunSQL(ANSWERING, NO_ANSWERING),
        migrations.RunPython(add_text, remove_text),
    ]
