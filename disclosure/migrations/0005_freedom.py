"""Requests for information of the force, and what they go by."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from datetime import date

from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

from disclosure.migrations._freedom_sql import NO_RULES, RULES

ACT = "Freedom of Information Act 2000"
SINCE = date(2005, 1, 1)
REVIEW = "freedom-review"
PRACTICE = "Practice of forces; to be confirmed by the force"
# Code, name, section, when it holds, whether the public interest is weighed first.
GROUNDS = (
    ("cost", "It would cost too much to find out", "12", "Finding and gathering it would take more than the limit in the regulations.", False),
    ("vexatious", "Vexatious or asked again", "14", "The request only disturbs, or asks again what was answered a short while ago.", False),
    ("reachable", "Can be had elsewhere", "21", "Whoever asks can get it in another way without much trouble.", False),
    ("to_be_published", "Will be published", "22", "It was meant to be published, with a date or without, before it was asked for.", True),
    ("security_bodies", "Comes from, or is about, security bodies", "23", "It was given by, or relates to, a security body.", False),
    ("national_security", "National security", "24", "Holding it back is needed to keep the nation safe.", True),
    ("investigations", "Investigations and proceedings", "30", "It was held for an investigation, or comes from confidential sources.", True),
    ("law_enforcement", "Law enforcement", "31", "Telling would, or would be likely to, harm preventing or detecting crime or justice.", True),
    ("court_records", "Court records", "32", "It is held only because it was put before a court or an inquiry.", False),
    ("health_safety", "Health and safety", "38", "Telling would, or would be likely to, endanger somebody's health or safety.", True),
    ("personal", "Personal information", "40", "It is about somebody who can be found out, and telling would break data protection law.", False),
    ("confidence", "Given in confidence", "41", "Somebody gave it in confidence and could go to court if it were told.", False),
    ("privilege", "Legal professional privilege", "42", "It is advice of lawyers, or was made for proceedings.", True),
    ("commercial", "Commercial interests", "43", "It is a trade secret, or telling would harm somebody's business.", True),
    ("prohibited", "Forbidden by another law", "44", "Another law forbids telling it.", False),
)  # fmt: skip
TEXTS = (
    ("freedom-neither", "Freedom of information: neither confirm nor deny",
     "We neither confirm nor deny that we hold what you asked for. The duty to say whether it is held does not apply under sections 30(3), "
     "31(3), 38(2) and 40(5) of the Act. We say the same to everybody who asks about a person or a case, whether or not anything is held: "
     "an answer that changed with what is held would itself tell. We weighed the interest of the public in knowing, and find that it does "
     "not outweigh the harm. Nothing in this letter should be taken to mean that anything is, or is not, held."),
    ("freedom-not-held", "Freedom of information: not held", "We looked for what you asked for and do not hold it."),
    ("freedom-published", "Freedom of information: the published report",
     "What you asked for is in the report on the arrangements to protect the public which the area publishes each year (section 21)."),
    ("freedom-rights", "Freedom of information: what you can do",
     "If you are not content with this answer, write to us within 40 working days and somebody who had no part in it will look at it again. "
     "If you are still not content after that, you can complain to the Information Commissioner."),
)  # fmt: skip


def add_practice(apps, schema_editor):
    """Add what held until now, and the clock of an internal review."""
    grounds, texts, numbers = (apps.get_model("disclosure", name).objects for name in ("Ground", "StandardText", "SmallNumber"))
    period = DateRange(SINCE, None)
    for code, name, section, explains, needs_test in GROUNDS:
        grounds.create(
            law="freedom", code=code, name=name, section=f"Section {section}", explains=explains, needs_test=needs_test, period=period,
            told_as=f"Section {section} of the Act: {name[0].lower()}{name[1:]}.", source=ACT,
        )  # fmt: skip
    for code, name, text in TEXTS:
        texts.create(code=code, name=name, text=text, source=PRACTICE, period=period)
    numbers.create(least=5, source=PRACTICE, period=period)
    apps.get_model("actions", "ClockRule").objects.create(
        code=REVIEW, name="Freedom of information: reviewed after a complaint", quantity=20, unit="working_days", warn_days=5,
        escalate_days=[0, 3], source="Code of practice under section 45 of the Act; to be confirmed by the force", is_confirmed=False,
        asks_why_late=True, period=period,
    )  # fmt: skip


def remove_practice(apps, schema_editor):
    """Take it away again."""
    apps.get_model("disclosure", "Ground").objects.filter(law="freedom").delete()
    apps.get_model("disclosure", "StandardText").objects.filter(code__startswith="freedom-").delete()
    apps.get_model("disclosure", "SmallNumber").objects.all().delete()
    apps.get_model("actions", "ClockRule").objects.filter(code=REVIEW).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("actions", "0011_disclosure_rules"),
        ("disclosure", "0004_subject_access"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ground",
            name="needs_test",
            field=models.BooleanField(default=False, help_text="The public interest is weighed before it is used."),
        ),
        migrations.CreateModel(
            name="FreedomRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(editable=False, max_length=16, unique=True)),
                ("asker", models.CharField(max_length=150)),
                ("address", models.TextField(help_text="Where the reply goes.")),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("email", "By e-mail"),
                            ("letter", "By letter"),
                            ("form", "Through the force's web page"),
                            ("public_site", "Through a public site for requests"),
                        ],
                        max_length=15,
                    ),
                ),
                ("received_on", models.DateField()),
                ("question", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statistics", "Figures"),
                            ("policy", "A policy, or how something is done"),
                            ("published", "The published MAPPA report"),
                            ("case", "A case or a person"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("concerns", models.BooleanField(help_text="It concerns MAPPA or registered offenders.")),
                ("is_suggested", models.BooleanField(help_text="Its words suggest so.")),
                ("why_not", models.TextField(blank=True, help_text="Why it does not, though its words suggest so.")),
                ("no_agreed_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("press_told_at", models.DateTimeField(null=True)),
                ("press_notes", models.TextField(blank=True, help_text="What the press office notes.")),
                ("press_noted_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("", "Open"), ("answered", "Answered"), ("withdrawn", "Withdrawn by whoever asked")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_words", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                (
                    "no_agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "press_noted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "press_told_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sorted_by",
                    models.ForeignKey(
                        help_text="Who said what it concerns.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "request for information of the force",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["force", "-id"], name="freedom_request_by_force"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("came_by__in", ["email", "letter", "form", "public_site"]),
                            ("ending__in", ["", "answered", "withdrawn"]),
                            ("kind__in", ["statistics", "policy", "published", "case", "other"]),
                        ),
                        name="freedom_request_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concerns", True), ("why_not", "")),
                            models.Q(("concerns", False), ("is_suggested", False), ("why_not", "")),
                            models.Q(("concerns", False), ("is_suggested", True), models.Q(("why_not", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="freedom_no_against_its_words_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("no_agreed_by", models.F("sorted_by")), _negated=True), name="freedom_no_agreed_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_agreed_at__isnull", True), ("no_agreed_by__isnull", True)),
                            models.Q(("concerns", False), ("no_agreed_at__isnull", False), ("no_agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="freedom_no_agreed_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("press_noted_at__isnull", True), ("press_noted_by__isnull", True), ("press_notes", "")),
                            models.Q(
                                ("press_noted_at__isnull", False),
                                ("press_noted_by__isnull", False),
                                ("press_told_at__isnull", False),
                                models.Q(("press_notes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freedom_press_noted_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ending", "")),
                            models.Q(models.Q(("ending", ""), _negated=True), ("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="freedom_request_ended_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FreedomReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("disclose", "Disclose"),
                            ("part", "Disclose part"),
                            ("refuse", "Refuse"),
                            ("neither", "Neither confirm nor deny"),
                            ("not_held", "Not held"),
                            ("published", "Point to the published report"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("grounds", models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("figures", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ("reasons", models.TextField(help_text="Why this reply; not in the letter.")),
                ("edited_at", models.DateTimeField()),
                ("approved_hash", models.CharField(blank=True, max_length=64)),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("letter", models.BinaryField(help_text="The file as it went.", null=True)),
                ("sha256", models.CharField(blank=True, help_text="Of that file.", max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="disclosure.freedomrequest"),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "number"), name="freedom_reply_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("sent_at__isnull", True)), fields=("request",), name="freedom_reply_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["disclose", "part", "refuse", "neither", "not_held", "published"]),
                            models.Q(("reasons", ""), _negated=True),
                        ),
                        name="freedom_reply_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["neither", "not_held"]), _negated=True),
                            models.Q(("figures__isnull", True), ("grounds", []), ("text", "")),
                            _connector="OR",
                        ),
                        name="freedom_reply_neutral_is_bare",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["part", "refuse"]), _negated=True),
                            models.Q(("grounds", []), _negated=True),
                            _connector="OR",
                        ),
                        name="freedom_reply_refuses_on_grounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by", models.F("edited_by")), _negated=True), name="freedom_reply_approved_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True), ("approved_hash", "")),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freedom_reply_approved_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("letter__isnull", True), ("sent_at__isnull", True), ("sent_by__isnull", True), ("sha256", "")),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("letter__isnull", False),
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freedom_reply_sent_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.TextField()),
                ("asked_on", models.DateField()),
                ("said", models.TextField(blank=True)),
                ("said_on", models.DateField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clarifications", to="disclosure.freedomrequest"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("said_on__isnull", True)), fields=("request",), name="clarification_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said", ""), ("said_on__isnull", True)),
                            models.Q(("said_on__gte", models.F("asked_on")), models.Q(("said", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="clarification_said_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FreedomReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField()),
                ("complaint", models.TextField(help_text="What the asker finds wrong.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The reply was right"),
                            ("part", "The reply was partly right"),
                            ("overturned", "The reply was wrong"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="What the review found, and why.")),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="review", to="disclosure.freedomreply"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", ""), ("words", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ["upheld", "part", "overturned"]),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freedom_review_decided_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("referred_on", models.DateField()),
                ("their_reference", models.CharField(blank=True, max_length=60)),
                ("given_on", models.DateField(null=True)),
                ("text", models.TextField(blank=True, help_text="What the unit says.")),
                ("is_followed", models.BooleanField(null=True)),
                ("why_not", models.TextField(blank=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        help_text="Who agreed not to follow it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="advice", to="disclosure.freedomrequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "advice of the national unit",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("given_on__isnull", True), ("is_followed__isnull", True), ("recorded_by__isnull", True), ("text", "")
                            ),
                            models.Q(
                                ("given_on__gte", models.F("referred_on")),
                                ("is_followed__isnull", False),
                                ("recorded_by__isnull", False),
                                models.Q(("text", ""), _negated=True),
                                models.Q(("their_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="national_advice_given_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_followed", False), models.Q(("why_not", ""), _negated=True)),
                            models.Q(models.Q(("is_followed__isnull", True), ("is_followed", True), _connector="OR"), ("why_not", "")),
                            _connector="OR",
                        ),
                        name="national_advice_not_followed_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_by", models.F("recorded_by")), _negated=True),
                        name="national_advice_departed_from_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False), ("is_followed", False)),
                            _connector="OR",
                        ),
                        name="national_advice_agreed_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SmallNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="First day on which it holds, up to and without the last."
                    ),
                ),
                ("source", models.CharField(help_text="Where it is written.", max_length=200)),
                ("least", models.PositiveSmallIntegerField(help_text="The smallest number that is shown.")),
            ],
            options={
                "ordering": ("-period",),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("period", "&&")], name="small_numbers_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)), name="small_number_starts"
                    ),
                    models.CheckConstraint(condition=models.Q(("least__gte", 1)), name="small_number_counts"),
                ],
            },
        ),
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunPython(add_practice, remove_practice),
    ]
