"""What the API takes and gives about reports from the border."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ReportIn(serializers.Serializer[Any]):
    """One report. Names are those of docs/travel-alerts.md, and its other spellings are understood; what is not known is kept."""

    surname = serializers.CharField()
    given_names = serializers.CharField(required=False)
    date_of_birth = serializers.CharField(required=False, help_text="1971-03-14, 1971-03 or 1971")
    sex = serializers.CharField(required=False, help_text="M, F or X")
    nationality = serializers.CharField(required=False)
    document_type = serializers.CharField(required=False)
    document_number = serializers.CharField(required=False)
    direction = serializers.CharField(required=False, help_text="out or in, seen from the United Kingdom")
    travels_at = serializers.CharField(help_text="2026-05-12T14:35+01:00; without a zone it is the time of London")
    port = serializers.CharField(required=False)
    carrier = serializers.CharField(required=False)
    service = serializers.CharField(required=False)
    origin = serializers.CharField(required=False)
    destination = serializers.CharField(required=False)


class RowOut(serializers.Serializer[Any]):
    """One report of the call, by its place in it."""

    number = serializers.IntegerField(help_text="From 1.")
    state = serializers.ChoiceField(choices=["taken", "refused"])
    problem = serializers.CharField(help_text="Why it was refused; holds nothing of the report.")


class TakenOut(serializers.Serializer[Any]):
    """What was taken."""

    reference = serializers.UUIDField(help_text="Under which the sender can ask what became of it.")
    reports = RowOut(many=True)


class RefusedOut(serializers.Serializer[Any]):
    """A report that cannot be used."""

    line = serializers.IntegerField()
    problem = serializers.CharField()


class MessageOut(serializers.Serializer[Any]):
    """What became of a message."""

    reference = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(choices=["taken", "quarantined", "read", "rejected"])
    problem = serializers.CharField()
    taken_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    times_seen = serializers.IntegerField()
    report_count = serializers.IntegerField()
    repeat_count = serializers.IntegerField(help_text="Reports that had come before, by this or another way.")
    refused_count = serializers.IntegerField()
    refused = RefusedOut(many=True, help_text="The first 100.")
