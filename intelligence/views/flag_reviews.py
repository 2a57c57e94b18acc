"""Pages of reviews of flags: which wait, one record's flags card by card, keeping those that are alike, the history of one flag."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, PageEdge, get_or_404
from intelligence.choices.flags import Verdict
from intelligence.forms.flag_reviews import CHANGEABLE, AlikeForm, NoFlagForm, VerdictForm
from intelligence.models import FlagReview, FlagSetting, FlagVerdict
from intelligence.reports.flag_history import reasons_of, reviews_of, versions_of
from intelligence.reports.flag_reviews import (
    Activity,
    activity_of,
    alike_for,
    count_late,
    numbers_kept,
    own_alike,
    reviews_for,
    why_due,
)
from intelligence.reports.flags import event_names, units_to_tell
from intelligence.services.flag_verdicts import Answer, AnswerRefused, answer_flags, keep_alike, sign_off_review
from offenders.views.base import NominalPage
from ui.languages import in_reader_words

SHOWN = 200
LIST = "intelligence:flag-reviews"


class ReviewList(PageEdge):
    """The reviews that wait for this supervisor, the longest due first, and flags that can be kept together."""

    permission = Perm.VERIFY_FLAGS
    template_name = "intelligence/flag_reviews/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user, today = self.request.user, localdate()
        names, reviews = event_names(today), list(reviews_for(user, today)[:SHOWN])
        record_read(Verb.LISTED, page="ReviewList", rows="intelligence.flagreview", ids=[review.pk for review in reviews])
        waiting, late = count_late(user, now())
        groups = [(names.get(group[0][0].kind, ""), group[0][0], len(group)) for group in alike_for(user)]
        rows = [(review, [(names.get(flag.kind, ""), why_due(flag)) for flag in review.nominal.flags_due]) for review in reviews]
        return super().get_context_data(rows=rows, waiting=waiting, late=late, groups=groups, **kwargs)


class KeepAlike(FormEdge):
    """Keep flags that say the same on several records; each of them is shown and can be left out."""

    permission = Perm.VERIFY_FLAGS
    form_class = AlikeForm
    template_name = "intelligence/flag_reviews/alike.html"
    title = _("Keep flags that are alike")
    button = _("Keep those that are ticked")

    def load(self) -> None:
        """Find the group that the flag of the address belongs to, and flags like it that somebody else must judge."""
        groups = alike_for(self.request.user)
        found = [group for group in groups if str(group[0][0].public_id) == str(self.kwargs["public_id"])]
        self.group = found[0] if found else []
        get_or_404(FlagSetting.objects.for_user(self.request.user, Perm.VERIFY_FLAGS), public_id=self.kwargs["public_id"])
        self.own = list(own_alike(self.request.user, self.group[0][0])) if self.group else []
        shown = [flag.pk for flag in [*(flag for flag, _ in self.group), *self.own]]
        record_read(Verb.LISTED, page=type(self).__name__, rows="intelligence.flagsetting", ids=shown)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the flags of the group."""
        keys = [flag.pk for flag, _ in self.group]
        rows = FlagSetting.objects.for_user(self.request.user, Perm.VERIFY_FLAGS).filter(pk__in=keys)
        return {"flags": rows.select_related("nominal", "set_by").order_by("nominal__reference")}

    def perform(self, flags: Any, reason: str) -> tuple[int, int]:
        """Keep them."""
        kept, ended = keep_alike(actor=self.request.user, settings=flags, reason=reason)
        said = format_lazy(_("{kept} flags are kept; {ended} reviews are signed off with them."), kept=kept, ended=ended)
        messages.success(self.request, said)
        return kept, ended

    def get_success_url(self) -> str:
        """Return to the list."""
        return reverse(LIST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the flags have in common, and what each did."""
        names = event_names(localdate())
        kinds = {names.get(flag.kind, flag.kind) for flag, _ in self.group}
        return super().get_context_data(group=self.group, own=self.own, kind=", ".join(kinds), cancel_url=reverse(LIST), **kwargs)


class Card(NamedTuple):
    """One flag at its review."""

    name: str
    flag: FlagSetting
    did: Activity
    verdict: FlagVerdict | None
    form: VerdictForm
    is_own: bool
    why_due: str


class ReviewPage(NominalPage):
    """The flags of one record, a card for each: what it did, who set it, and what should become of it."""

    permission = Perm.VERIFY_FLAGS
    template_name = "intelligence/flag_reviews/review.html"
    no_flag: NoFlagForm | None = None
    errors: list[str]
    status = 200

    def load(self) -> None:
        """Find the open review and the live flags."""
        user = self.request.user
        rows = FlagReview.objects.for_user(user, self.permission).waiting().filter(nominal=self.nominal)
        self.review = get_or_404(rows.select_related("action"))
        flags = FlagSetting.objects.for_user(user, self.permission).live().filter(nominal=self.nominal)
        self.flags = list(flags.select_related("user", "unit", "agency", "set_by", "verified_by"))
        self.verdicts = {row.setting_id: row for row in self.review.verdicts.select_related("by")}
        self.units, self.numbers = list(units_to_tell(self.nominal)), numbers_kept(self.verdicts.values())
        self.errors = []

    def form_of(self, flag: FlagSetting, data: Any = None) -> VerdictForm:
        """Return the card's form, with what was answered before."""
        said = self.verdicts.get(flag.pk)
        said = said if said and said.version == flag.version else None
        whom = {"user": flag.user_id, "role": flag.role, "unit": flag.unit_id}
        stands = {name: getattr(flag, name) for name in CHANGEABLE} | whom | (said.changes if said else {})
        stands["user"] = self.numbers.get(stands["user"]) or (flag.user.collar_number if flag.user else "")
        answered = {"verdict": said.verdict, "reason": said.reason} if said else {}
        initial = {**stands, **answered, "version": flag.version}
        return VerdictForm(data, setting=flag, units=self.units, actor=self.request.user, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show every card."""
        self.load()
        self.forms = {flag.pk: self.form_of(flag) for flag in self.flags}
        self.no_flag = NoFlagForm()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was answered; with the button to sign off, also sign off."""
        self.load()
        mine = [flag for flag in self.flags if flag.set_by_id == request.user.pk]
        self.forms = {flag.pk: self.form_of(flag, None if flag in mine else request.POST) for flag in self.flags}
        self.no_flag = NoFlagForm(request.POST if not self.flags else None)
        bound = [form for form in self.forms.values() if form.is_bound]
        valid = [form.is_valid() for form in bound]  # each of them, so that every mistake is told at once
        if not all(valid):
            return self.show_again(422)
        try:
            self.keep(bound)
            if "sign_off" in request.POST:
                return self.sign_off()
        except AnswerRefused as error:
            form = self.forms[error.setting]
            form.add_error(error.field if error.field in form.fields else "verdict", in_reader_words(self.request, error))
            return self.show_again(409)
        except DomainError as error:
            self.errors.append(in_reader_words(self.request, error))
            return self.show_again(409)
        messages.success(request, _("Your answers are kept. They take effect when you sign the review off."))
        return redirect("intelligence:flag-review", self.nominal.reference)

    def keep(self, bound: list[VerdictForm]) -> None:
        """Hand the answers that were given to the service."""
        answers = [
            Answer(form.setting, data["version"], Verdict(data["verdict"]), data["reason"], form.changes(data))
            for form in bound
            if (data := form.cleaned_data)["verdict"]
        ]
        answer_flags(actor=self.request.user, review=self.review, answers=answers)

    def sign_off(self) -> HttpResponse:
        """Sign off, or say at each card what is missing."""
        unanswered = [form for form in self.forms.values() if form.is_bound and not form.cleaned_data["verdict"]]
        for form in unanswered:
            form.add_error("verdict", _("Select what should become of it"))
        if unanswered or (not self.flags and not self.no_flag.is_valid()):
            return self.show_again(422)
        reason = self.no_flag.cleaned_data["reason"] if not self.flags else ""
        sign_off_review(actor=self.request.user, review=self.review, reason=reason)
        messages.success(self.request, _("The review is signed off."))
        return redirect(LIST)

    def show_again(self, status: int) -> HttpResponse:
        """Show the page with what was typed."""
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cards, and who else could look at one's own flags."""
        cards = self.cards()
        own = any(card.is_own for card in cards)
        return super().get_context_data(
            review=self.review, cards=cards, no_flag=self.no_flag, errors=self.errors, has_own=own,
            others=self.others() if own else [], summary=[form for form in self.forms.values() if form.is_bound and form.errors], **kwargs,
        )  # fmt: skip

    def cards(self) -> list[Card]:
        """Return one card for each flag."""
        today, did, me = localdate(), activity_of(self.flags), self.request.user.pk
        names = event_names(today)
        return [
            Card(
                names.get(flag.kind, flag.kind), flag, did[flag.pk], self.verdicts.get(flag.pk), self.forms[flag.pk],
                is_own=flag.set_by_id == me, why_due=why_due(flag) if flag.review_due_on <= today else "",
            )
            for flag in self.flags
        ]  # fmt: skip

    def others(self) -> list[str]:
        """Name the other supervisors of the unit."""
        people = User.objects.colleagues_of(self.request.user).filter(unit=self.nominal.unit, groups__name="supervisor", is_active=True)
        return [person.display_name for person in people.exclude(pk=self.request.user.pk)]


class PastReviews(NominalPage):
    """The reviews of a record's flags that were signed off: when, by whom, and what was said of each flag."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/flag_reviews/past.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        names = event_names(localdate())
        reviews = [
            (review, [(names.get(each.kind, each.kind), each) for each in said])
            for review, said in reviews_of(self.request.user, self.nominal)
        ]
        return super().get_context_data(reviews=reviews, reasons=reasons_of(self.request.user, self.nominal), **kwargs)


class FlagHistory(NominalPage):
    """Every version of one flag, with who set it and why, and what each review said."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/flag_reviews/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        rows = FlagSetting.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related("user", "unit", "agency")
        flag = get_or_404(rows, public_id=self.kwargs["public_id"])
        signed = flag.verdicts.filter(review__state="signed_off").select_related("by", "review").order_by("-pk")
        name = event_names(localdate()).get(flag.kind, flag.kind)
        return super().get_context_data(flag=flag, name=name, versions=versions_of(flag), verdicts=signed, **kwargs)
