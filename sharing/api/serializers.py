"""What agencies' systems send and are given."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictSerializer
from sharing.choices.agreements import DataClass, Purpose
from sharing.choices.decisions import Channel
from sharing.choices.news import EVENTS
from sharing.choices.releases import ChangeKind, RemovedTold
from sharing.choices.requests import RefusalCode, RequestTemplate
from sharing.reports.shared import OPEN, TO_ACCEPT
from sharing.rules.requests import State

Out = serializers.Serializer[Any]
LONG = 10_000


class PageOut(Out):
    """A page of a list, newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class SharedRowOut(Out):
    """What was shared, as far as it can be known before the handling is accepted."""

    id = serializers.UUIDField(source="public_id")
    reference = serializers.CharField()
    force = serializers.CharField()
    state = serializers.ChoiceField(choices=[TO_ACCEPT, OPEN], help_text="Whether the handling was accepted.")
    marking = serializers.CharField()
    handling = serializers.CharField()
    must_not = serializers.CharField()
    expected_action = serializers.CharField()
    purpose = serializers.CharField()
    powers = serializers.CharField()
    sent_at = serializers.DateTimeField()
    expires_on = serializers.DateField(help_text="The last day on which it can be read.")


class ItemOut(Out):
    """One thing that was shared."""

    heading = serializers.CharField()
    label = serializers.CharField()
    text = serializers.CharField()
    is_known = serializers.BooleanField(help_text="The sender thinks that you have it already.")
    removed = serializers.ListField(child=serializers.ChoiceField(choices=RemovedTold.choices), help_text="Why passages were taken out.")


class SharedOut(SharedRowOut):
    """What was shared; whom it is about and what it says are null until the handling is accepted."""

    subject = serializers.CharField(allow_null=True)
    contents = ItemOut(many=True, allow_null=True)


class SharedPageOut(PageOut):
    """A page of what was shared."""

    results = SharedRowOut(many=True)


class NothingIn(StrictSerializer):
    """Nothing needs to be said."""


class ActionIn(StrictSerializer):
    """What was done about something that was shared."""

    done_on = serializers.DateField()
    text = serializers.CharField(max_length=LONG)
    is_final = serializers.BooleanField(help_text="What was expected has been done.")


class ActionOut(Out):
    """What was done, as it was stored."""

    id = serializers.UUIDField(source="public_id")
    done_on = serializers.DateField()
    text = serializers.CharField()
    is_final = serializers.BooleanField()


class SubjectIn(StrictSerializer):
    """Of whom something is said."""

    shared_record = serializers.UUIDField(required=False, help_text="The id of something that was shared with you about the person.")


class RequestIn(SubjectIn):
    """A request for information."""

    template = serializers.ChoiceField(choices=RequestTemplate.choices)
    subject_name = serializers.CharField(max_length=200)
    subject_birth = serializers.CharField(max_length=40, required=False, help_text="As far as you know it.")
    subject_address = serializers.CharField(max_length=300, required=False)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    power = serializers.CharField(max_length=200, help_text="The power on which you rely.")
    data_classes = serializers.ListField(child=serializers.ChoiceField(choices=DataClass.choices), min_length=1, max_length=12)
    details = serializers.CharField(max_length=LONG, help_text="What you need to know and why.")
    relationship = serializers.CharField(max_length=200, required=False, help_text="Of a carer to the child: for a check of a carer.")
    care_from = serializers.DateField(required=False, help_text="When the care would begin: for a check of a carer.")
    is_urgent = serializers.BooleanField(default=False)
    urgent_reason = serializers.CharField(max_length=300, required=False)
    needed_by = serializers.DateField(required=False)


class NoteOut(Out):
    """A question of the police, or your reply."""

    is_question = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class SharedWithOut(Out):
    """Something that was shared in answer."""

    id = serializers.UUIDField(source="public_id", allow_null=True, help_text="Of a shared record; null for what went another way.")
    reference = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)


class AnswerOut(Out):
    """The complete answer, or the refusal with its reason."""

    at = serializers.DateTimeField()
    refusal = serializers.ChoiceField(choices=RefusalCode.choices, allow_blank=True)
    words = serializers.ListField(child=serializers.CharField())
    shared = SharedWithOut(many=True)


class RequestOut(Out):
    """A request as it stands."""

    id = serializers.UUIDField(source="public_id")
    reference = serializers.CharField()
    force = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    template = serializers.ChoiceField(choices=RequestTemplate.choices)
    subject_name = serializers.CharField()
    asked_at = serializers.DateTimeField()
    asked_for = serializers.CharField()
    is_urgent = serializers.BooleanField()
    needed_by = serializers.DateField(allow_null=True)
    notes = NoteOut(many=True)
    answer = AnswerOut(allow_null=True)


class RequestPageOut(PageOut):
    """A page of requests."""

    results = RequestOut(many=True)


class ReplyIn(StrictSerializer):
    """A reply to what was asked back."""

    text = serializers.CharField(max_length=LONG)


class NewsIn(SubjectIn):
    """What every piece of news says."""

    happened_on = serializers.DateField(help_text="The day on which it happened, or was seen or said.")
    text = serializers.CharField(max_length=LONG)
    subject_name = serializers.CharField(max_length=200, required=False, help_text="Needed without shared_record.")
    subject_birth = serializers.CharField(max_length=40, required=False)
    subject_number = serializers.CharField(max_length=40, required=False, help_text="Any number by which the person is known.")


class IntelligenceIn(NewsIn):
    """Intelligence."""

    how_known = serializers.CharField(max_length=500, required=False)
    needs_consent = serializers.BooleanField(help_text="It may not go on without your consent.")


class EventIn(NewsIn):
    """An event."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in EVENTS])


class NewsOut(Out):
    """News that was taken."""

    id = serializers.UUIDField(source="public_id")
    reference = serializers.CharField()


class AgreementOut(Out):
    """An agreement between the force and the agency."""

    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=["suspended", "ended", "not begun", "in force"])
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=Purpose.choices))
    data_classes = serializers.ListField(child=serializers.ChoiceField(choices=DataClass.choices))
    powers = serializers.ListField(child=serializers.CharField())
    first_day = serializers.DateField(source="period.lower")
    last_day = serializers.DateField()
    review_on = serializers.DateField()


class AgreementPageOut(PageOut):
    """A page of agreements."""

    results = AgreementOut(many=True)


class SinceIn(serializers.Serializer[Any]):
    """From where to read on."""

    since = serializers.IntegerField(default=0, min_value=0, max_value=2**63 - 1)


class ChangeOut(Out):
    """Something changed: what sort of thing, and its key."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    subject = serializers.UUIDField()
    at = serializers.DateTimeField()


class ChangesOut(Out):
    """What changed, the oldest first."""

    results = ChangeOut(many=True)
    next_since = serializers.IntegerField(help_text="Ask with this the next time.")
    has_more = serializers.BooleanField()
