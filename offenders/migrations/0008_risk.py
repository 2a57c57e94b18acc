"""Risk assessments and their tools, the risk management plan, uses of material."""

import uuid
from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PUBLISHED = "Published description of the tool; form and ranges to be confirmed by the force"
LOCAL = "Local practice; to be confirmed by the force"
MODERATE = ["Low", "Moderate", "High"]
PRESENT = ["Not present", "Partly present", "Present", "Not known"]
ARMS_RISK = (
    "Opportunity", "Sexual preoccupation", "Offence-related sexual interests", "Emotional congruence with children", "Hostile orientation",
    "Poor self-management", "Antisocial influences",
)  # fmt: skip
ARMS_PROTECTIVE = (
    "Supportive social network", "Commitment to desist", "Intimate relationship", "Employment or positive routine", "Social investment",
)  # fmt: skip
IN_THE_COMMUNITY = (("children", True), ("public", True), ("known_adult", True), ("staff", True), ("prisoners", False))


def number(code, name, lowest, highest, required=True):
    """A field that takes a whole number."""
    return {"code": code, "name": name, "kind": "number", "lowest": lowest, "highest": highest, "is_required": required}


def choice(code, name, options, required=True):
    """A field that takes one of a list."""
    return {"code": code, "name": name, "kind": "choice", "options": options, "is_required": required}


def level(code, name, required=True, gives=True):
    """A field that takes a level of risk."""
    return {"code": code, "name": name, "kind": "level", "is_required": required, "gives_level": gives}


def factor(text):
    """A factor of ARMS."""
    return choice(text.lower().replace(" ", "_").replace("-", "_")[:40], text, PRESENT)


# code, name, source, confirmed, fields
TOOLS = [
    ("arms", "ARMS: active risk management system", PUBLISHED, False,
     [*map(factor, ARMS_RISK), *map(factor, ARMS_PROTECTIVE), level("priority", "Priority for police management")]),
    ("osp-c", "OSP/C: sexual reoffending with contact", PUBLISHED, False,
     [number("points", "Points", 0, 64, required=False), level("band", "Band")]),
    ("osp-i", "OSP/I: reoffending with indecent images", PUBLISHED, False, [level("band", "Band") | {"highest": 3}]),
    ("rm2000-s", "RM2000/S: sexual reconviction (static, older)", PUBLISHED, False,
     [number("points", "Points of step one", 0, 6), number("aggravating", "Aggravating factors of step two", 0, 4), level("band", "Band")]),
    ("rm2000-v", "RM2000/V: violent reconviction (static, older)", PUBLISHED, False,
     [number("points", "Points", 0, 8), level("band", "Band")]),
    ("rm2000-c", "RM2000/C: both combined (static, older)", PUBLISHED, False,
     [number("points", "Points", 0, 6), level("band", "Band")]),
    ("oasys-rosh", "OASys: risk of serious harm", PUBLISHED, False,
     [level(code, f"To {code.replace('_', ' ')}", needed) for code, needed in IN_THE_COMMUNITY]),
    ("sara", "SARA: violence between intimate partners", PUBLISHED, False,
     [choice("partner", "Imminent risk to the partner", MODERATE), choice("others", "Imminent risk to others", MODERATE)]),
    ("other", "Another tool that is used locally", LOCAL, False,
     [{"code": "name", "name": "Which tool", "kind": "text"}, {"code": "result", "name": "Its result", "kind": "text"},
      level("level", "The level that it gives", required=False)]),
]  # fmt: skip
SOURCES = [
    ("custody-record", "Custody record"), ("police-database", "Police national and local databases"), ("visits", "Home visits"),
    ("contact-log", "Contact log"), ("interview", "Conversation with the offender"), ("probation", "Probation"), ("prison", "Prison"),
    ("health", "Health services"), ("childrens-services", "Children's services"), ("adult-services", "Adult services"),
    ("housing", "Housing"), ("court-papers", "Court papers and pre-sentence reports"), ("devices", "Examination of devices"),
    ("intelligence", "Intelligence reports"), ("family", "Family and associates"), ("treatment", "Treatment and programme reports"),
    ("meeting", "MAPPA meeting"), ("other-force", "Another police force"), ("other", "Another source, named in the reasons"),
]  # fmt: skip


