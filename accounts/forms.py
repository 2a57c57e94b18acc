"""Forms about people: signing in, accounts, units, agencies, delegations."""
from __future__ import annotations

from re import fullmatch
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import ApiScope, DelegatedAuthority, OrganisationKind, Role
from accounts.errors import DomainError
from accounts.models import Organisation, Unit, User
from accounts.rules import read_networks, roles_open_to
from accounts.sessions import rotate_session
from ui.fields import DateField
from ui.forms import WordedErrors

if TYPE_CHECKING:
    from django.http import HttpRequest

AGENCY_KINDS = [(value, label) for value, label in OrganisationKind.choices if value != OrganisationKind.FORCE]
PHONE_HINT = _("For example 01632 960 001")


class PlainForm(WordedErrors, forms.Form):
    """A form whose labels end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)


class UsernameField(forms.CharField):
    """A username; written large or small it is the same one."""

    def to_python(self, value: Any) -> str:
        """Return it in small letters."""
        return super().to_python(value).lower()


class CodeField(forms.CharField):
    """A code of the authenticator app or a recovery code; spaces and dashes are for reading only."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "govuk-input--width-10"})

    def to_python(self, value: Any) -> str:
        """Return it without spaces and dashes, in small letters."""
        return super().to_python(value).replace(" ", "").replace("-", "").lower()


