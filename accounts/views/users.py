"""Administration of people: list, make, change, close, help with sign-in."""
from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms import FindUserForm, NewUserForm, UserFilterForm, UserForm
from accounts.models import User
from accounts.permissions import Perm
from accounts.querysets import UserQuerySet
from accounts.services.passwords import is_locked_out, set_temporary_password, unlock_user
from accounts.services.people import change_user, create_user, deactivate_user, reactivate_user
from accounts.services.second_factor import reset_second_factor
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, FormEdge, ListEdge, get_or_404
from ui.languages import render

DETAILS = ("first_name", "last_name", "rank", "collar_number", "phone", "unit", "trained_until", "vetted_until")


class UserList(ListEdge):
    """Accounts of the administrator's organisation. Unit and role may stand in the address; names are sent by POST."""

    permission = Perm.MANAGE_USERS
    template_name = "accounts/user_list.html"
    context_name = "users"

    def rows(self) -> UserQuerySet:
        """Return the accounts that fit what was asked, newest first."""
        rows = User.objects.for_user(self.request.user).select_related("unit").prefetch_related("groups").order_by("-pk")
        if self.find_form.is_valid():
            return rows.filter(named(self.find_form.cleaned_data["text"]))
        wanted = self.filter_form.cleaned_data if self.filter_form.is_valid() else {}
        rows = rows.filter(unit=wanted["unit"]) if wanted.get("unit") else rows
        return rows.filter(groups__name=wanted["role"]) if wanted.get("role") else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the list under its two forms."""
        self.find_form = FindUserForm(self.request.POST if self.request.method == "POST" else None)
        self.filter_form = UserFilterForm(self.request.GET or None, actor=self.request.user)
        context = super().get_context_data(form=self.find_form, filter_form=self.filter_form, **kwargs)
        return context | {"next_url": self.next_url(context["next_before"]), "is_found": self.find_form.is_valid()}

    def next_url(self, before: int | None) -> str:
        """Return the address of the next page; a search by name shows one page only."""
        if before is None or self.request.method == "POST":
            return ""
        query = self.request.GET.copy()
        query["before"] = str(before)
        return f"?{query.urlencode()}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find by name."""
        return self.get(request, *args, **kwargs)


def named(text: str) -> Q:
    """Return the condition that each word occurs in a name, the username or the collar number."""
    condition = Q()
    for word in text.split():
        parts = (Q(**{f"{field}__icontains": word}) for field in ("first_name", "last_name", "username", "collar_number"))
        condition &= next(parts) | next(parts) | next(parts) | next(parts)
    return condition


def show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show a temporary password once, in the answer itself: it is kept nowhere."""
    return render(request, "accounts/temporary_password.html", {"person": user, "password": password})


class NewUser(FormEdge):
    """Make an account."""

    permission = Perm.MANAGE_USERS
    form_class = NewUserForm
    title = _("Add a user")
    button = _("Add user")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units and roles of the administrator's organisation."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the list."""
        return super().get_context_data(back_url=self.get_success_url(), caption=self.request.user.organisation.name, **kwargs)

    def perform(self, **data: Any) -> tuple[User, str]:
        """Make it."""
        return create_user(actor=self.request.user, **data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the temporary password once."""
        response = super().post(request, *args, **kwargs)
        return show_password(request, *self.result) if hasattr(self, "result") else response

    def get_success_url(self) -> str:
        """Go back to the list."""
        return reverse("accounts:user-list")


class ChangeUser(FormEdge):
    """Somebody's account: details, roles, dates, and the buttons that help with sign-in."""

    permission = Perm.MANAGE_USERS
    form_class = UserForm
    template_name = "accounts/user.html"
    title = _("Change an account")
    done_message = _("The account was changed. It counts from the person's next click.")

    def load(self) -> None:
        """Fetch the account."""
        rows = User.objects.for_user(self.request.user).select_related("unit", "organisation")
        self.person = get_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and record that it was read."""
        response = super().get(request, *args, **kwargs)
        record_read(Verb.VIEWED, self.person, page=type(self).__name__)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units and roles of the administrator's organisation."""
        return {"actor": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.person, name) for name in DETAILS} | {"roles": [role.value for role in self.person.roles]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state of the account."""
        state = {"person": self.person, "is_self": self.person == self.request.user, "is_locked": is_locked_out(self.person)}
        return super().get_context_data(back_url=reverse("accounts:user-list"), caption=self.person.username, **state, **kwargs)

    def perform(self, **data: Any) -> None:
        """Change it."""
        change_user(actor=self.request.user, user=self.person, **data)

    def get_success_url(self) -> str:
        """Stay on the account."""
        return reverse("accounts:user", args=[self.person.pk])


class UserAct(ActEdge):
    """A button on somebody's account."""

    permission = Perm.MANAGE_USERS

    @property
    def person(self) -> User:
        """The account, if the administrator may see it."""
        return get_or_404(User.objects.for_user(self.request.user), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        """Stay on the account."""
        return reverse("accounts:user", args=[self.kwargs["pk"]])


class Deactivate(UserAct):
    """Close an account."""

    done_message = _("The account was deactivated and the person signed out.")

    def perform(self) -> None:
        """Close it."""
        deactivate_user(actor=self.request.user, user=self.person)


class Reactivate(UserAct):
    """Open a closed account."""

    done_message = _("The account was opened again.")

    def perform(self) -> None:
        """Open it."""
        reactivate_user(actor=self.request.user, user=self.person)


class Unlock(UserAct):
    """Open an account that wrong passwords have shut."""

    done_message = _("The account was unlocked.")

    def perform(self) -> None:
        """Unlock it."""
        unlock_user(actor=self.request.user, user=self.person)


class ResetSecondFactor(UserAct):
    """Let somebody connect a new authenticator app."""

    done_message = _("The second factor was reset. The person sets up a new one at the next sign-in.")

    def perform(self) -> None:
        """Forget the old one."""
        reset_second_factor(actor=self.request.user, user=self.person)


class TemporaryPassword(UserAct):
    """Give somebody a password for one sign-in."""

    def perform(self) -> None:
        """Set it."""
        person = self.person
        self.result = (person, set_temporary_password(actor=self.request.user, user=person))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it once."""
        response = super().post(request, *args, **kwargs)
        return show_password(request, *self.result) if hasattr(self, "result") else response
