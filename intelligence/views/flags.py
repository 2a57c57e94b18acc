"""Pages of flags on a record: what each did, setting, changing and ending them, and what a person was told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may, permissions_on
from accounts.permissions import Perm
from actions.choices import Happening
from audit.views import ListEdge, get_or_404
from intelligence.forms.flags import ChangeFlagForm, EndFlagForm, FlagForm, HappeningForm, UsualFlagsForm, WhyFlagForm
from intelligence.models import EventType, FlagDelivery, FlagReview, FlagSetting, NoFlagReason
from intelligence.reports.flags import event_names, flags_of, units_to_tell, usual_for
from intelligence.services import flags as services
from intelligence.services.flag_actions import deal_with_delivery
from offenders.models import Nominal, Notice
from offenders.reports.custody import authorities_to_tell
from offenders.services.notices import tell_manager
from offenders.views.base import NominalAct, NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.templatetags.ui import uk_date

SHOWN = 50
SIGHTS = (Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.VIEW_CASE_FILE)


class FlagList(NominalPage):
    """The flags of a record with what each did, the review that runs, and the newest messages."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/flags/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user, today = self.request.user, localdate()
        rows, names = list(flags_of(user, self.nominal)), event_names(today)
        deliveries = FlagDelivery.objects.for_user(user).filter(setting__nominal=self.nominal)
        related = ("occurrence", "recipient", "action__closed_by", "notification")
        return super().get_context_data(
            live=[(names.get(row.kind, row.kind), row) for row in rows if row.ended_on is None],
            ended=[(names.get(row.kind, row.kind), row) for row in rows if row.ended_on],
            deliveries=[(names.get(row.occurrence.kind, ""), row) for row in deliveries.select_related(*related)[:SHOWN]],
            review=FlagReview.objects.for_user(user).waiting().filter(nominal=self.nominal).first(),
            no_flag=NoFlagReason.objects.for_user(user).filter(nominal=self.nominal).select_related("by").first(),
            lacking=len(usual_for(self.nominal, today)),
            today=today,
            **kwargs,
        )


def choices_of(request: HttpRequest, nominal: Nominal) -> dict[str, Any]:
    """Return what the form of a flag offers: kinds of events, units of the record's force, and agencies."""
    return {"actor": request.user, "kinds": event_names(localdate()), "units": units_to_tell(nominal), "agencies": authorities_to_tell()}


class AddFlag(RecordForm):
    """Set a flag."""

    form_class = FlagForm
    title = _("Set a flag")
    button = _("Set the flag")
    done_message = _("The flag is set. It tells of what happens from now on.")
    back = "intelligence:flag-list"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer kinds, units and agencies."""
        return choices_of(self.request, self.nominal)

    def perform(self, **data: Any) -> FlagSetting:
        """Set it."""
        return services.set_flag(actor=self.request.user, nominal=self.nominal, **data)


class OneFlagForm(ChangeForm):
    """A form about one flag that the user may change."""

    back = "intelligence:flag-list"

    def load(self) -> None:
        """Find it."""
        rows = FlagSetting.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        self.setting = get_or_404(rows.select_related("nominal", "user", "unit", "agency"), public_id=self.kwargs["public_id"])

    def version(self) -> int:
        """Return the version that is stored now."""
        self.setting.refresh_from_db(fields=["version"])
        return self.setting.version

    def stored(self) -> Stored:
        """Return what is stored now, in words."""
        rows = FlagSetting.objects.for_user(self.request.user, Perm.CHANGE_RECORD).select_related("user", "unit", "agency")
        fresh = rows.get(pk=self.setting.pk)
        ended = uk_date(fresh.ended_on) if fresh.ended_on else _("No")
        return [(_("Who is told"), fresh.audience_words), (_("How"), fresh.get_channel_display()), (_("Ended"), ended)]


class ChangeFlag(OneFlagForm):
    """Change a flag."""

    form_class = ChangeFlagForm
    title = _("Change the flag")
    button = _("Save the flag")
    done_message = _("The flag is changed. Somebody else looks at it when its months have passed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer kinds, units and agencies."""
        return choices_of(self.request, self.nominal)

    def get_initial(self) -> dict[str, Any]:
        """Show what the flag says."""
        said = {name: getattr(self.setting, name) for name in services.STATED}
        said["user"] = self.setting.user.collar_number if self.setting.user else ""
        return {**super().get_initial(), **said}

    def perform(self, **data: Any) -> FlagSetting:
        """Change it."""
        return services.change_flag(actor=self.request.user, setting=self.setting, **data)


