"""What there is to do: the list, one action, and doing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import may, scopes_of
from accounts.permissions import Perm, Scope
from actions.choices import ActionState
from actions.forms import DONE, LATE, NAME, ROLE, SOON, TODAY, UNIT, ActionFilter, DoneForm
from actions.guards import is_owner
from actions.models import Action
from actions.querysets import ActionQuerySet
from actions.reports import asks_why_late, history_of
from actions.rules import SOON_DAYS, end_of
from actions.services import complete_action
from actions.views.base import ActionEdge, page_of
from audit.choices import Verb
from audit.references import references_of
from audit.services import record_read
from audit.views import Edge

PAGE = 50
LATELY = timedelta(days=28)


class ActionList(Edge, TemplateView):
    """Actions, soonest first, in pages that begin behind the last action of the page before."""

    permission = Perm.VIEW_ACTION
    template_name = "actions/action_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cut one page, say of which record each action is, and record what was listed."""
        user = self.request.user
        self.filter = ActionFilter(self.request.GET)
        page = list(self.behind(self.rows()).select_related("owner", "owner_unit", "unit")[: PAGE + 1])
        shown = page[:PAGE]
        references = references_of(action.nominal for action in shown)
        record_read(Verb.LISTED, page="ActionList", rows="actions.action", ids=[action.pk for action in shown])
        more = self.request.GET.copy()
        more["after"] = str(shown[-1].public_id) if shown else ""
        return super().get_context_data(
            rows=[(action, references.get(action.nominal or 0, "")) for action in shown],
            next_url=f"?{more.urlencode()}" if len(page) > PAGE else "",
            first_url=self.request.path if self.request.GET.get("after") else "",
            filter=self.filter,
            leads=Scope.UNIT in scopes_of(user, Perm.ASSIGN_ACTION),
            **kwargs,
        )

    def rows(self) -> ActionQuerySet:
        """Return the actions that the filter keeps, in their order."""
        chosen = self.filter.cleaned_data if self.filter.is_valid() else {}
        rows = self.of_whom(Action.objects.for_user(self.request.user), chosen.get("whose", ""))
        show, at = chosen.get("show", ""), now()
        if show == DONE:
            return rows.exclude(state=ActionState.OPEN).filter(closed_at__gt=at - LATELY).soonest_first()
        if show in {TODAY, SOON}:
            last = localdate(at) + timedelta(days=SOON_DAYS if show == SOON else 0)
            rows = rows.filter(late_from__gt=at, late_from__lte=end_of(last))
        return (rows.late(at) if show == LATE else rows.waiting()).soonest_first()

    def of_whom(self, rows: ActionQuerySet, whose: str) -> ActionQuerySet:
        """Keep what is for the user in one way or in any, or all that the user's unit answers for."""
        user = self.request.user
        kept = {NAME: Q(owner=user), ROLE: Q(owner_role__in=user.roles), UNIT: Q(unit=user.unit_id) | Q(owner_unit=user.unit_id)}
        return rows.filter(kept[whose]) if whose in kept else rows.for_doing_by(user)

    def behind(self, rows: ActionQuerySet) -> ActionQuerySet:
        """Keep what comes after the last action of the page before; an action that is none begins at the start."""
        after = self.request.GET.get("after", "")
        found = Action.objects.for_user(self.request.user).soonest_first().filter(public_id=after).first() if is_uuid(after) else None
        return rows.filter(Q(sorted_by__gt=found.sorted_by) | Q(sorted_by=found.sorted_by, pk__gt=found.pk)) if found else rows


def is_uuid(text: str) -> bool:
    """Whether a text can be the key of an action."""
    return len(text) == 36 and all(sign in "0123456789abcdef-" for sign in text) and text.count("-") == 4


class ActionPage(ActionEdge):
    """One action: what, by when and why then, who; and the box in which its owner says that it is done."""

    permission = Perm.VIEW_ACTION
    form_class = DoneForm
    template_name = "actions/action.html"
    done_message = _("The action is done.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        response = super().get(request, *args, **kwargs)
        record_read(Verb.VIEWED, self.action, page="ActionPage")
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask why it is late where its rule asks."""
        return {"asks_why": asks_why_late(self.action, now())}

    def perform(self, **data: Any) -> Action:
        """Close it."""
        return complete_action(actor=self.request.user, action=self.action, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reckoning, the history, and what this user may do."""
        user, action = self.request.user, self.action
        context = super().get_context_data(**kwargs)
        is_open = action.state == ActionState.OPEN
        return context | {
            "record_url": page_of(user, action.nominal, context["reference"], action.route),
            "pauses": action.pauses.select_related("set_by"),
            "extensions": action.extensions.select_related("authorised_by"),
            "is_paused": any(pause.until is None for pause in action.pauses.all()),
            "history": history_of(action),
            "may_work": is_open and may(user, Perm.WORK_ACTION, action),
            "may_assign": is_open and may(user, Perm.ASSIGN_ACTION, action),
            "may_give_time": not is_owner(user, action) or (not action.rule_code and action.raised_by_id == user.pk),
        }
