"""Pages of the decision about an application: representations, the presumption, the proposal, who decides, the force's authority."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import PageEdge
from disclosure.choices.applications import Scheme
from disclosure.choices.outcomes import PresumptionTest
from disclosure.forms.outcomes import AnewForm, DecideForm, ProposeForm, RepresentationsForm
from disclosure.models import Application
from disclosure.reports.outcomes import (
    asked_words,
    checks_of,
    findings_on_record,
    history_of_decisions,
    live_release,
    marker_of,
    reads_record,
    representations_of,
    waiting_for_sharing,
)
from disclosure.rules.applications import READY, State, lacking
from disclosure.rules.outcomes import Finding, finding_of, grounds_for, presumption_of
from disclosure.services.outcomes import decide, decide_anew, propose, record_representations
from disclosure.services.outcomes_sharing import ask_managers, start_telling_decision
from disclosure.views.outcomes_base import ApplicationAct, ApplicationForm, OneApplication
from offenders.views.base import NominalAct, NominalPage
from sharing.choices.decisions import RecipientKind
from sharing.models import SharingDecision
from sharing.reports.authority import who_decides_about

PROPOSABLE = {State.FULL_CHECKS, State.DECISION}


def presumed(findings: list[Finding]) -> dict[str, Any]:
    """Return the facts of the presumption and what follows, for a page."""
    return {"findings": findings, "presumption": presumption_of(findings) if findings else None}


class DecisionPage(OneApplication, PageEdge):
    """What is proposed and decided, what it rests on, and about a record where the force's authority stands."""

    permission = Perm.VIEW_APPLICATION
    template_name = "disclosure/outcomes/decision.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was said and decided."""
        application = self.find()
        with row_security(self.request.user):
            heard, past = representations_of(application), history_of_decisions(application)
        stored = [finding_of(each) for each in self.decision.tests.get("findings", [])] if self.decision else []
        shown = self.shown(application)
        may_propose = shown["may_work"] and application.state in PROPOSABLE
        return super().get_context_data(
            heard=heard,
            heard_words=asked_words(heard),
            past=[each for each in past if each.lapsed_at],
            may_propose=may_propose,
            lacks=lacking(READY, self.facts) if may_propose else [],
            may_rule=shown["may_decide"] and application.state == State.DECISION and self.waits_for_me(),
            **presumed(stored),
            **self.authority(application),
            **shown,
            **kwargs,
        )

    def waits_for_me(self) -> bool:
        """Whether something waits for a decision that the user did not propose."""
        return self.decision is not None and self.decision.agreed is None and self.decision.proposed_by_id != self.request.user.pk

    def authority(self, application: Application) -> dict[str, Any]:
        """Return, about a person on record once it is decided to disclose, who holds the authority and where its decision stands."""
        user, nominal = self.request.user, application.nominal
        if nominal is None or self.decision is None or self.decision.verdict != "disclose" or application.state != State.DECIDED:
            return {}
        sharing = self.decision.sharing
        return {
            "needs_authority": True,
            "who": who_decides_about(nominal, RecipientKind.PERSON),
            "sharing": sharing,
            "may_open_sharing": sharing is not None and SharingDecision.objects.for_user(user).filter(pk=sharing.pk).exists(),
            "may_write": may(user, Perm.DECIDE_SHARING, nominal),
            "release": live_release(sharing),
            "marker": marker_of(application),
        }


