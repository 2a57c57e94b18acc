"""Clock rules and bank holidays: everybody who works with clocks reads them, a force's administrators change them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.choices import Nation
from accounts.permissions import Perm
from actions.forms import HolidayForm, RuleForm, WithdrawForm
from actions.models import BankHoliday, ClockRule
from actions.services.dated import add_holiday, change_rule, confirm_rule, remove_holiday, withdraw_version
from audit.views import ActEdge, FormEdge, PageEdge, get_or_404
from ui.templatetags.ui import uk_date

SHOWN = 400


class RuleList(PageEdge):
    """Every rule as it holds today, with the version that comes next."""

    permission = Perm.VIEW_RULES
    template_name = "actions/rule_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Take the version of today, or the first to come, of each rule."""
        today = localdate()
        versions = ClockRule.objects.for_user(self.request.user).order_by("name", "code", "period")
        rules = []
        for _rule, each in groupby(versions, key=lambda rule: (rule.name, rule.code)):
            known = list(each)
            holds = [rule for rule in known if rule.period.lower <= today]
            rules.append((holds[-1] if holds else known[0], [rule for rule in known if rule.period.lower > today]))
        return super().get_context_data(rules=rules, **kwargs)


class RulePage(PageEdge):
    """All versions of one rule, newest first."""

    permission = Perm.VIEW_RULES
    template_name = "actions/rule.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions."""
        versions = list(ClockRule.objects.for_user(self.request.user).filter(code=self.kwargs["code"]).order_by("-period"))
        if not versions:
            raise Http404
        user, latest = self.request.user, versions[0]
        return super().get_context_data(
            rule=latest,
            versions=versions,
            today=localdate(),
            may_change=may(user, Perm.CHANGE_RULES, latest),
            may_withdraw=len(versions) > 1 and latest.period.lower >= localdate(),
            **kwargs,
        )


class ChangeRule(FormEdge):
    """A new version from a day on."""

    permission = Perm.CHANGE_RULES
    form_class = RuleForm
    title = _("New version of a rule")
    button = _("Set the new version")
    done_message = _("The new version is set. Open clocks under it are reckoned anew, and the owners of those that move are told.")

    def load(self) -> None:
        """Find the latest version."""
        rows = ClockRule.objects.for_user(self.request.user, Perm.CHANGE_RULES).filter(code=self.kwargs["code"])
        self.rule = get_or_404(rows.order_by("-period"))

    def get_initial(self) -> dict[str, Any]:
        """Show what holds, to be changed from."""
        rule = self.rule
        kept = {name: getattr(rule, name) for name in ("quantity", "unit", "warn_days", "asks_why_late", "anew_after", "source")}
        return kept | {"latest": rule.pk, "escalate_days": ", ".join(map(str, rule.escalate_days))}

    def perform(self, latest: int, **data: Any) -> ClockRule:
        """Set it, on the version that the user saw."""
        seen = ClockRule.objects.for_user(self.request.user, Perm.CHANGE_RULES).filter(code=self.rule.code, pk=latest).first()
        return change_rule(actor=self.request.user, rule=seen or self.rule, **data)

    def get_success_url(self) -> str:
        """Return the rule."""
        return reverse("actions:rule", args=[self.rule.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which rule, and lead back to it."""
        url = self.get_success_url()
        return super().get_context_data(caption=self.rule.name, back_url=url, cancel_url=url, **kwargs)


class WithdrawVersion(FormEdge):
    """Take back a version that has not counted before today."""

    permission = Perm.CHANGE_RULES
    form_class = WithdrawForm
    title = _("Withdraw this version")
    button = _("Withdraw")
    done_message = _("The version is withdrawn. The one before it holds again.")

    def load(self) -> None:
        """Find the version."""
        self.rule = get_or_404(ClockRule.objects.for_user(self.request.user, Perm.CHANGE_RULES), public_id=self.kwargs["public_id"])

    def perform(self, reason: str) -> ClockRule:
        """Take it back."""
        return withdraw_version(actor=self.request.user, rule=self.rule, reason=reason)

    def get_success_url(self) -> str:
        """Return the rule."""
        return reverse("actions:rule", args=[self.rule.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which version."""
        url, since = self.get_success_url(), uk_date(self.rule.period.lower)
        length = self.rule.length or _("without end")
        intro = format_lazy(_("The version that counts from {since}: {length}."), since=since, length=length)
        return super().get_context_data(caption=self.rule.name, intro=intro, danger=True, back_url=url, cancel_url=url, **kwargs)


class ConfirmRule(ActEdge):
    """Say that the force works by this version."""

    permission = Perm.CHANGE_RULES
    done_message = _("The rule is confirmed.")

    def perform(self) -> ClockRule:
        """Confirm it."""
        rows = ClockRule.objects.for_user(self.request.user, self.permission)
        self.rule = get_or_404(rows, public_id=self.kwargs["public_id"])
        return confirm_rule(actor=self.request.user, rule=self.rule)

    def get_success_url(self) -> str:
        """Return the rule."""
        return reverse("actions:rule", args=[self.rule.code])


class HolidayList(PageEdge):
    """Bank holidays to come and of the last year, by nation."""

    permission = Perm.VIEW_RULES
    template_name = "actions/holiday_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show one nation; the user's own unless another is chosen."""
        today = localdate()
        asked = self.request.GET.get("nation", "")
        nation = Nation(asked if asked in Nation.values else self.request.user.organisation.nation)
        rows = BankHoliday.objects.for_user(self.request.user).filter(nation=nation, day__gte=date(today.year - 1, 1, 1))
        return super().get_context_data(
            holidays=rows.order_by("day")[:SHOWN],
            nation=nation,
            nations=Nation,
            today=today,
            may_change=BankHoliday.objects.for_user(self.request.user, Perm.CHANGE_RULES).exists(),
            **kwargs,
        )


class HolidayEdge(FormEdge):
    """A form about bank holidays."""

    permission = Perm.CHANGE_RULES

    def get_success_url(self) -> str:
        """Return the list."""
        return reverse("actions:holiday-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the list."""
        return super().get_context_data(**{"back_url": self.get_success_url(), "cancel_url": self.get_success_url(), **kwargs})


class AddHoliday(HolidayEdge):
    """Add a day."""

    form_class = HolidayForm
    title = _("Add a bank holiday")
    button = _("Add the day")
    done_message = _("The day is added. Clocks in working days are reckoned anew, and the owners of those that move are told.")

    def get_initial(self) -> dict[str, Any]:
        """Offer the force's own nation."""
        return {"nation": self.request.user.organisation.nation}

    def perform(self, **data: Any) -> BankHoliday:
        """Add it."""
        return add_holiday(actor=self.request.user, **data)


class RemoveHoliday(HolidayEdge):
    """Remove a day."""

    form_class = WithdrawForm
    title = _("Remove a bank holiday")
    button = _("Remove the day")
    done_message = _("The day counts as a working day. Clocks are reckoned anew, and the owners of those that move are told.")

    def load(self) -> None:
        """Find the day."""
        self.holiday = get_or_404(BankHoliday.objects.for_user(self.request.user, self.permission), pk=self.kwargs["pk"])

    def perform(self, reason: str) -> None:
        """Remove it."""
        remove_holiday(actor=self.request.user, holiday=self.holiday, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which day."""
        intro = f"{self.holiday.name}, {uk_date(self.holiday.day)}, {self.holiday.get_nation_display()}."
        return super().get_context_data(intro=intro, danger=True, **kwargs)
