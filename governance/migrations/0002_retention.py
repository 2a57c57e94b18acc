"""How long records are kept, reviews, holds, and certificates of disposal; with the first rules, to be confirmed by the force."""

from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

from governance.migrations._retention_sql import NO_RULES, RULES

SINCE = date(2005, 11, 14)
SOURCE = "Code of practice on the management of police information, retention schedule; to be confirmed by the force"
FIRST = (
    (1, "MAPPA offenders, registered offenders, potentially dangerous people, and orders that protect the public from serious harm.",
     10, 10, False, 100),
    (2, "Other sexual and violent offences, and other serious ones.", 10, 10, True, None),
    (3, "Other offences.", 6, 5, True, None),
    (4, "Undetected crime, intelligence without an offence, and everything else.", 6, 6, True, None),
)  # fmt: skip


def add_rules(apps, schema_editor):
    """Add them."""
    rules = apps.get_model("governance", "RetentionRule").objects
    for group, covers, first, later, needs_clear, until_age in FIRST:
        rules.create(
            group=group, covers=covers, first_years=first, later_years=later, needs_clear=needs_clear, until_age=until_age,
            source=SOURCE, period=DateRange(SINCE, None),
        )  # fmt: skip


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("governance", "RetentionRule").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("actions", "0014_retention_rules"),
        ("disclosure", "0010_corrections"),
        ("governance", "0001_looks"),
        ("intelligence", "0020_first_practice"),
        ("offenders", "0019_privileged_papers"),
        ("sharing", "0010_disclosure_schemes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionRule",
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
                    "group",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Group 1: public protection"),
                            (2, "Group 2: other sexual, violent or serious offences"),
                            (3, "Group 3: other offences"),
                            (4, "Group 4: undetected and everything else"),
                        ]
                    ),
                ),
                ("covers", models.TextField(help_text="What belongs to the group, in plain words.")),
                (
                    "first_years",
                    models.PositiveSmallIntegerField(help_text="After how many years a record is reviewed for the first time."),
                ),
                ("later_years", models.PositiveSmallIntegerField(help_text="After how many years it is reviewed again.")),
                (
                    "needs_clear",
                    models.BooleanField(help_text="The years must be clear: something new about the person starts them again."),
                ),
                (
                    "until_age",
                    models.PositiveSmallIntegerField(blank=True, help_text="Until which age of the person it is kept at least.", null=True),
                ),
            ],
            options={
                "ordering": ("group", "-period"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("group", "="), ("period", "&&")], name="retention_rules_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)), name="retention_rule_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", [1, 2, 3, 4]), models.Q(("covers", ""), _negated=True)),
                        name="retention_rule_of_a_known_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_years__gte", 1), ("later_years__gte", 1)), name="retention_rule_counts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("due_on", models.DateField()),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Group 1: public protection"),
                            (2, "Group 2: other sexual, violent or serious offences"),
                            (3, "Group 3: other offences"),
                            (4, "Group 4: undetected and everything else"),
                        ]
                    ),
                ),
                (
                    "working",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Each step of the reckoning: words and day.",
                    ),
                ),
                ("asked_why", models.TextField(blank=True, help_text="Why it is reviewed before its day, where somebody asked for it.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To review"),
                            ("proposed", "Waits for a second person"),
                            ("approved", "Decided"),
                            ("lapsed", "Lapsed: it was not carried out in time"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "Keep the record until a next review"), ("dispose", "Dispose of the record")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("next_review_on", models.DateField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approval_words", models.TextField(blank=True)),
                ("returned_words", models.TextField(blank=True, help_text="Why the second person gave it back last.")),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="retention_reviews", to="offenders.nominal"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("rule", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.retentionrule")),
            ],
            options={
                "verbose_name": "retention review",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["open", "proposed"])), fields=["due_on"], name="retention_review_waiting"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "proposed"])), fields=("nominal",), name="retention_review_one_waiting"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["", "keep", "dispose"]),
                            ("group__in", [1, 2, 3, 4]),
                            ("state__in", ["open", "proposed", "approved", "lapsed"]),
                        ),
                        name="retention_review_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", ""), ("proposed_at__isnull", True), ("proposed_by__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("proposed_at__isnull", False),
                                ("proposed_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_review_proposed_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True), ("state__in", ["open", "proposed"])),
                            models.Q(
                                models.Q(("state__in", ["open", "proposed"]), _negated=True),
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approval_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="retention_review_approved_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="retention_review_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "keep"), ("next_review_on__isnull", False)),
                            models.Q(models.Q(("decision", "keep"), _negated=True), ("next_review_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="retention_review_kept_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("references", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Group 1: public protection"),
                            (2, "Group 2: other sexual, violent or serious offences"),
                            (3, "Group 3: other offences"),
                            (4, "Group 4: undetected and everything else"),
                        ],
                        null=True,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField()),
                ("is_reapplied", models.BooleanField(default=False, help_text="Applied again after an older backup was restored.")),
                (
                    "removed",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text="How many rows went, by table."
                    ),
                ),
                (
                    "detached",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="How many rows of others name the person no more.",
                    ),
                ),
                (
                    "trail",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="How many entries of the log keep no content.",
                    ),
                ),
                (
                    "releases",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What agencies still hold, by number and agency.",
                    ),
                ),
                ("transaction", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("listed_at", models.DateTimeField(help_text="When it was written to the list outside the database.", null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
                (
                    "rule",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.retentionrule"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["force", "-id"], name="disposal_by_force"),
                    models.Index(condition=models.Q(("listed_at__isnull", True)), fields=["id"], name="disposal_to_list"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_reapplied", True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("done_by__isnull", False),
                                ("group__in", [1, 2, 3, 4]),
                                ("rule__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_decided_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True), models.Q(("approved_by", models.F("decided_by")), _negated=True), _connector="OR"
                        ),
                        name="disposal_decided_by_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.CharField(
                        choices=[
                            ("harm", "Has the person done serious harm to somebody, or tried to?"),
                            ("pattern", "Do several events, even small ones, make a pattern that may go on?"),
                            ("risk", "May the person do serious harm to somebody in future?"),
                            ("missing", "Does the record bear on somebody who is missing, or on the person going missing?"),
                            ("vulnerable", "Does the record protect a child or an adult at risk, or is the person one?"),
                        ],
                        max_length=12,
                    ),
                ),
                ("holds", models.BooleanField(help_text="Yes.")),
                ("reason", models.TextField()),
                (
                    "review",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="governance.retentionreview"),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="review_answers_each_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("criterion__in", ["harm", "pattern", "risk", "missing", "vulnerable"]), models.Q(("reason", ""), _negated=True)
                        ),
                        name="review_answer_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField(help_text="In bytes; empty: it was not on the disk.", null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "disposal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="governance.disposal"),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(condition=models.Q(("removed_at__isnull", True)), fields=["id"], name="disposed_file_to_remove")],
                "constraints": [models.UniqueConstraint(fields=("disposal", "name"), name="disposed_file_once")],
            },
        ),
        migrations.CreateModel(
            name="HigherGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Group 1: public protection"),
                            (2, "Group 2: other sexual, violent or serious offences"),
                            (3, "Group 3: other offences"),
                            (4, "Group 4: undetected and everything else"),
                        ],
                        null=True,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="higher_groups", to="offenders.nominal"),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="higher_group_says_why")],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("litigation", "Claim or proceedings against the force"),
                            ("inquiry", "Investigation or inquest"),
                            ("public_inquiry", "Public inquiry"),
                            ("complaint", "Complaint"),
                            ("data_rights", "Subject access or rectification in hand"),
                            ("prosecution", "Prosecution or appeal"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField()),
                ("review_on", models.DateField(help_text="When somebody looks whether it is still needed.")),
                ("placed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lift_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="legal_holds", to="offenders.nominal"),
                ),
                (
                    "placed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "legal hold",
                "ordering": ("-pk",),
                "indexes": [models.Index(condition=models.Q(("lifted_at__isnull", True)), fields=["nominal"], name="legal_hold_live")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["litigation", "inquiry", "public_inquiry", "complaint", "data_rights", "prosecution"]),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="legal_hold_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lift_reason", ""), ("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(
                                ("lifted_at__isnull", False), ("lifted_by__isnull", False), models.Q(("lift_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_by__isnull", True), models.Q(("lifted_by", models.F("placed_by")), _negated=True), _connector="OR"
                        ),
                        name="legal_hold_lifted_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Group 1: public protection"),
                            (2, "Group 2: other sexual, violent or serious offences"),
                            (3, "Group 3: other offences"),
                            (4, "Group 4: undetected and everything else"),
                        ]
                    ),
                ),
                ("due_on", models.DateField(help_text="When it is reviewed next; empty: the clear years have not begun.", null=True)),
                ("keep_until", models.DateField(help_text="It is kept until then at least, where the group says so.", null=True)),
                ("reckoned_at", models.DateTimeField()),
                (
                    "nominal",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="retention", to="offenders.nominal"),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["due_on"], name="retention_by_day")],
                "constraints": [models.CheckConstraint(condition=models.Q(("group__in", [1, 2, 3, 4])), name="retention_of_a_known_group")],
            },
        ),
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunPython(add_rules, remove_rules),
    ]