class WriteRepresentations(ApplicationForm):
    """Whether the person asked about was asked, and what they said."""

    form_class = RepresentationsForm
    title = _("Representations")
    done_message = _("Recorded.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored, but for the choice."""
        with row_security(self.request.user):
            heard = representations_of(self.application)
        stored = {name: getattr(heard, name) for name in ("asked_on", "why_not", "said", "considered")} if heard else {}
        return super().get_initial() | stored

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it changes."""
        intro = _("What was proposed lapses when this is changed. Nobody is asked if asking would raise the risk or warn them.")
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, **data: Any) -> Any:
        """Store it."""
        return record_representations(**self.asked(**data))


class Propose(ApplicationForm):
    """What is proposed, with the two tests of the child scheme as a rule with its facts."""

    form_class = ProposeForm
    template_name = "disclosure/outcomes/propose.html"
    title = _("Propose a decision")
    button = _("Send it to whoever decides")
    done_message = _("Sent. A supervisor who did not write it decides.")

    def load(self) -> None:
        """Read the facts of the presumption, from the record where the user reads it."""
        super().load()
        user, application = self.request.user, self.application
        self.findings = []
        self.reads_record = application.scheme == Scheme.CHILD and reads_record(user, application)
        if self.reads_record and application.nominal:
            self.findings = findings_on_record(user, application.nominal, localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the grounds; without the record ask what the checks say, and offer each ground, which is looked at when it is sent."""
        if self.application.scheme != Scheme.CHILD or self.reads_record:
            return {"grounds": grounds_for(self.application.scheme, presumption_of(self.findings))}
        everything = presumption_of([Finding(test, "", localdate(), "", is_met=True) for test in PresumptionTest])
        return {"grounds": grounds_for(Scheme.CHILD, everything), "checks": checks_of(self.application)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rule."""
        return super().get_context_data(**{**presumed(self.findings), "is_child": self.application.scheme == Scheme.CHILD, **kwargs})

    def perform(self, **data: Any) -> Any:
        """Send it."""
        return propose(**self.asked(**data))


class Decide(ApplicationForm):
    """What a supervisor says to what somebody else proposed."""

    permission = Perm.DECIDE_APPLICATION
    form_class = DecideForm
    template_name = "disclosure/outcomes/decide.html"
    title = _("Decide")
    done_message = _("Decided. Whoever proposed it was told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is decided about, and what it rests on."""
        stored = [finding_of(each) for each in self.decision.tests.get("findings", [])] if self.decision else []
        with row_security(self.request.user):
            heard = representations_of(self.application)
        return super().get_context_data(**{**presumed(stored), "heard": heard, "heard_words": asked_words(heard), **kwargs})

    def perform(self, **data: Any) -> Any:
        """Decide."""
        return decide(**self.asked(**data))


class DecideAnew(ApplicationForm):
    """Takes back what was decided, before anybody was told."""

    form_class = AnewForm
    title = _("Decide anew")
    button = _("Take the decision back")
    done_message = _("Taken back. It must be proposed again.")

    def perform(self, **data: Any) -> Any:
        """Take it back."""
        return decide_anew(**self.asked(**data))


class AskManagers(ApplicationAct):
    """Asks whoever manages the record for the decision to tell somebody."""

    done_message = _("Asked. They read the reference of this application, and nothing else of it.")

    def perform(self) -> Any:
        """Ask."""
        return ask_managers(**self.asked())


class TellSomebody(NominalPage):
    """For whoever writes decisions to share about a record: which applications need one. It says nothing of who asked."""

    permission = Perm.DECIDE_SHARING
    template_name = "disclosure/outcomes/tell_somebody.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them; the first page of the decision names who decides."""
        return super().get_context_data(waiting=waiting_for_sharing(self.request.user, self.nominal), **kwargs)


class StartTellingDecision(NominalAct):
    """Begins the decision to tell somebody."""

    permission = Perm.DECIDE_SHARING
    begun: SharingDecision | None = None

    def perform(self) -> SharingDecision:
        """Begin it."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__)
        self.begun = start_telling_decision(actor=self.request.user, nominal=self.nominal, reference=self.request.POST.get("reference", ""))
        return self.begun

    def get_success_url(self) -> str:
        """On to its first page; back where it could not be begun."""
        if self.begun is None:
            return reverse("disclosure:tell-somebody", args=[self.nominal.reference])
        return reverse("sharing:decision-page", args=[self.begun.public_id, 1])
