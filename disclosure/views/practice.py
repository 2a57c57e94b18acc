"""Pages of what disclosure goes by: everybody who works with dated data reads them, a force's administrators change it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.views import PageEdge, get_or_404
from disclosure.forms.practice import GroundForm, SmallNumberForm, TextForm
from disclosure.models import Ground, SmallNumber, StandardText
from disclosure.services import practice as services
from intelligence.forms.flag_kinds import FromDayForm
from intelligence.views.flag_kinds import DatedEdge

OF_GROUND = ("name", "section", "explains", "told_as", "name_welsh", "section_welsh", "told_as_welsh", "needs_test", "source")


class Practice(PageEdge):
    """Grounds for holding back by law, standard words, and the smallest number that leaves; with their past."""

    permission = Perm.VIEW_RULES
    template_name = "disclosure/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them, and whether the user may change them."""
        user = self.request.user
        return super().get_context_data(
            grounds=Ground.objects.for_user(user).order_by("law", "name", "-period"),
            texts=StandardText.objects.for_user(user).order_by("name", "-period"),
            numbers=SmallNumber.objects.for_user(user).order_by("-period"),
            may_change=may(user, Perm.CHANGE_RULES) and user.organisation.is_force,
            today=localdate(),
            **kwargs,
        )


class PracticeEdge(DatedEdge):
    """A form about a row of dated data, found by its key."""

    button = _("Save the change")
    done_message = _("The change is saved. It counts from its first day.")
    back = "disclosure:practice"
    model: ClassVar[type[Ground | SmallNumber | StandardText]]

    def load(self) -> None:
        """Find it."""
        self.row: Any = get_or_404(self.model.objects.for_user(self.request.user, self.permission), pk=self.kwargs["key"])


class EndEdge(PracticeEdge):
    """Ends a row from a day on."""

    form_class = FromDayForm
    button = _("End it")
    done_message = _("It is not used from that day on. What went before stays as it was.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=self.row.name, danger=True, **kwargs)


class ChangeGround(PracticeEdge):
    """A ground worded anew."""

    model = Ground
    form_class = GroundForm
    title = _("Change a ground for holding back")

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {name: getattr(self.row, name) for name in OF_GROUND}

    def perform(self, **data: Any) -> Ground:
        """Change it."""
        return services.change_ground(actor=self.request.user, ground=self.row, **data)


class EndGround(EndEdge):
    """A ground that is offered no longer."""

    model = Ground
    title = _("End a ground for holding back")

    def perform(self, **data: Any) -> Ground:
        """End it."""
        return services.end_ground(actor=self.request.user, ground=self.row, **data)


class ChangeText(PracticeEdge):
    """Standard words, written anew."""

    model = StandardText
    form_class = TextForm
    title = _("Change standard words")

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"name": self.row.name, "words": self.row.text, "source": self.row.source}

    def perform(self, **data: Any) -> StandardText:
        """Change them."""
        return services.change_text(actor=self.request.user, text=self.row, **data)


class EndText(EndEdge):
    """Standard words that are used no longer."""

    model = StandardText
    title = _("End standard words")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows."""
        intro = format_lazy("{}. {}", self.row.name, _("What needs these words cannot be sent from that day on."))
        return super().get_context_data(**kwargs) | {"intro": intro}

    def perform(self, **data: Any) -> StandardText:
        """End them."""
        return services.end_text(actor=self.request.user, text=self.row, **data)


class ChangeSmallNumber(PracticeEdge):
    """The smallest number that leaves."""

    model = SmallNumber
    form_class = SmallNumberForm
    title = _("Smallest number that leaves")

    def get_initial(self) -> dict[str, Any]:
        """Show what holds."""
        return {"least": self.row.least, "source": self.row.source}

    def perform(self, **data: Any) -> SmallNumber:
        """Change it."""
        return services.change_small_number(actor=self.request.user, number=self.row, **data)
