"""Applications under the disclosure schemes, and what disclosure goes by."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from disclosure.migrations._applications_sql import NO_REFERENCES, NO_ROW_SECURITY, NO_RULES, REFERENCES, ROW_SECURITY, RULES


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("offenders", "0018_prison_and_public"),
        ("sharing", "0009_consent_of_agencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(editable=False, max_length=16, unique=True)),
                (
                    "scheme",
                    models.CharField(
                        choices=[("domestic", "Domestic violence disclosure scheme"), ("child", "Child sex offender disclosure scheme")],
                        max_length=10,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("ask", "Right to ask: the person at risk, or a parent or carer"),
                            ("third_party", "Right to ask: somebody else who is worried"),
                            ("know", "Right to know: the police learned something"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "received_by",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By telephone"),
                            ("online", "Through the force's web page"),
                            ("patrol", "On patrol or at an incident"),
                            ("agency", "Through an agency"),
                            ("police", "From police work"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("first_contact", "First contact and first checks"),
                            ("interview", "Face to face"),
                            ("full_checks", "Full checks and forum"),
                            ("decision", "Waits for the decision"),
                            ("decided", "Decided: to be told or answered"),
                            ("safeguarding", "Stopped: somebody is in danger"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                        ],
                        default="first_contact",
                        max_length=15,
                    ),
                ),
                (
                    "stood_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_contact", "First contact and first checks"),
                            ("interview", "Face to face"),
                            ("full_checks", "Full checks and forum"),
                            ("decision", "Waits for the decision"),
                            ("decided", "Decided: to be told or answered"),
                            ("safeguarding", "Stopped: somebody is in danger"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                        ],
                        help_text="Where it goes on when nobody is in danger any more.",
                        max_length=15,
                    ),
                ),
                (
                    "in_danger",
                    models.BooleanField(
                        help_text="Whether somebody was in immediate danger at first contact; empty: not asked yet.", null=True
                    ),
                ),
                ("has_no_record", models.BooleanField(default=False)),
                ("why_another", models.CharField(blank=True, help_text="Why it is not the same as an earlier one.", max_length=500)),
                ("is_malicious", models.BooleanField(default=False, help_text="Made to harm or to pry, somebody found.")),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ended_by",
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
                        help_text="Who deals with it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "twin_of",
                    models.ForeignKey(
                        help_text="An earlier one like it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.application",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Which deals with it.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["unit", "-id"], name="application_by_unit"),
                    models.Index(fields=["officer", "-id"], name="application_by_officer"),
                    models.Index(fields=["nominal"], name="application_by_nominal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("route__in", ["ask", "third_party", "know"]),
                            ("scheme__in", ["domestic", "child"]),
                            (
                                "state__in",
                                ["first_contact", "interview", "full_checks", "decision", "decided", "safeguarding", "withdrawn", "closed"],
                            ),
                        ),
                        name="application_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "safeguarding"), models.Q(("stood_at", ""), _negated=True)),
                            models.Q(models.Q(("state", "safeguarding"), _negated=True), ("stood_at", "")),
                            _connector="OR",
                        ),
                        name="application_knows_where_it_goes_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nominal__isnull", True), ("has_no_record", False), _connector="OR"),
                        name="application_record_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False), ("state__in", ["withdrawn", "closed"])),
                            models.Q(
                                models.Q(("state__in", ["withdrawn", "closed"]), _negated=True),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="application_ended_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="application_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["first_contact", "safeguarding", "withdrawn"]), ("officer__isnull", False), _connector="OR"
                        ),
                        name="application_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationMarker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(help_text="Why the managers of the record may know.", max_length=500)),
                ("told_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "application",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="marker", to="disclosure.application"),
                ),
                (
                    "nominal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="application_markers", to="offenders.nominal"
                    ),
                ),
                ("told_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="application_marker_with_a_reason"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(choices=[("first", "First checks"), ("full", "Full checks")], max_length=5)),
                ("system", models.SlugField(max_length=30)),
                ("result", models.CharField(choices=[("trace", "Something is held"), ("no_trace", "Nothing is held")], max_length=10)),
                ("found", models.TextField(blank=True, help_text="What is held, as far as it matters here.")),
                ("done_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="disclosure.application"),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "check of an application",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["trace", "no_trace"]), ("stage__in", ["first", "full"])),
                        name="application_check_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "trace"), _negated=True), models.Q(("found", ""), _negated=True), _connector="OR"
                        ),
                        name="application_check_says_what_is_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(blank=True, null=True)),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("said", models.TextField(blank=True)),
                ("why_none", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="forum", to="disclosure.application"),
                ),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agencies__len__gt", 0),
                                ("held_on__isnull", False),
                                ("why_none", ""),
                                models.Q(("said", ""), _negated=True),
                            ),
                            models.Q(("held_on__isnull", True), ("said", ""), models.Q(("why_none", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="forum_held_or_why_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ground",
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
                    "law",
                    models.CharField(
                        choices=[
                            ("subject_access", "Subject access: Data Protection Act 2018, Part 3"),
                            ("freedom", "Freedom of Information Act 2000"),
                            ("unused", "Sensitive unused material: Criminal Procedure and Investigations Act 1996"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("section", models.CharField(help_text="Where in the law it stands.", max_length=100)),
                ("explains", models.TextField(help_text="When it holds, in plain words.")),
                ("told_as", models.TextField(blank=True, help_text="What whoever asked reads; empty: that something was held back.")),
            ],
            options={
                "ordering": ("law", "name", "-period"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("law", "="), ("code", "="), ("period", "&&")], name="disclosure_grounds_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="disclosure_ground_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("law__in", ["subject_access", "freedom", "unused"])), name="disclosure_ground_of_a_known_law"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("explains", ""), _negated=True)),
                        name="disclosure_ground_explained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField()),
                ("place", models.CharField(max_length=200)),
                ("second_officer", models.CharField(blank=True, max_length=150)),
                ("account", models.TextField(help_text="What they said and why they are worried.")),
                ("risk", models.TextField(help_text="What follows for their safety.")),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="interviews", to="disclosure.application"),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("account", ""), _negated=True), models.Q(("risk", ""), _negated=True)),
                        name="interview_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeutralAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("call", "Telephone call"),
                            ("text", "Text message"),
                            ("mail", "E-mail"),
                            ("letter", "Letter"),
                            ("visit", "Visit at home"),
                            ("elsewhere", "Meeting at another place"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="neutral_answer", to="disclosure.application"
                    ),
                ),
                ("sent_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="neutral_answer_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("at_risk", "Person who may be at risk"),
                            ("child", "Child who may be at risk"),
                            ("subject", "Person asked about"),
                            ("protector", "Person best placed to protect"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "relationship",
                    models.CharField(blank=True, help_text="To the person asked about, or to whoever is at risk.", max_length=200),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "identity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passport", "Passport"),
                            ("driving_licence", "Driving licence"),
                            ("birth_and_bill", "Birth certificate and a recent bill"),
                            ("known", "Known to the officer in person"),
                            ("not_proved", "Could not prove it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("identity_detail", models.CharField(blank=True, help_text="Which document, never its number.", max_length=200)),
                ("identity_seen_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="disclosure.application"),
                ),
                (
                    "identity_seen_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role__in", ["applicant", "subject", "protector"])),
                        fields=("application", "role"),
                        name="party_one_of_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), ("role__in", ["applicant", "at_risk", "child", "subject", "protector"])
                        ),
                        name="party_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("identity", ""), ("identity_seen_by__isnull", True), ("identity_seen_on__isnull", True)),
                            models.Q(
                                models.Q(("identity", ""), _negated=True),
                                ("identity_seen_by__isnull", False),
                                ("identity_seen_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="party_identity_seen_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representations",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("why_not", models.TextField(blank=True, help_text="Such as: asking would raise the risk.")),
                ("said", models.TextField(blank=True)),
                ("considered", models.TextField(blank=True, help_text="How it was weighed.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="representations", to="disclosure.application"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "representations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_on__isnull", False), ("why_not", "")),
                            models.Q(
                                ("asked_on__isnull", True), ("considered", ""), ("said", ""), models.Q(("why_not", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="representations_asked_or_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said", ""), models.Q(("considered", ""), _negated=True), _connector="OR"),
                        name="representations_weighed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("call", "Telephone call"),
                            ("text", "Text message"),
                            ("mail", "E-mail"),
                            ("letter", "Letter"),
                            ("visit", "Visit at home"),
                            ("elsewhere", "Meeting at another place"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_safe", models.BooleanField()),
                ("how", models.CharField(blank=True, help_text="When, what to say, a word to know each other by.", max_length=300)),
                ("who_must_not_know", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="safe_contacts", to="disclosure.application"
                    ),
                ),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["call", "text", "mail", "letter", "visit", "elsewhere"])),
                        name="safe_contact_way_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Safeguarding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("danger", models.TextField(help_text="What the danger is.")),
                ("done", models.TextField(blank=True, help_text="What was done to protect.")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="safeguardings", to="disclosure.application"
                    ),
                ),
                ("began_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("application",), name="safeguarding_one_at_a_time"
                    ),
                    models.CheckConstraint(condition=models.Q(("danger", ""), _negated=True), name="safeguarding_names_the_danger"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                ("ended_at__gte", models.F("began_at")),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("done", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="safeguarding_ended_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("disclose", "Disclose"), ("nothing", "Nothing to disclose"), ("withhold", "Do not disclose")],
                        max_length=10,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("presumption", "Presumption: convictions for sexual offences against children and a risk of serious harm"),
                            ("mappa", "Through MAPPA"),
                            ("common_law", "Common law power to prevent crime and protect"),
                        ],
                        max_length=15,
                    ),
                ),
                ("tests", models.JSONField(default=dict)),
                ("reasons", models.TextField()),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("decided_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(help_text="False: returned.", null=True)),
                ("words", models.TextField(blank=True, help_text="Why whoever decided agreed, or not.")),
                ("lapsed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="disclosure.application"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "sharing",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.sharingdecision"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lapsed_at__isnull", True)), fields=("application",), name="scheme_decision_one_stands"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("reasons", ""), _negated=True), ("verdict__in", ["disclose", "nothing", "withhold"])),
                        name="scheme_decision_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True), name="scheme_decision_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True), ("words", "")),
                            models.Q(
                                ("agreed__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="scheme_decision_decided_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("agreed", False), _negated=True), ("lapsed_at__isnull", False), _connector="OR"),
                        name="scheme_decision_returned_lapses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "disclose"), _negated=True), models.Q(("ground", ""), _negated=True), _connector="OR"
                        ),
                        name="scheme_decision_to_disclose_has_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeDisclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("script", models.TextField(blank=True, help_text="What is said, word by word.")),
                ("safety_plan", models.TextField(blank=True)),
                (
                    "undertaking",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "Signed"), ("spoken", "Given in words"), ("refused", "Refused; told of the consequences")],
                        max_length=10,
                    ),
                ),
                ("undertaking_words", models.CharField(blank=True, max_length=300)),
                ("told_at", models.DateTimeField(null=True)),
                ("second_officer", models.CharField(blank=True, max_length=150)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("how_taken", models.TextField(blank=True, help_text="How they took it, and what they mean to do.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="disclosure", to="disclosure.application"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.schemedecision"),
                ),
                (
                    "protector",
                    models.ForeignKey(
                        help_text="Who is told.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.party",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.release"),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True)),
                            models.Q(
                                ("protector__isnull", False),
                                ("told_at__isnull", False),
                                ("told_by__isnull", False),
                                models.Q(("script", ""), _negated=True),
                                models.Q(("safety_plan", ""), _negated=True),
                                models.Q(("undertaking", ""), _negated=True),
                                models.Q(("place", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="scheme_told_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="First day on which it holds, up to and without the last."
                    ),
                ),
                ("source", models.CharField(help_text="Where it is written.", max_length=200)),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ("name", "-period"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("period", "&&")], name="standard_texts_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)), name="standard_text_starts"
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="standard_text_says_something"),
                ],
            },
        ),
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        migrations.RunSQL(ROW_SECURITY, NO_ROW_SECURITY),
        migrations.RunSQL(RULES, NO_RULES),
    ]
