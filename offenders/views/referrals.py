"""Pages of MAPPA referral, screening and exit."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.views import get_or_404
from offenders.forms.meetings import ExitForm, ReferralForm, ScreeningForm
from offenders.models import MappaPeriod, Referral
from offenders.rules.meetings import basis_words
from offenders.services.operational import set_mappa
from offenders.services.referrals import refer_nominal, screen_referral
from offenders.views.meetings import ToList
from offenders.views.operational import ChangeMappa


class ReferNominal(ToList):
    """Refer the person to MAPPA."""

    form_class = ReferralForm
    title = _("Refer to MAPPA")
    button = _("Refer")
    done_message = _("The referral waits for screening by somebody else. The coordinator has been asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the agencies that the user may know of."""
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Most referrals come from one's own force."""
        return {"agency": self.request.user.organisation_id}

    def perform(self, **data: Any) -> Referral:
        """Refer."""
        return refer_nominal(actor=self.request.user, nominal=self.nominal, **data)


class ScreenReferral(ToList):
    """Decide a referral."""

    form_class = ScreeningForm
    title = _("Screen this referral")
    button = _("Record the decision")
    done_message = _("The decision is recorded. Whoever referred has been told.")

    def load(self) -> None:
        """Find the referral."""
        rows = Referral.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal)
        self.referral = get_or_404(rows.select_related("agency", "referred_by", "nominal"), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Begin with what was asked for, from today."""
        return {"level": self.referral.level, "starts_on": localdate()}

    def perform(self, **data: Any) -> Referral:
        """Decide."""
        return screen_referral(actor=self.request.user, referral=self.referral, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was asked for."""
        asked = self.referral
        intro = format_lazy(
            _("{agency} asks for level {level}: {basis}. {reason}"),
            agency=asked.agency,
            level=asked.level,
            basis=basis_words(asked.basis),
            reason=asked.reason,
        )
        return super().get_context_data(intro=intro, **kwargs)


class ExitMappa(ChangeMappa):
    """End management under MAPPA: by the lead agency at level 1, by a meeting at level 2 or 3."""

    permission = Perm.CHANGE_RECORD
    form_class = ExitForm
    title = _("End management under MAPPA")
    button = _("End")
    done_message = _("The person is no longer under MAPPA. The earlier category and level stay in the history.")
    back = "offenders:meeting-list"

    def perform(self, **data: Any) -> MappaPeriod:
        """End it."""
        return set_mappa(actor=self.request.user, nominal=self.nominal, category=None, level=None, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who decides."""
        intro = _(
            "At level 1 the lead agency decides. Off level 2 or 3 only a meeting moves somebody: record that decision in its minutes."
        )
        return super().get_context_data(intro=intro, **kwargs)