def add_tools(apps, schema_editor):
    """Add the tools and what each asks for."""
    tool_model, field_model = apps.get_model("offenders", "AssessmentTool"), apps.get_model("offenders", "ToolField")
    for code, name, source, is_confirmed, fields in TOOLS:
        tool = tool_model.objects.create(code=code, name=name, source=source, is_confirmed=is_confirmed, period=DateRange(SINCE, None))
        field_model.objects.bulk_create(field_model(tool=tool, position=place, **field) for place, field in enumerate(fields, 1))


def add_sources(apps, schema_editor):
    """Add the register of named sources."""
    model = apps.get_model("offenders", "InformationSource")
    model.objects.bulk_create(model(code=code, name=name, period=DateRange(SINCE, None)) for code, name in SOURCES)


# An assessment is read for ever under the form on which it was made: once used, a form no longer changes.
FIXED_FORM = """
CREATE FUNCTION check_tool_form_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM offenders_assessment WHERE tool_id = COALESCE(OLD.tool_id, NEW.tool_id)) THEN
        RAISE EXCEPTION 'the form of tool % is in use', COALESCE(OLD.tool_id, NEW.tool_id)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tool_form_is_fixed_once_used';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER tool_form_is_fixed_once_used BEFORE INSERT OR UPDATE OR DELETE ON offenders_toolfield
    FOR EACH ROW EXECUTE FUNCTION check_tool_form_is_fixed();
"""
NOT_FIXED_FORM = """
DROP TRIGGER tool_form_is_fixed_once_used ON offenders_toolfield;
DROP FUNCTION check_tool_form_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_nations"),
        ("actions", "0002_first_rules"),
        ("offenders", "0007_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentTool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30)),
                ("name", models.CharField(max_length=120)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="First day on which it is used, up to and without the last."
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("is_confirmed", models.BooleanField(default=True, help_text="False: fields and ranges are to be confirmed by the force.")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("period", "&&")], name="assessment_tools_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)), name="assessment_tool_starts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("returned", "Returned with reasons"),
                            ("approved", "Approved"),
                            ("superseded", "Followed by a later one"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("submitted_hash", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
                ("approved_hash", models.CharField(blank=True, help_text="SHA-256 of the content that was approved.", max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                ("assessed_on", models.DateField()),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("periodic", "Periodic review"),
                            ("recall", "Recall to prison"),
                            ("new_offence", "New offence or allegation"),
                            ("children", "New relationship with children in it, or new contact with children"),
                            ("other_change", "Another significant change"),
                            ("first", "First assessment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("scores", models.JSONField(blank=True, default=dict)),
                (
                    "level_given",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(1, "Low"), (2, "Medium"), (3, "High"), (4, "Very high")], null=True
                    ),
                ),
                (
                    "level_proposed",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(1, "Low"), (2, "Medium"), (3, "High"), (4, "Very high")], null=True
                    ),
                ),
                ("difference_reason", models.TextField(blank=True)),
                (
                    "at_risk",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "children"),
                                ("public", "the public"),
                                ("known_adult", "a known adult"),
                                ("adults_at_risk", "adults at risk"),
                                ("partners", "intimate partners"),
                                ("staff", "staff"),
                                ("prisoners", "prisoners"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="Codes of the register of sources.",
                        size=None,
                    ),
                ),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="offenders.nominal"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="replaced_by", to="offenders.assessment"
                    ),
                ),
                (
                    "risk_period",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="assessments", to="offenders.riskperiod"
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="offenders.assessmenttool"
                    ),
                ),
            ],
            options={
                "ordering": ("-assessed_on", "-pk"),
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("state", "submitted")), fields=["submitted_at"], name="assessment_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True), models.Q(("decided_by", models.F("author")), _negated=True), _connector="OR"
                ),
                name="assessment_not_decided_by_its_author",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "superseded"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("submitted_at__isnull", False),
                        models.Q(("approved_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessment_approved_wholly",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "approved", "superseded", "withdrawn"])),
                name="assessment_state_known",
            ),
                    models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "returned", "submitted"])),
                fields=("nominal", "tool"),
                name="assessment_one_at_work_for_a_tool",
            ),
                    models.UniqueConstraint(
                condition=models.Q(("state", "approved")), fields=("nominal", "tool"), name="assessment_one_approved_for_a_tool"
            ),
                    models.CheckConstraint(
                condition=models.Q(("level_proposed__isnull", True), ("level_proposed__in", [1, 2, 3, 4]), _connector="OR"),
                name="assessment_level_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "superseded"]), _negated=True), ("level_proposed__isnull", False), _connector="OR"
                ),
                name="assessment_approved_with_level",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("planned", models.CharField(help_text="The action that was planned.", max_length=300)),
                ("agency", models.CharField(blank=True, max_length=120)),
                ("person", models.CharField(blank=True, max_length=120)),
                ("consulted_on", models.DateField()),
                ("view", models.TextField(blank=True)),
                ("urgent_because", models.TextField(blank=True, help_text="Why it was too urgent to ask anybody first.")),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="consultations", to="offenders.nominal"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("-consulted_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("agency", ""), _negated=True), models.Q(("view", ""), _negated=True), ("urgent_because", "")),
                    models.Q(("agency", ""), ("person", ""), ("view", ""), models.Q(("urgent_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="consultation_held_or_too_urgent",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("period", "&&")], name="information_sources_do_not_overlap"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("bad_character", "Bad character evidence"),
                            ("court_order", "Application for a court order"),
                            ("bail", "Bail condition"),
                            ("licence", "Licence condition"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment", "Risk assessment"),
                            ("contact", "Contact log entry"),
                            ("document", "Document"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("material", models.CharField(blank=True, help_text="By reference and date; not the content itself.", max_length=300)),
                ("case_reference", models.CharField(blank=True, max_length=60)),
                ("why", models.TextField()),
                ("marked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="uses", to="offenders.assessment"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="material_uses", to="offenders.nominal"),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assessment__isnull", False), ("kind", "assessment"), ("material", "")),
                    models.Q(
                        models.Q(("kind", "assessment"), _negated=True),
                        ("assessment__isnull", True),
                        models.Q(("material", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="material_use_names_its_material",
            ),
                    models.CheckConstraint(
                condition=models.Q(("purpose__in", ["bad_character", "court_order", "bail", "licence"])), name="material_use_purpose_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                    models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="material_use_ended_wholly",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("supervision", "Supervision"),
                            ("monitoring", "Monitoring and control"),
                            ("interventions", "Interventions and treatment"),
                            ("victim_safety", "Victim safety"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(max_length=500)),
                (
                    "partner",
                    models.CharField(blank=True, help_text="An agency; the offender manager asks it and reports for it.", max_length=120),
                ),
                ("due_on", models.DateField()),
                ("every", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("every_unit", models.CharField(blank=True, choices=[("days", "days"), ("weeks", "weeks")], max_length=5)),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plan_actions", to="offenders.nominal"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["id"], name="plan_action_live"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("officer__isnull", False), ("partner", ""), ("unit__isnull", True)),
                    models.Q(("officer__isnull", True), ("partner", ""), ("unit__isnull", False)),
                    models.Q(("officer__isnull", True), ("unit__isnull", True), models.Q(("partner", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plan_action_has_one_owner",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every__isnull", True), ("every_unit", "")),
                    models.Q(("every__gte", 1), ("every_unit__in", ["days", "weeks"])),
                    _connector="OR",
                ),
                name="plan_action_repeats_wholly",
            ),
                    models.CheckConstraint(
                condition=models.Q(("part__in", ["supervision", "monitoring", "interventions", "victim_safety"])),
                name="plan_action_part_known",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reported_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("happened_on", models.DateField()),
                ("text", models.TextField()),
                ("is_concern", models.BooleanField(help_text="Something that the offender manager must know now.")),
                ("is_done", models.BooleanField()),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.action")),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plan_reports", to="offenders.nominal"),
                ),
                (
                    "plan_action",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="offenders.planaction"),
                ),
                (
                    "reported_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_report_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("returned", "Returned with reasons"),
                            ("approved", "Approved"),
                            ("superseded", "Followed by a later one"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("submitted_hash", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
                ("approved_hash", models.CharField(blank=True, help_text="SHA-256 of the content that was approved.", max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                ("number", models.PositiveSmallIntegerField()),
                ("supervision", models.TextField(blank=True)),
                ("monitoring", models.TextField(blank=True)),
                ("interventions", models.TextField(blank=True)),
                ("victim_safety", models.TextField(blank=True, help_text="Without anybody's name: what concerns victims is confidential.")),
                ("review_on", models.DateField(blank=True, null=True)),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="risk_plans", to="offenders.nominal"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="replaced_by", to="offenders.riskplan"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "abstract": False,
                "indexes": [
                    models.Index(condition=models.Q(("state", "submitted")), fields=["submitted_at"], name="risk_plan_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True), models.Q(("decided_by", models.F("author")), _negated=True), _connector="OR"
                ),
                name="riskplan_not_decided_by_its_author",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "superseded"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("submitted_at__isnull", False),
                        models.Q(("approved_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="riskplan_approved_wholly",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "approved", "superseded", "withdrawn"])),
                name="riskplan_state_known",
            ),
                    models.UniqueConstraint(fields=("nominal", "number"), name="risk_plan_number_once"),
                    models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "returned", "submitted"])), fields=("nominal",), name="risk_plan_one_at_work"
            ),
                    models.UniqueConstraint(
                condition=models.Q(("state", "approved")), fields=("nominal",), name="risk_plan_one_approved"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToolField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=150)),
                (
                    "kind",
                    models.CharField(
                        choices=[("number", "Whole number"), ("choice", "One of a list"), ("level", "Level of risk"), ("text", "Words")],
                        max_length=10,
                    ),
                ),
                ("lowest", models.IntegerField(blank=True, null=True)),
                ("highest", models.IntegerField(blank=True, null=True)),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("is_required", models.BooleanField(default=True)),
                (
                    "gives_level",
                    models.BooleanField(default=False, help_text="The highest of these fields is the level that the tool gives."),
                ),
                (
                    "tool",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="fields", to="offenders.assessmenttool"),
                ),
            ],
            options={
                "ordering": ("tool", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("tool", "code"), name="tool_field_once_in_a_tool"),
                    models.UniqueConstraint(fields=("tool", "position"), name="tool_field_position_once_in_a_tool"),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("highest__isnull", False),
                        ("kind", "number"),
                        ("lowest__isnull", False),
                        ("lowest__lte", models.F("highest")),
                        ("options", []),
                    ),
                    models.Q(
                        ("highest__isnull", True), ("kind", "choice"), ("lowest__isnull", True), models.Q(("options", []), _negated=True)
                    ),
                    models.Q(("kind", "level"), ("options", [])),
                    models.Q(("highest__isnull", True), ("kind", "text"), ("lowest__isnull", True), ("options", [])),
                    _connector="OR",
                ),
                name="tool_field_says_what_it_takes",
            ),
                    models.CheckConstraint(
                condition=models.Q(("gives_level", False), ("kind", "level"), _connector="OR"), name="tool_field_gives_level_as_level"
            ),
                ],
            },
        ),
        migrations.RunSQL(FIXED_FORM, NOT_FIXED_FORM),
        migrations.RunPython(add_tools, migrations.RunPython.noop),
        migrations.RunPython(add_sources, migrations.RunPython.noop),
    ]
