"""Pages of what sharing goes by: everybody who works with dated data reads them, a force's administrators change it."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import PageEdge, get_or_404
from intelligence.forms.flag_kinds import FromDayForm
from intelligence.views.flag_kinds import DatedEdge
from sharing.forms.practice import AuthorityForm, MediaLineForm, PowerForm
from sharing.models import AuthorityRule, MediaLine, Power
from sharing.rules.authority import CIRCUMSTANCES
from sharing.services import practice as services

OF_POWER = ("name", "allows", "source")
OF_RULE = ("authority", "is_delegable", "is_in_minutes", "needs_press_office", "is_confirmed", "source")


class Practice(PageEdge):
    """The powers, who decides in which circumstance, and the messages for the media; with their past."""

    permission = Perm.VIEW_RULES
    template_name = "sharing/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them, and whether the user may change them."""
        user, order = self.request.user, list(CIRCUMSTANCES)
        rules = AuthorityRule.objects.for_user(user).order_by("-period")
        return super().get_context_data(
            powers=Power.objects.for_user(user).order_by("name", "-period"),
            rules=sorted(rules, key=lambda rule: order.index(rule.circumstance) if rule.circumstance in order else len(order)),
            lines=MediaLine.objects.for_user(user).order_by("code", "-period"),
            may_change=may(user, Perm.CHANGE_RULES) and user.organisation.is_force,
            today=localdate(),
            **kwargs,
        )


class PracticeEdge(DatedEdge):
    """A form about something that sharing goes by from a day on."""

    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "sharing:practice"


class AddPower(PracticeEdge):
    """Another power."""

    form_class = PowerForm
    title = _("Add a power")
    button = _("Add the power")
    done_message = _("The power is offered from its first day on.")

    def perform(self, **data: Any) -> Power:
        """Add it."""
        return services.add_power(actor=self.request.user, **data)


class OnePower(PracticeEdge):
    """A form about one power."""

    def load(self) -> None:
        """Find it."""
        self.row = get_or_404(Power.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])


class ChangePower(OnePower):
    """A power worded anew."""

    form_class = PowerForm
    title = _("Change a power")

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.row, name) for name in OF_POWER}

    def perform(self, **data: Any) -> Power:
        """Change it."""
        return services.change_power(actor=self.request.user, power=self.row, **data)


class EndPower(OnePower):
    """A power that is offered no longer."""

    form_class = FromDayForm
    title = _("End a power")
    button = _("End it")
    done_message = _("It is not offered from that day on. What was shared under it stays as it was.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.row.name, danger=True, **kwargs)

    def perform(self, **data: Any) -> Power:
        """End it."""
        return services.end_power(actor=self.request.user, power=self.row, **data)


class ChangeAuthority(PracticeEdge):
    """Who decides in one circumstance."""

    form_class = AuthorityForm
    title = _("Who decides")

    def load(self) -> None:
        """Find the latest row of the circumstance."""
        rows = AuthorityRule.objects.for_user(self.request.user, self.permission)
        self.row = get_or_404(rows.order_by("-period"), circumstance=self.kwargs["circumstance"])

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.row, name) for name in OF_RULE} | {"ranks": ", ".join(self.row.ranks)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in which circumstance."""
        return super().get_context_data(intro=self.row.circumstance_words, **kwargs)

    def perform(self, **data: Any) -> AuthorityRule:
        """Change it."""
        return services.change_authority_rule(actor=self.request.user, rule=self.row, **data)


class ChangeMediaLine(PracticeEdge):
    """A message for the media."""

    form_class = MediaLineForm
    title = _("Change a message for the media")

    def load(self) -> None:
        """Find the latest row of the message."""
        rows = MediaLine.objects.for_user(self.request.user, self.permission)
        self.row = get_or_404(rows.order_by("-period"), code=self.kwargs["code"])

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"words": self.row.words}

    def perform(self, **data: Any) -> MediaLine:
        """Change it."""
        return services.change_media_line(actor=self.request.user, line=self.row, **data)
