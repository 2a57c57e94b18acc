"""Unusual looks, questions why, papers of who could have seen a record, and the first rules; to be confirmed by the force."""

from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange


# What was asked, answered and judged is added and never changed: by privilege for the application, by trigger for everybody.
ADDED_ONCE = ("governance_questionstep", "governance_lookjudgement", "governance_sightpaper")
FORWARD = "".join(
    f"REVOKE UPDATE, DELETE ON {table} FROM vigil_app;"
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();"
    for table in ADDED_ONCE
)
BACKWARD = "".join(f"DROP TRIGGER {table}_append_only ON {table}; GRANT UPDATE, DELETE ON {table} TO vigil_app;" for table in ADDED_ONCE)
SINCE = date(2018, 5, 25)
SOURCE = "Practice; to be confirmed by the force"
RULES = (
    ("surname", "Somebody looks at a record that has their own surname, as a name or an alias, and does not manage it.", 1, 30, 0),
    ("colleague", "Somebody looks at a record with the name of a person of the same force, without a link to the record.", 1, 30, 0),
    ("many", "Somebody opens many records in a row that no search of theirs had found, without a link to them.", 15, 30, 0),
    ("no-link", "Somebody opens case files by stated reason alone, again and again, without a link to them.", 12, 30, 0),
    ("hours", "Somebody looks at records far outside the hours at which they usually work here, by their own history.", 10, 60, 3),
    ("refusals", "Somebody is refused, or asks for what is not there or hidden, again and again.", 10, 30, 0),
)


def add_rules(apps, schema_editor):
    """Add them."""
    rules = apps.get_model("governance", "LookRule").objects
    for code, explains, least, span, margin in RULES:
        rules.create(code=code, explains=explains, least=least, span=span, margin=margin, source=SOURCE, period=DateRange(SINCE, None))


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("governance", "LookRule").objects.all().delete()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("actions", "0013_look_rules"),
        ("audit", "0003_event_by_client"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LookSweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LookRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="First day on which it holds, up to and without the last."
                    ),
                ),
                ("source", models.CharField(help_text="Where it is written.", max_length=200)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("surname", "Own surname"),
                            ("colleague", "Name of a colleague"),
                            ("many", "Many in a row"),
                            ("no-link", "Case files by stated reason alone"),
                            ("hours", "Outside the person's usual hours"),
                            ("refusals", "Refused again and again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("explains", models.CharField(help_text="What is looked for, in plain words.", max_length=300)),
                ("least", models.PositiveSmallIntegerField(help_text="From how many on.")),
                ("span", models.PositiveSmallIntegerField(help_text="Within how many days or minutes.")),
                ("margin", models.PositiveSmallIntegerField(default=0, help_text="Hours: how many hours off what is usual.")),
            ],
            options={
                "verbose_name": "rule of unusual looks",
                "ordering": ("code", "-period"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("period", "&&")], name="look_rules_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)), name="look_rule_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["surname", "colleague", "many", "no-link", "hours", "refusals"]),
                            ("least__gte", 1),
                            ("span__gte", 1),
                        ),
                        name="look_rule_counts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusualLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(help_text="The same thing found twice is one.", max_length=120, unique=True)),
                ("nominal", models.BigIntegerField(help_text="The key of the record, where it is about one.", null=True)),
                ("why", models.CharField(max_length=300)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="Keys of the events of the trail.", size=None
                    ),
                ),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be judged"),
                            ("asked", "The person was asked"),
                            ("explained", "Explained"),
                            ("referred", "Referred to professional standards"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Who looked.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("rule", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="found", to="governance.lookrule")),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["force", "-id"], name="unusual_look_by_force"),
                    models.Index(condition=models.Q(("state", "open")), fields=["force", "-id"], name="unusual_look_open"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "asked", "explained", "referred"]), models.Q(("why", ""), _negated=True)),
                        name="unusual_look_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("events__len__gte", 1)), name="unusual_look_has_events"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("due_at", models.DateTimeField(help_text="The first moment at which an answer is late; empty: never.", null=True)),
                (
                    "nominals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Keys of the records that the events are about.",
                        size=None,
                    ),
                ),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="Keys of the events of the trail.", size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("answered", "Answered: to be decided"),
                            ("accepted", "Accepted"),
                            ("referred", "Referred to professional standards"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked",
                    models.ForeignKey(
                        help_text="Who is asked.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                (
                    "look",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="governance.unusuallook"
                    ),
                ),
            ],
            options={
                "verbose_name": "question why somebody looked",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["asked", "-id"], name="look_question_by_asked"),
                    models.Index(fields=["force", "-id"], name="look_question_by_force"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "answered"])), fields=("look",), name="look_question_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked", models.F("asked_by")), _negated=True), name="look_question_not_to_oneself"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked", models.F("decided_by")), _negated=True),
                        name="look_question_not_decided_by_whom_it_asks",
                    ),
                    models.CheckConstraint(condition=models.Q(("events__len__gte", 1)), name="look_question_has_events"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state__in", ["asked", "answered"])),
                            models.Q(("decided_by__isnull", False), ("state__in", ["accepted", "referred"])),
                            _connector="OR",
                        ),
                        name="look_question_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[("explained", "It is explained"), ("referred", "It goes to professional standards")], max_length=10
                    ),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Who looked.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "look",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="governance.unusuallook"),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("person")), _negated=True), name="look_judgement_not_of_oneself"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["explained", "referred"]), models.Q(("words", ""), _negated=True)),
                        name="look_judgement_has_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("answered", "Answered: to be decided"),
                            ("accepted", "Accepted"),
                            ("referred", "Referred to professional standards"),
                        ],
                        help_text="What it led to.",
                        max_length=10,
                    ),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "question",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="governance.lookquestion"),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "answered", "accepted", "referred"]), models.Q(("words", ""), _negated=True)
                        ),
                        name="question_step_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SightPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=20, unique=True)),
                ("nominal", models.BigIntegerField()),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("people", models.PositiveIntegerField(help_text="How many people it names.")),
                ("content_sha256", models.CharField(help_text="Of what it says; it stands on the paper.", max_length=64)),
                (
                    "seal",
                    models.CharField(
                        help_text="Keyed digest of code, record, day, time and content; it stands on the paper.", max_length=64
                    ),
                ),
                ("file_sha256", models.CharField(help_text="Of the file as it was handed out.", max_length=64)),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "paper of who could have seen a record",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["force", "-id"], name="sight_paper_by_force")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(add_rules, remove_rules),
    ]
