"""Prosecutions and their unused material; what makes material sensitive; privileged papers do not leave."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from datetime import date

from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

from disclosure.migrations._prosecutions_sql import MAY_CHANGE, NOT_PRIVILEGED, PRIVILEGED, STAYS

SINCE = date(1997, 4, 1)
CODE = "Code of practice under the Criminal Procedure and Investigations Act 1996; to be confirmed by the force"
SECTION = "Code of practice on disclosure: sensitive material"
# Code, name, when it holds.
GROUNDS = (
    ("national-security", "National security", "It would harm the safety of the country, or comes from the security services."),
    ("informant", "Somebody who gave information in confidence", "It would let somebody be found out who told the police in confidence."),
    ("covert-source", "Covert source or undercover officer", "It would tell who works under cover, or where one is used."),
    ("observation-post", "Place lent for watching", "It would tell from where the police watched, and who let them."),
    ("techniques", "Methods of the police", "It would tell how the police find out, so that others could get round it."),
    ("private-life", "Private life of somebody else", "It is about the health, family or private life of somebody who is not on trial."),
    ("child", "Material about a child", "It was given to local authorities or others for the care of a child."),
    ("other-enquiry", "Another investigation", "It would harm an investigation that goes on."),
    ("given-in-confidence", "Given in confidence by another body", "Its owner gave it on the word that it goes no further."),
    ("foreign", "From another country's authorities", "It came from abroad under a promise of secrecy."),
)
# What the disclosure officer puts their name to.
CERTIFICATES = (
    ("unused-mg6c", "Certificate of the schedule of non-sensitive material",
     "To the best of my knowledge and belief this schedule lists all non-sensitive unused material that is relevant to the case, and each "
     "item was looked at as it says."),
    ("unused-mg6d", "Certificate of the schedule of sensitive material",
     "To the best of my knowledge and belief this schedule lists all relevant unused material that it would harm the public interest to "
     "disclose, with the reason for each item. It is for the prosecutor alone."),
    ("unused-mg6e", "Certificate of the disclosure officer's report",
     "I have looked again at all unused material that I know of. What might undermine the prosecution or assist the accused is named here; I "
     "know of no other such material."),
)  # fmt: skip


def add_grounds(apps, schema_editor):
    """Add them, and what is certified."""
    texts = apps.get_model("disclosure", "StandardText").objects
    for code, name, text in CERTIFICATES:
        texts.create(code=code, name=name, text=text, source=CODE, period=DateRange(SINCE, None))
    rows = apps.get_model("disclosure", "Ground").objects
    for code, name, explains in GROUNDS:
        rows.create(law="unused", code=code, name=name, section=SECTION, explains=explains, source=CODE, period=DateRange(SINCE, None))


def remove_grounds(apps, schema_editor):
    """Take them away again."""
    apps.get_model("disclosure", "Ground").objects.filter(law="unused").delete()
    apps.get_model("disclosure", "StandardText").objects.filter(code__in=[code for code, *_ in CERTIFICATES]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("disclosure", "0005_freedom"),
        ("offenders", "0019_privileged_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Prosecution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(editable=False, max_length=16, unique=True)),
                ("defendant", models.CharField(help_text="The name as it stands on the charge.", max_length=150)),
                ("offence", models.CharField(max_length=300)),
                (
                    "urn",
                    models.CharField(
                        blank=True, help_text="The force's unique reference number of the case.", max_length=20, verbose_name="URN"
                    ),
                ),
                ("charged_on", models.DateField(null=True)),
                ("court", models.CharField(blank=True, max_length=150)),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("convicted", "Convicted"),
                            ("acquitted", "Acquitted"),
                            ("discontinued", "Discontinued by the prosecutor"),
                            ("stopped", "Stopped because of what may not be disclosed"),
                            ("other", "Ended otherwise"),
                        ],
                        max_length=15,
                    ),
                ),
                ("outcome_words", models.CharField(blank=True, max_length=500)),
                ("finished_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "disclosure_officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                (
                    "nominal",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offenders.nominal"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        help_text="Officer in the case.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Whose case it is.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["unit", "-id"], name="prosecution_by_unit"),
                    models.Index(fields=["force", "-id"], name="prosecution_by_force"),
                    models.Index(fields=["nominal"], name="prosecution_by_nominal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("defendant", ""), _negated=True), models.Q(("offence", ""), _negated=True)),
                        name="prosecution_of_somebody_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "convicted", "acquitted", "discontinued", "stopped", "other"])),
                        name="prosecution_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("finished_by__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True), ("finished_at__isnull", False), ("finished_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="prosecution_finished_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mg6c", "MG6C: non-sensitive unused material"),
                            ("mg6d", "MG6D: sensitive unused material"),
                            ("mg6e", "MG6E: disclosure officer's report"),
                        ],
                        max_length=5,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="The version.")),
                ("content", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "issued_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "prosecution",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="schedules", to="disclosure.prosecution"),
                ),
            ],
            options={
                "ordering": ("kind", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("prosecution", "kind", "number"), name="schedule_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mg6c", "mg6d", "mg6e"]), ("number__gte", 1)), name="schedule_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "recipient",
                    models.CharField(
                        choices=[("prosecutor", "The prosecutor"), ("defence", "The defence"), ("court", "The court")], max_length=10
                    ),
                ),
                ("given_to", models.CharField(max_length=150)),
                ("given_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "schedule",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="disclosure.schedule"),
                ),
            ],
            options={
                "verbose_name": "copy of a schedule",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("schedule", "number"), name="schedule_copy_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("given_to", ""), _negated=True), ("number__gte", 1), ("recipient__in", ["prosecutor", "defence", "court"])), name="schedule_copy_for_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("description", models.CharField(help_text="Fit to be shown to the defence.", max_length=500)),
                ("what", models.TextField(help_text="What it is, for the team alone.")),
                ("kept_at", models.CharField(max_length=200)),
                ("is_sensitive", models.BooleanField()),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("disclosed_on", models.DateField(null=True)),
                ("disclosed_how", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "disclosed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "prosecution",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="disclosure.prosecution"),
                ),
            ],
            options={
                "verbose_name": "item of unused material",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("prosecution", "number"), name="unused_item_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1), models.Q(("description", ""), _negated=True), models.Q(("what", ""), _negated=True)
                        ),
                        name="unused_item_is_described",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disclosed_by__isnull", True), ("disclosed_how", ""), ("disclosed_on__isnull", True)),
                            models.Q(
                                ("disclosed_by__isnull", False),
                                ("disclosed_on__isnull", False),
                                models.Q(("disclosed_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="unused_item_disclosed_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("report", "Intelligence report"),
                            ("section", "Confidential section"),
                            ("minutes", "Minutes of a meeting"),
                            ("visit", "Visit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.UUIDField()),
                ("linked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "linked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="disclosure.unuseditem")),
            ],
            options={
                "verbose_name": "link of an item",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("item", "kind", "key"), name="material_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["document", "report", "section", "minutes", "visit"])),
                        name="material_link_of_a_known_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineOfEnquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "direction",
                    models.CharField(
                        choices=[("towards", "Towards the suspect"), ("away", "Away from the suspect"), ("neither", "Neither way yet")],
                        max_length=10,
                    ),
                ),
                ("what", models.TextField()),
                ("why", models.TextField(help_text="Why it is reasonable.")),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("not_pursued", "Not pursued")], default="open", max_length=15
                    ),
                ),
                ("result", models.TextField(blank=True, help_text="What came of it, or why it is not pursued.")),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "prosecution",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="disclosure.prosecution"),
                ),
                ("items", models.ManyToManyField(related_name="lines", to="disclosure.unuseditem")),
            ],
            options={
                "verbose_name": "line of enquiry",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("prosecution", "number"), name="line_of_enquiry_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("direction__in", ["towards", "away", "neither"]), ("state__in", ["open", "done", "not_pursued"])
                        ),
                        name="line_of_enquiry_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("why", ""), _negated=True)),
                        name="line_of_enquiry_reasonable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), models.Q(("result", ""), _negated=True), _connector="OR"),
                        name="line_of_enquiry_ends_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImmunityApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "notice",
                    models.CharField(
                        choices=[
                            ("full", "On notice: the defence is told what sort of material it is"),
                            ("bare", "On notice: the defence is told that there is an application"),
                            ("none", "Not on notice"),
                        ],
                        max_length=5,
                    ),
                ),
                ("prosecutor", models.CharField(max_length=150)),
                ("grounds", models.TextField()),
                ("made_on", models.DateField()),
                ("hearing_on", models.DateField(null=True)),
                ("court", models.CharField(max_length=150)),
                (
                    "ruling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withhold", "Withhold"),
                            ("part", "Disclose in part"),
                            ("disclose", "Disclose"),
                            ("stopped", "The prosecution stops rather than disclose"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ruled_on", models.DateField(null=True)),
                ("ruling_words", models.TextField(blank=True)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "prosecution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="immunity_applications", to="disclosure.prosecution"
                    ),
                ),
                ("items", models.ManyToManyField(related_name="applications", to="disclosure.unuseditem")),
            ],
            options={
                "verbose_name": "application for public interest immunity",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("notice__in", ["full", "bare", "none"]), models.Q(("grounds", ""), _negated=True)),
                        name="immunity_has_grounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ruled_on__isnull", True), ("ruling", "")),
                            models.Q(
                                ("ruled_on__gte", models.F("made_on")),
                                ("ruling__in", ["withhold", "part", "disclose", "stopped"]),
                                models.Q(("ruling_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="immunity_ruled_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(help_text="Of the prosecution, when it was made.")),
                (
                    "examined",
                    models.CharField(
                        choices=[
                            ("inspected", "Inspected"),
                            ("listened", "Listened to"),
                            ("watched", "Watched"),
                            ("not_examined", "Not examined"),
                        ],
                        max_length=15,
                    ),
                ),
                ("examined_on", models.DateField(null=True)),
                ("not_examined_why", models.CharField(blank=True, max_length=500)),
                ("relevant", models.CharField(choices=[("yes", "Yes"), ("no", "No"), ("cannot_say", "Cannot say yet")], max_length=10)),
                ("relevant_why", models.CharField(blank=True, max_length=500)),
                ("undermines", models.CharField(choices=[("yes", "Yes"), ("no", "No"), ("cannot_say", "Cannot say yet")], max_length=10)),
                ("undermines_why", models.TextField(blank=True)),
                ("assists", models.CharField(choices=[("yes", "Yes"), ("no", "No"), ("cannot_say", "Cannot say yet")], max_length=10)),
                ("assists_why", models.TextField(blank=True)),
                ("is_sensitive", models.BooleanField()),
                ("ground", models.SlugField(blank=True, help_text="Code of a ground of the law on unused material.", max_length=40)),
                ("sensitive_why", models.TextField(blank=True)),
                ("in_part", models.TextField(blank=True, help_text="How it could be shown in part.")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("disclose", "Disclose to the defence"),
                            ("withhold", "Withhold: the court so ruled"),
                            ("court", "Wait for the court's ruling"),
                            ("not", "Does not have to be disclosed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "examined_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="disclosure.unuseditem"),
                ),
            ],
            options={
                "verbose_name": "look at an item",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assists__in", ["yes", "no", "cannot_say"]),
                            ("decision__in", ["", "disclose", "withhold", "court", "not"]),
                            ("examined__in", ["inspected", "listened", "watched", "not_examined"]),
                            ("relevant__in", ["yes", "no", "cannot_say"]),
                            ("undermines__in", ["yes", "no", "cannot_say"]),
                        ),
                        name="assessment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("examined", "not_examined"), ("examined_by__isnull", True), ("examined_on__isnull", True)),
                            models.Q(
                                models.Q(("examined", "not_examined"), _negated=True),
                                ("examined_by__isnull", False),
                                ("examined_on__isnull", False),
                                ("not_examined_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_examined_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_sensitive", True), models.Q(("ground", ""), ("sensitive_why", "")), _connector="OR"),
                        name="assessment_ground_if_sensitive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("undermines", "yes"), _negated=True), models.Q(("assists", "yes"), _negated=True)),
                            models.Q(("decision", "not"), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_what_helps_is_not_left_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusedReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("routine", "Continuing review, nothing new"),
                            ("defence_statement", "A defence statement came"),
                            ("new_issue", "A new issue or new material came up"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(help_text="What was looked at, or what came and what it changes.")),
                ("round", models.PositiveSmallIntegerField(help_text="Of the prosecution, afterwards.")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "prosecution",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="disclosure.prosecution"),
                ),
            ],
            options={
                "verbose_name": "review of unused material",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["routine", "defence_statement", "new_issue"]), models.Q(("words", ""), _negated=True)
                        ),
                        name="unused_review_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(STAYS, MAY_CHANGE),
        migrations.RunSQL(PRIVILEGED, NOT_PRIVILEGED),
        migrations.RunPython(add_grounds, remove_grounds),
    ]
