"""What goes in and out of the API: each field is named by hand, so that nothing leaks by being added to a table."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import StrictSerializer
from offenders.cards import Card
from offenders.choices import NameKind, RiskLevel
from offenders.models import Nominal, Notice


def primary_name(nominal: Nominal) -> str:
    """Return the name that the record goes by; needs the names fetched (with_summary)."""
    return next((name.full_name for name in nominal.names.all() if name.kind == NameKind.PRIMARY), "")


class MarkerOut(serializers.Serializer[Nominal]):
    """That a record exists, who manages it and how to reach them (tier 0)."""

    reference = serializers.CharField()
    force = serializers.CharField(source="force.name")
    unit = serializers.CharField(source="unit.name")
    offender_manager = serializers.CharField(source="offender_manager.display_name")
    manager_phone = serializers.CharField(source="offender_manager.phone")
    unit_phone = serializers.CharField(source="unit.phone")
    on_call = serializers.CharField(source="unit.on_call")


class BirthOut(serializers.Serializer[Any]):
    """A date of birth as far as it is known."""

    year = serializers.IntegerField()
    month = serializers.IntegerField(allow_null=True)
    day = serializers.IntegerField(allow_null=True)


class NominalRowOut(MarkerOut):
    """A line of the list."""

    name = serializers.SerializerMethodField()
    birth = serializers.SerializerMethodField()
    risk_level = serializers.SerializerMethodField()
    mappa_category = serializers.SerializerMethodField()
    mappa_level = serializers.SerializerMethodField()

    def get_name(self, nominal: Nominal) -> str:
        """The name by which the record goes."""
        return primary_name(nominal)

    @extend_schema_field(BirthOut(allow_null=True))
    def get_birth(self, nominal: Nominal) -> dict[str, Any] | None:
        """The date of birth to go by."""
        births = nominal.dates_of_birth.all()
        return dict(BirthOut(births[0]).data) if births else None

    @extend_schema_field(serializers.ChoiceField(choices=[level.name.lower() for level in RiskLevel], allow_null=True))
    def get_risk_level(self, nominal: Nominal) -> str | None:
        """The level today; null when none is set."""
        return RiskLevel(nominal.risk_today[0].level).name.lower() if nominal.risk_today else None

    def get_mappa_category(self, nominal: Nominal) -> int | None:
        """The category today; null outside MAPPA."""
        return nominal.mappa_today[0].category if nominal.mappa_today else None

    def get_mappa_level(self, nominal: Nominal) -> int | None:
        """The level today; null outside MAPPA."""
        return nominal.mappa_today[0].level if nominal.mappa_today else None


class CardOut(serializers.Serializer[Card]):
    """What whoever meets the person must know (tier 1)."""

    name = serializers.CharField()
    other_names = serializers.ListField(child=serializers.CharField())
    birth = serializers.SerializerMethodField()
    age = serializers.CharField()
    appearance = serializers.CharField()
    registration = serializers.CharField(source="nominal.registration")
    risk = serializers.CharField(source="level_words")
    risk_to = serializers.CharField(source="to_whom")
    mappa = serializers.CharField(source="mappa_words")
    on_licence_until = serializers.DateField(source="facts.on_licence_until", allow_null=True)
    licence_contact = serializers.CharField(source="facts.licence_contact")
    warnings = serializers.ListField(child=serializers.CharField(), source="warning_lines")
    what_to_do = serializers.ListField(child=serializers.CharField(), source="instructions")
    modus_operandi = serializers.CharField(source="facts.modus_operandi")
    risk_factors = serializers.CharField(source="facts.risk_factors")
    conditions = serializers.ListField(child=serializers.CharField(), source="condition_lines")
    people_at_risk = serializers.CharField(source="facts.people_at_risk")
    checked_on = serializers.DateField(source="facts.checked_on", allow_null=True)
    is_stale = serializers.BooleanField()

    @extend_schema_field(BirthOut(allow_null=True))
    def get_birth(self, card: Card) -> dict[str, Any] | None:
        """The date of birth to go by."""
        return dict(BirthOut(card.births[0]).data) if card.births else None


class NominalOut(MarkerOut):
    """One record: the marker, and the card when the caller may read it."""

    card = CardOut(allow_null=True)
    is_marker_only = serializers.BooleanField(help_text="The card opens after a reason is stated in the browser.")


class SearchIn(StrictSerializer):
    """What somebody types into the one box."""

    text = serializers.CharField(max_length=200, help_text="A name, date of birth, PNC or CRO number, reference, telephone or vehicle.")


class HitOut(MarkerOut):
    """One person found; of a record whose card the caller may not read, the marker alone."""

    name = serializers.CharField(allow_blank=True)
    reasons = serializers.ListField(child=serializers.CharField())
    is_marker_only = serializers.BooleanField()


class SearchOut(serializers.Serializer[Any]):
    """People found, the likeliest first."""

    hits = HitOut(many=True)
    exact = serializers.BooleanField(help_text="One person has exactly this number.")
    too_many = serializers.BooleanField(help_text="Give one more detail.")


class CameToNoticeIn(StrictSerializer):
    """What happened."""

    what_happened = serializers.CharField(max_length=2000)
    incident_reference = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class NoticeOut(serializers.ModelSerializer[Notice]):
    """The notice that was sent."""

    reference = serializers.CharField(source="nominal.reference")

    class Meta:
        model = Notice
        fields = ["public_id", "reference", "reported_at", "incident_reference"]
