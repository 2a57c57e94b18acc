"""Requests for one's own data."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from disclosure.migrations._subject_access_sql import NO_RULES, RULES


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("disclosure", "0003_scheme_outcomes"),
        ("offenders", "0018_prison_and_public"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("bundle", "A bundle of what is held"),
                            ("nothing", "Nothing is held"),
                            ("withheld", "Everything is withheld"),
                        ],
                        max_length=10,
                    ),
                ),
                ("letter", models.TextField(help_text="What the person reads first.")),
                ("contents", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("told", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ("sha256", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "sealed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "bundle"), models.Q(("contents", []), _negated=True)),
                            models.Q(models.Q(("answer", "bundle"), _negated=True), ("contents", []), ("told", [])),
                            _connector="OR",
                        ),
                        name="bundle_holds_something_or_is_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("letter", ""), _negated=True), models.Q(("sha256", ""), _negated=True)),
                        name="bundle_sealed_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(editable=False, max_length=16, unique=True)),
                ("name", models.CharField(help_text="Whose data is asked for.", max_length=150)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("through", models.CharField(blank=True, help_text="Who asks for them, and with which authority.", max_length=150)),
                (
                    "received_by",
                    models.CharField(
                        choices=[
                            ("letter", "By letter"),
                            ("mail", "By e-mail"),
                            ("online", "Through the force's web page"),
                            ("in_person", "In person, at a visit too"),
                            ("prison", "Through a prison or probation"),
                            ("solicitor", "Through a solicitor"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("scope", models.TextField(blank=True, help_text="What is asked for; empty: everything.")),
                ("since", models.DateField(blank=True, help_text="From which day on; empty: from the beginning.", null=True)),
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
                ("identity_at", models.DateTimeField(help_text="When it was proved: the clock runs from here.", null=True)),
                ("nothing_held_words", models.CharField(blank=True, help_text="What was searched.", max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New: who asks is not proved"),
                            ("collecting", "What is held is collected"),
                            ("deciding", "Decided passage by passage"),
                            ("sealed", "Sealed: to be handed over"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("end_reason", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("claimed_at", models.DateTimeField(help_text="When a worker took the collection up.", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "collector",
                    models.ForeignKey(
                        help_text="In whose rights it collects.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                (
                    "identity_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominal",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offenders.nominal"),
                ),
                (
                    "nothing_held_by",
                    models.ForeignKey(
                        help_text="Who searched and found nothing.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        help_text="Who answers it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["force", "-id"], name="subject_request_by_force"),
                    models.Index(fields=["unit", "-id"], name="subject_request_by_unit"),
                    models.Index(fields=["nominal"], name="subject_request_by_nominal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_by__in", ["letter", "mail", "online", "in_person", "prison", "solicitor"]),
                            ("state__in", ["new", "collecting", "deciding", "sealed", "answered", "refused", "withdrawn"]),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="subject_request_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["new", "refused", "withdrawn"]),
                            models.Q(
                                ("identity_at__isnull", False),
                                ("identity_by__isnull", False),
                                models.Q(("identity__in", ["", "not_proved"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="subject_request_of_somebody_proved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["answered", "refused", "withdrawn"]),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ["answered", "refused", "withdrawn"]), _negated=True),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="subject_request_ended_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "withdrawn"]), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="subject_request_refused_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nothing_held_by__isnull", True),
                            models.Q(("nominal__isnull", True), models.Q(("nothing_held_words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="subject_request_record_or_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("in_person", "Handed over, identity seen again"),
                            ("post", "By post, recorded"),
                            ("prison", "To the prison, marked for the person alone"),
                            ("solicitor", "To the solicitor, with authority seen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("to_whom", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, help_text="Such as the number of the recorded post.", max_length=300)),
                ("at", models.DateTimeField()),
                ("bundle", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.bundle")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery", to="disclosure.subjectrequest"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["in_person", "post", "prison", "solicitor"]), models.Q(("to_whom", ""), _negated=True)
                        ),
                        name="delivery_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(help_text="App and model, such as offenders.address.", max_length=60)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="collected", to="disclosure.subjectrequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "collected source",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "source"), name="subject_source_collected_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BundleItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("source", models.CharField(max_length=60)),
                ("key", models.CharField(help_text="App, model and key of the row.", max_length=100)),
                ("position", models.PositiveIntegerField()),
                ("heading", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=200)),
                ("passages", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "needs_second",
                    models.BooleanField(default=False, help_text="Something is removed, or a rule suggested a look and it stays."),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "collected_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        help_text="The second reader.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="disclosure.subjectrequest"),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "key"), name="bundle_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("read_by", models.F("decided_by")), _negated=True), name="bundle_item_read_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                            models.Q(("decided_by__isnull", False), ("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bundle_item_read_wholly",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="bundle",
            name="request",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="bundle", to="disclosure.subjectrequest"),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