class SignInForm(PlainForm):
    """Username and password; both may be pasted or filled by a password manager."""

    username = UsernameField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
    )
    password = forms.CharField(strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class CodeForm(PlainForm):
    """The second factor."""

    code = CodeField(max_length=30, help_text=_("6 numbers from your authenticator app, or a recovery code"))


class SetUpForm(PlainForm):
    """The first code of a new authenticator."""

    code = CodeField(max_length=30, label=_("Code from the app"), help_text=_("6 numbers, new every 30 seconds"))


class CurrentPasswordForm(PlainForm):
    """Ask again for the password before something that a stranger at an open screen must not do."""

    current = forms.CharField(
        label=_("Your password"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_current(self) -> str:
        """Check it as a sign-in is checked, so that wrong ones count towards the lock-out; the session gets a new key, as at one."""
        if authenticate(self.request, username=self.request.user.username, password=self.cleaned_data["current"]) is None:
            raise ValidationError(gettext("That is not your present password. Type it again."))
        rotate_session(self.request)
        return self.cleaned_data["current"]


class ProofForm(CurrentPasswordForm):
    """Ask for everything that a sign-in asks, before what one signs in with is changed; the service checks the code."""

    code = CodeField(max_length=30, help_text=_("6 numbers from your authenticator app, or a recovery code"))

    def __init__(self, *args: Any, **kwargs: Any):
        """Ask no code where there is none, and none of somebody on the way in, who gave one a moment ago."""
        super().__init__(*args, **kwargs)
        if not settings.SECOND_FACTOR or self.request.user.must_change_password:
            del self.fields["code"]


class PasswordForm(ProofForm):
    """Change one's password."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 12 characters. Three random words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_new(self) -> str:
        """Hold it against the rules for passwords."""
        new = self.cleaned_data["new"]
        validate_password(new, self.request.user)
        if new == self.data.get("current"):
            raise ValidationError(gettext("New password must differ from the present one."))
        return new


class UserForm(PlainForm):
    """Somebody's account."""

    first_name = forms.CharField(max_length=150, required=False)
    last_name = forms.CharField(max_length=150)
    rank = forms.CharField(label=_("Rank or title"), max_length=30, required=False)
    collar_number = forms.CharField(max_length=20, required=False)
    phone = forms.CharField(max_length=30, required=False, help_text=PHONE_HINT)
    unit = forms.ModelChoiceField(Unit.objects.none(), required=False, empty_label=_("No unit"))
    roles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Rights of several roles add up."))
    trained_until = DateField(
        label=_("Training counts until"), required=False, help_text=_("Last day. Case files stay closed without training and vetting.")
    )
    vetted_until = DateField(label=_("Vetting counts until"), required=False, help_text=_("Last day."))

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.for_user(actor)
        open_roles = roles_open_to(actor.organisation.kind)
        self.fields["roles"].choices = [(role.value, role.label) for role in Role if role in open_roles]


class NewUserForm(UserForm):
    """An account that does not exist yet."""

    username = UsernameField(
        max_length=30,
        help_text=_("Small letters, numbers, dots, dashes and underscores. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("username",)

    def clean_username(self) -> str:
        """Refuse what cannot be typed on every keyboard."""
        username = self.cleaned_data["username"]
        if not fullmatch(r"[a-z0-9._-]+", username):
            raise ValidationError(gettext("Username must have only small letters a to z, numbers, dots, dashes and underscores."))
        return username


class FindUserForm(PlainForm):
    """Find an account by a name, username or collar number; sent by POST because names stay out of addresses."""

    text = forms.CharField(label=_("Name, username or collar number"), max_length=100)


class UserFilterForm(PlainForm):
    """Narrow the list of accounts."""

    unit = forms.ModelChoiceField(Unit.objects.none(), required=False, empty_label=_("Every unit"))
    role = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.for_user(actor)
        self.fields["role"].choices = [("", _("Every role")), *Role.choices]


class UnitForm(PlainForm):
    """A unit of one's own organisation."""

    name = forms.CharField(max_length=100)
    phone = forms.CharField(max_length=30, required=False, help_text=PHONE_HINT)
    on_call = forms.CharField(
        label=_("On call"), max_length=100, required=False, help_text=_("Who answers out of hours, and on which number.")
    )


class OrganisationForm(PlainForm):
    """How an organisation is reached."""

    name = forms.CharField(max_length=100)
    phone = forms.CharField(max_length=30, required=False, help_text=_("A number that is answered at any hour."))


class AgencyForm(OrganisationForm):
    """An agency that does not exist yet."""

    code = forms.SlugField(
        label=_("Short name"), max_length=20, help_text=_("Used in files and by other systems. It cannot be changed later.")
    )
    kind = forms.ChoiceField(label=_("Kind of agency"), choices=[("", _("Select")), *AGENCY_KINDS])


class ClientForm(CurrentPasswordForm):
    """What a machine client may do, from where and until when."""

    name = forms.CharField(max_length=100, help_text=_("What the program is for, for example: Travel alerts"))
    contact = forms.CharField(
        label=_("Contact at the agency"), max_length=200, help_text=_("Whom to ring when something is wrong, and how.")
    )
    scopes = forms.MultipleChoiceField(label=_("It may"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple)
    any_network = forms.TypedChoiceField(
        label=_("It may call"),
        choices=[("", _("Only from these networks")), ("any", _("From any address"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("From any address only if the agency cannot name its networks."),
    )
    networks = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("One on a line, for example 192.0.2.0/24. Without any, no call is let in yet."),
    )
    ends_on = DateField(label=_("Last day"), help_text=_("At most a year from now. Set a new one before it ends."))
    field_order = ("agency", "name", "contact", "scopes", "any_network", "networks", "ends_on", "current")

    def clean_networks(self) -> list[str]:
        """Read the lines."""
        try:
            return read_networks(self.cleaned_data["networks"])
        except DomainError as error:
            raise ValidationError(str(error)) from error


class NewClientForm(ClientForm):
    """A machine client that does not exist yet."""

    agency = forms.ModelChoiceField(Organisation.objects.none(), empty_label=_("Select"))

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, request=request, **kwargs)
        own = request.user.organisation_id
        self.fields["agency"].queryset = Organisation.objects.for_user(request.user).filter(is_active=True).exclude(pk=own)


class NewSecretForm(CurrentPasswordForm):
    """A new secret for a machine client."""

    days = forms.IntegerField(
        label=_("Days for which the old secret still works"),
        min_value=0,
        max_value=365,
        initial=7,
        help_text=_("0 if somebody else may know it: the old secret and its tokens end at once. At most 30."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    field_order = ("days", "current")


class DelegationForm(PlainForm):
    """Lend authority."""

    authority = forms.ChoiceField(label=_("Authority to lend"), choices=DelegatedAuthority.choices, widget=forms.RadioSelect)
    delegate = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), empty_label=_("Select"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        empty_label=_("The whole force"),
        help_text=_("Leave as it is unless it concerns one unit only."),
    )
    first_day = DateField(help_text=_("Today or later"))
    last_day = DateField(help_text=_("It lapses by itself after this day."))
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Why this officer, and why now"))

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = User.objects.colleagues_of(actor).exclude(pk=actor.pk)
        self.fields["delegate"].label_from_instance = lambda user: user.display_name
        self.fields["unit"].queryset = actor.organisation.units.all()