class EndFlag(OneFlagForm):
    """End a flag."""

    form_class = EndFlagForm
    title = _("End the flag")
    button = _("End the flag")
    done_message = _("The flag has ended. It stays on the page and says why.")

    def perform(self, **data: Any) -> FlagSetting:
        """End it."""
        return services.end_flag(actor=self.request.user, setting=self.setting, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        name = event_names(localdate()).get(self.setting.kind, self.setting.kind)
        return super().get_context_data(intro=f"{name}, {self.setting.audience_words}", danger=True, **kwargs)


class SetUsualFlags(RecordForm):
    """Set the flags that such a record usually has."""

    form_class = UsualFlagsForm
    title = _("Usual flags")
    button = _("Set the flags")
    done_message = _("The flags are set.")
    back = "intelligence:flag-list"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Propose those that the record lacks."""
        return {"flags": usual_for(self.nominal, localdate()), "names": event_names(localdate())}

    def perform(self, **data: Any) -> list[FlagSetting]:
        """Set them."""
        return services.set_usual_flags(actor=self.request.user, nominal=self.nominal, **data)


class ExplainNoFlags(RecordForm):
    """Say why no flag is right."""

    form_class = WhyFlagForm
    title = _("No flag is right for this person")
    button = _("Record why")
    done_message = _("Recorded. The action that asked for flags is done.")
    back = "intelligence:flag-list"

    def perform(self, **data: Any) -> None:
        """Record it."""
        services.explain_no_flags(actor=self.request.user, nominal=self.nominal, **data)


class FlagTold(NominalPage):
    """What flags told this user about a record, as far as the user may still read it, and what they did about it."""

    permission = Perm.VIEW_MARKER
    template_name = "intelligence/flags/told.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the newest."""
        user = self.request.user
        events = {event.code: event for event in EventType.objects.for_user(user).on(localdate())}
        held = {perm.value for perm in permissions_on(user, SIGHTS, self.nominal)}
        readable = [code for code, event in events.items() if event.needs in held]
        rows = FlagDelivery.objects.for_user(user, Perm.VIEW_ACTION).filter(setting__nominal=self.nominal, told_at__isnull=False)
        rows = rows.filter(occurrence__kind__in=readable).select_related("occurrence", "action").distinct()
        told = [(events[row.occurrence.kind], row) for row in rows[:SHOWN]]
        return super().get_context_data(told=told, may_read_file=Perm.VIEW_CASE_FILE in held, **kwargs)


class DealWithDelivery(NominalAct):
    """Say that one has dealt with what a flag told."""

    permission = Perm.VIEW_MARKER
    done_message = _("Noted.")

    def perform(self) -> FlagDelivery:
        """Note it."""
        rows = FlagDelivery.objects.for_user(self.request.user, Perm.VIEW_ACTION).filter(setting__nominal=self.nominal)
        delivery = get_or_404(rows.distinct(), pk=self.kwargs["key"])
        return deal_with_delivery(actor=self.request.user, delivery=delivery)

    def get_success_url(self) -> str:
        """Return to what one was told."""
        return reverse("intelligence:flag-told", args=[self.nominal.reference])


class RecordHappening(RecordForm):
    """Record from the card what happened: a stop check, seen in custody, and so on."""

    permission = Perm.TELL_MANAGER
    form_class = HappeningForm
    title = _("What happened")
    button = _("Tell the offender manager")
    done_message = _("The offender manager was told, and whoever asked to be told of this. The answer will show under “What I reported”.")
    back = "offenders:card"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what officers record."""
        rows = EventType.objects.for_user(self.request.user).on(localdate()).filter(is_raised_by_hand=True)
        return {"kinds": list(rows.values_list("code", "name"))}

    def get_initial(self) -> dict[str, Any]:
        """Choose the most frequent."""
        return {"kind": Happening.STOP_CHECK}

    def perform(self, **data: Any) -> Notice:
        """Tell."""
        return tell_manager(actor=self.request.user, nominal=self.nominal, **data)


class EventTypeList(ListEdge):
    """Which kinds of events there are and will be, what a recipient must be able to read, and how they are usually told."""

    permission = Perm.VIEW_RULES
    template_name = "intelligence/flags/events.html"

    def rows(self) -> Any:
        """Return those of today and those to come."""
        return EventType.objects.for_user(self.request.user).not_over(localdate()).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this user changes them."""
        user = self.request.user
        may_change = may(user, Perm.CHANGE_RULES) and user.organisation.is_force
        return super().get_context_data(today=localdate(), may_change=may_change, **kwargs)
