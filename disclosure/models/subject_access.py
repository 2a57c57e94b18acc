"""Requests for one's own data: who asks, what was collected, what was decided of each passage, the bundle, how it was handed over."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Organisation, Unit
from accounts.permissions import Perm
from disclosure.choices.applications import IdentityProof
from disclosure.choices.subject_access import Answer, Asks, Basis, Outcome, Received, State, Way
from disclosure.querysets.subject_access import SubjectRequestPartQuerySet, SubjectRequestQuerySet
from offenders.models import Nominal
from sharing.rules.passages import kept_of
from ui.languages import Language

WHO = settings.AUTH_USER_MODEL
ENDED = Q(state__in=["answered", "refused", "withdrawn"])
UNPROVED = Q(state__in=["new", "refused", "withdrawn"])


class SubjectRequest(models.Model):
    """Somebody asks what the force holds about them. Nothing of it is done before their identity is proved.

    `unit` is the unit that was asked to help: it may link a record that data protection cannot find, and adds what only it may read.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", help_text="Who answers it.")
    asks = models.CharField(max_length=10, choices=Asks, default=Asks.ACCESS)
    name = models.CharField(max_length=150, help_text="Whose data is asked for.")
    born_on = models.DateField(null=True, blank=True)
    address = models.TextField(blank=True)
    through = models.CharField(max_length=150, blank=True, help_text="Who asks for them, and with which authority.")
    language = models.CharField(
        max_length=5, choices=Language, default=Language.ENGLISH, db_default=Language.ENGLISH, help_text="In which letters are written.",
    )  # fmt: skip
    received_by = models.CharField(max_length=10, choices=Received)
    received_at = models.DateTimeField()
    scope = models.TextField(blank=True, help_text="What is asked for; empty: everything.")
    since = models.DateField(null=True, blank=True, help_text="From which day on; empty: from the beginning.")
    identity = models.CharField(max_length=20, choices=IdentityProof, blank=True)
    identity_detail = models.CharField(max_length=200, blank=True, help_text="Which document, never its number.")
    identity_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    identity_at = models.DateTimeField(null=True, help_text="When it was proved: the clock runs from here.")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, null=True, related_name="+")
    nothing_held_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who searched and found nothing."
    )
    nothing_held_words = models.CharField(max_length=500, blank=True, help_text="What was searched.")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    end_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, help_text="When a worker took the collection up.")
    collector = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="In whose rights it collects.")
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_SUBJECT_REQUEST
    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=State.values, received_by__in=Received.values, asks__in=Asks.values) & ~Q(name=""),
                name="subject_request_known",
            ),
            models.CheckConstraint(
                condition=UNPROVED | (Q(identity_at__isnull=False, identity_by__isnull=False) & ~Q(identity__in=["", "not_proved"])),
                name="subject_request_of_somebody_proved",
            ),
            models.CheckConstraint(
                condition=ENDED & Q(ended_at__isnull=False, ended_by__isnull=False)
                | ~ENDED & Q(ended_at__isnull=True, ended_by__isnull=True),
                name="subject_request_ended_wholly",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(end_reason=""), name="subject_request_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(nothing_held_by__isnull=True) | Q(nominal__isnull=True) & ~Q(nothing_held_words=""),
                name="subject_request_record_or_nothing",
            ),
        )
        indexes = (
            models.Index(fields=["force", "-id"], name="subject_request_by_force"),
            models.Index(fields=["unit", "-id"], name="subject_request_by_unit"),
            models.Index(fields=["nominal"], name="subject_request_by_nominal"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.ended_at is None

    @property
    def is_correction(self) -> bool:
        """Whether it disputes something that is held, instead of asking for a copy."""
        return self.asks != Asks.ACCESS


class SubjectRequestPart(models.Model):
    """A row that belongs to a request and is read with it."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="%(class)ss")

    read_permission: ClassVar[Perm] = Perm.VIEW_SUBJECT_REQUEST
    objects = SubjectRequestPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Collected(SubjectRequestPart):
    """A source that somebody who may read it has collected, whether or not it held anything."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="collected")
    source = models.CharField(max_length=60, help_text="App and model, such as offenders.address.")
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name = "collected source"
        constraints = (models.UniqueConstraint(fields=["request", "source"], name="subject_source_collected_once"),)


class BundleItem(SubjectRequestPart):
    """One thing held about the person, passage by passage: what stays, what is removed and on which ground.

    `passages` is a list of objects with `text`, `keep` (null while undecided), `code` (of a `Ground`) and `found` (why to look twice).
    The database refuses what is kept apart, and papers that are privileged.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="items")
    source = models.CharField(max_length=60)
    key = models.CharField(max_length=100, help_text="App, model and key of the row.")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=100)
    label = models.CharField(max_length=200)
    passages = models.JSONField(encoder=DjangoJSONEncoder)
    needs_second = models.BooleanField(default=False, help_text="Something is removed, or a rule suggested a look and it stays.")
    collected_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+", help_text="The second reader.")
    read_at = models.DateTimeField(null=True)
    deciders = ArrayField(
        models.BigIntegerField(), default=list, help_text="Keys of everybody who decided about a passage of it; none reads it second."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["request", "key"], name="bundle_item_once"),
            models.CheckConstraint(condition=~Q(read_by=F("decided_by")), name="bundle_item_read_by_another"),
            models.CheckConstraint(
                condition=Q(read_by__isnull=True, read_at__isnull=True)
                | Q(read_by__isnull=False, read_at__isnull=False, decided_by__isnull=False),
                name="bundle_item_read_wholly",
            ),
        )

    @property
    def kept(self) -> str:
        """What would go of it: the passages that stay, in order, with a mark where others were."""
        return kept_of(self.passages)


class Correction(SubjectRequestPart):
    """Something held that the person disputes: what they ask, what was decided and why, and that it was done on the record.

    `untold` is the ground on which the person is told nothing of it (Data Protection Act 2018, section 48(3)); only of what is refused.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="corrections")
    what = models.CharField(max_length=300, help_text="Which record or passage, as the person names it.")
    asked = models.TextField(help_text="What is wrong with it, and what they ask for.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, blank=True)
    reasons = models.TextField(blank=True)
    untold = models.SlugField(max_length=40, blank=True)
    decided_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    done = models.TextField(blank=True, help_text="What was done, and on which page of the record.")
    recipients = models.TextField(blank=True, help_text="Who had it and was told, or that nobody had it.")
    done_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(what="") & ~Q(asked=""), name="correction_says_what"),
            models.CheckConstraint(
                condition=Q(outcome="", basis="", reasons="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=Outcome.values, basis__in=Basis.values, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(reasons=""),
                name="correction_decided_wholly",
            ),
            models.CheckConstraint(condition=Q(untold="") | Q(outcome="refused"), name="correction_untold_only_where_refused"),
            models.CheckConstraint(
                condition=Q(done="", recipients="", done_by__isnull=True, done_at__isnull=True)
                | Q(outcome__in=["rectified", "erased", "restricted"], done_by__isnull=False, done_at__isnull=False)
                & ~Q(done="") & ~Q(recipients=""),
                name="correction_done_wholly",
            ),
        )  # fmt: skip

    @property
    def is_granted(self) -> bool:
        """Whether something is done on the record."""
        return self.outcome not in {"", Outcome.REFUSED}


class Bundle(SubjectRequestPart):
    """What goes out, sealed: made of passages that stay and nothing else. The database refuses it while something is undecided.

    `contents` is a list of objects with heading, label and text; `told` are the grounds as the person may read them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.OneToOneField(SubjectRequest, on_delete=models.PROTECT, related_name="bundle")
    answer = models.CharField(max_length=10, choices=Answer)
    letter = models.TextField(help_text="What the person reads first.")
    contents = models.JSONField(encoder=DjangoJSONEncoder, default=list)
    told = ArrayField(models.TextField(), default=list)
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answer__in=["bundle", "correction"]) & ~Q(contents=[])
                | ~Q(answer__in=["bundle", "correction"]) & Q(contents=[], told=[]),
                name="bundle_holds_something_or_is_an_answer",
            ),
            models.CheckConstraint(condition=~Q(letter="") & ~Q(sha256=""), name="bundle_sealed_wholly"),
        )


class UndoneSeal(SubjectRequestPart):
    """A seal that was undone before anything was handed over: what it was, who undid it and why. What was sealed is not kept.

    The database lets no bundle go without one, and none go that was handed over.
    """

    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="undone_seals")
    answer = models.CharField(max_length=10, choices=Answer)
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    undone_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(undone_by=F("sealed_by")), name="seal_undone_by_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="seal_undone_with_a_reason"),
        )


class Delivery(SubjectRequestPart):
    """How a bundle was handed over, when, by whom and to whom."""

    request = models.OneToOneField(SubjectRequest, on_delete=models.PROTECT, related_name="delivery")
    bundle = models.OneToOneField(Bundle, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    to_whom = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True, help_text="Such as the number of the recorded post.")
    at = models.DateTimeField()
    by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = (models.CheckConstraint(condition=Q(way__in=Way.values) & ~Q(to_whom=""), name="delivery_to_somebody"),)


auditlog.register(
    SubjectRequest, mask_fields=["name", "born_on", "address", "through", "scope", "end_reason"], exclude_fields=["version", "claimed_at"]
)
auditlog.register(Collected)
auditlog.register(BundleItem, mask_fields=["passages"], exclude_fields=["version"])
auditlog.register(Correction, mask_fields=["what", "asked", "reasons", "done", "recipients"], exclude_fields=["version"])
auditlog.register(Bundle, mask_fields=["contents", "letter"])
auditlog.register(UndoneSeal, mask_fields=["reason"])
auditlog.register(Delivery, mask_fields=["to_whom", "note"])
