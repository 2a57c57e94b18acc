"""What belongs together: people, places, vehicles, numbers, online names and organisations that reports tell of, and links between them."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation
from accounts.permissions import Perm
from intelligence.choices.links import EntityKind, LinkKind, LinkState
from intelligence.models.information import CONDITIONED, Graded, InformationReport
from intelligence.querysets.links import EntityMergeQuerySet, EntityQuerySet, LinkQuerySet
from intelligence.rules.links import THINGS
from offenders.models import Nominal

WHO = settings.AUTH_USER_MODEL
KEYED = sorted(THINGS)
OF_REPORTS = [LinkKind.TELLS_OF]  # they hold as much as the report does, and have its grade


class PostcodePoint(models.Model):
    """Where a postcode lies on the national grid, in metres. Loaded by `manage.py load_postcodes`."""

    postcode = models.CharField(max_length=8, primary_key=True)
    easting = models.IntegerField()
    northing = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["easting", "northing"], name="postcode_by_position"),)

    def __str__(self) -> str:
        return self.postcode


class Entity(models.Model):
    """Somebody or something of which reports tell and that is no record. It is seen through its links alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=EntityKind)
    name = models.CharField(max_length=150)
    value = models.CharField(max_length=150, blank=True, help_text="The one form of a number, mark or online name.")
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.IntegerField(null=True, help_text="Metres on the national grid.")
    northing = models.IntegerField(null=True)
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.LINK_INTELLIGENCE
    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "entities"
        constraints = (
            models.UniqueConstraint(
                fields=["force", "kind", "value"], condition=~Q(value="") & Q(merged_into__isnull=True), name="entity_known_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=EntityKind.values), name="entity_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="entity_has_a_name"),
            models.CheckConstraint(
                condition=(Q(kind__in=KEYED) & ~Q(value="")) | (~Q(kind__in=KEYED) & Q(value="")), name="entity_value_where_it_has_one"
            ),
            models.CheckConstraint(
                condition=Q(kind="place") | Q(postcode="", easting__isnull=True, northing__isnull=True), name="entity_position_of_places"
            ),
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True) | Q(easting__isnull=False, northing__isnull=False),
                name="entity_position_whole",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="entity_not_merged_into_itself"),
        )
        indexes = (
            models.Index(fields=["force", "kind", "-id"], name="entity_by_kind"),
            models.Index(fields=["easting", "northing"], condition=Q(easting__isnull=False), name="entity_by_position"),
        )

    def __str__(self) -> str:
        return f"Entity {self.pk}"


class Link(Graded):
    """Two things belong together, as the system suggests or a person has confirmed or refused, with what it rests on and its grade."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LinkKind)
    state = models.CharField(max_length=10, choices=LinkState)
    evidence = models.ForeignKey(
        InformationReport, on_delete=models.PROTECT, null=True, related_name="links", help_text="The report that tells of it."
    )
    basis = models.CharField(max_length=200, blank=True, help_text="What it rests on where no report tells of it.")
    note = models.CharField(max_length=500, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    is_shared = models.BooleanField(default=False, help_text="Readers of the case files concerned see it too, not the bureau alone.")
    pair = models.CharField(max_length=80, unique=True, help_text="Kind and ends, so that nothing is linked or suggested twice.")
    reasons = models.JSONField(default=list, help_text="Why the system suggests it: each the kind of reason and its words.")
    refused_for = models.JSONField(default=list, help_text="The reasons for which it was refused: others bring it back.")
    created_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="Nobody: the system.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_known"),
            models.CheckConstraint(
                condition=Q(state=LinkState.SUGGESTED) | Q(decided_by__isnull=False, decided_at__isnull=False), name="link_decided_wholly"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LinkState.REFUSED, LinkState.ENDED]) | ~Q(decision_reason=""), name="link_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=LinkState.CONFIRMED)
                | Q(kind__in=OF_REPORTS, evidence__isnull=False)
                | (Q(grade_source__isnull=False) & ~Q(assessment="") & ~Q(handling="") & (Q(evidence__isnull=False) | ~Q(basis=""))),
                name="link_confirmed_with_source_and_grade",
            ),
            models.CheckConstraint(condition=CONDITIONED, name="link_conditions_said"),
            models.CheckConstraint(condition=Q(is_shared=False) | Q(state=LinkState.CONFIRMED), name="link_shared_when_confirmed"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")), name="link_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=["force", "-id"], condition=Q(state="suggested"), name="link_suggested"),)

    def __str__(self) -> str:
        return f"Link {self.pk}"

    @property
    def shown_grade(self) -> str:
        """Its own grade, or that of the report which tells of the other end."""
        return self.grade or (self.evidence.grade if self.evidence and self.kind in OF_REPORTS else "")


class LinkEnd(models.Model):
    """One of the two things that a link joins: a record, an entity or a report. Never the same at both ends."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="ends")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, null=True, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, related_name="ends")
    report = models.ForeignKey(InformationReport, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(nominal__isnull=False, entity__isnull=True, report__isnull=True)
                | Q(nominal__isnull=True, entity__isnull=False, report__isnull=True)
                | Q(nominal__isnull=True, entity__isnull=True, report__isnull=False),
                name="link_end_is_one_thing",
            ),
            models.UniqueConstraint(fields=["link", "nominal"], name="link_joins_two_records"),
            models.UniqueConstraint(fields=["link", "entity"], name="link_joins_two_entities"),
            models.UniqueConstraint(fields=["link", "report"], name="link_joins_two_reports"),
        )

    def __str__(self) -> str:
        return f"End {self.pk}"

    @property
    def thing(self) -> Nominal | Entity | InformationReport:
        """What stands there."""
        found = self.nominal or self.entity or self.report
        assert found is not None  # noqa: S101 - a constraint of the table
        return found


class EntityMerge(models.Model):
    """Two entities that were made one, with the ends of links that moved, so that it can be taken back."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="merges")
    reason = models.CharField(max_length=500)
    moved = models.ManyToManyField(LinkEnd, related_name="merges", help_text="The ends of links that moved.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.LINK_INTELLIGENCE
    objects = EntityMergeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="entity_merged_once"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="entity_merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="entity_merge_says_why"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
                name="entity_merge_undone_wholly",
            ),
        )

    def __str__(self) -> str:
        return f"Merge {self.pk}"


for model in (Entity, Link, LinkEnd, EntityMerge):
    auditlog.register(model, exclude_fields=["reasons", "refused_for"] if model is Link else None)
