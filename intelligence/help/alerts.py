"""Help for the pages about flags, checks of other systems, and foreign travel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="flags",
        title=_("Flags and events"),
        area=Area.RECORDS,
        pages=(
            "intelligence:flag-list", "intelligence:flag-add", "intelligence:flag-usual", "intelligence:flag-none",
            "intelligence:flag-told", "intelligence:flag-change", "intelligence:flag-end", "intelligence:happening-record",
            "intelligence:event-type*", "intelligence:usual-flag*",
        ),
        purpose=_("A flag says who is told when something happens to a person: a stop check, custody, an address, travel, a missed visit."),
        use=_(
            "Set the usual flags first, add what this person needs, and say for each when it is looked at again. If no flag is right, say "
            "why; that lapses too. From the card anybody may record a stop check or another event, and those who may know are told at "
            "once."
        ),
        clauses=(
            Clause(Section.OVERVIEW, _("Local systems hold settings for each person on record that tell somebody of events."), ("R3",)),
        ),
    ),
    Topic(
        slug="flag-reviews",
        title=_("Reviews of flags"),
        area=Area.RECORDS,
        pages=(
            "intelligence:flag-review", "intelligence:flag-reviews", "intelligence:flag-reviews-past", "intelligence:flag-alike",
            "intelligence:flag-history",
        ),
        purpose=_("When the time of a flag is over, somebody who did not set it confirms, changes or ends it; what is late goes up."),
        use=_(
            "Open a review, look at how often each flag told somebody and what came of it, choose for each and sign off. Flags that are "
            "alike on several records can be confirmed together. A person without any flag stands on the list as well."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("At each review period a supervisor makes sure that the settings still fit, and changes those that do not."),
                ("R3",),
            ),
        ),
    ),
    Topic(
        slug="system-checks",
        title=_("System checks and connections"),
        area=Area.RECORDS,
        pages=("intelligence:check-*", "intelligence:connections"),
        purpose=_(
            "Which other systems were asked about a person, when, with which result, and what is due again; how Vigil is connected with "
            "each."
        ),
        use=_(
            "Record a check with its day and result. A hit on the national computer shows the present risk. A check that was wrong is "
            "withdrawn with a reason. Connections shows which systems answer by themselves and which are recorded by hand."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("National database, national computer and local systems are checked; after a hit the present risk is looked up."),
                ("R4",),
            ),
        ),
    ),
    Topic(
        slug="foreign-travel",
        title=_("Foreign travel and alerts from the border"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:alert", "intelligence:alert-*", "intelligence:travel", "intelligence:travel-*", "intelligence:message*"),
        purpose=_(
            "Travel alerts come in, are matched to a person and filed to their foreign travel, and compared with the travel "
            "they notified."
        ),
        use=_(
            "Work the queue oldest first: compare the report with its candidates and say whether it is one of them, somebody else's, or "
            "nobody's. The manager evaluates the journey and a supervisor signs it off. Messages that could not be read or trusted wait "
            "with the reason."
        ),
        clauses=(
            Clause(
                Section.BORDER,
                _(
                    "A crossing of the border by somebody on record raises a report to the unit, which must file it, look at it in time "
                    "and account for it."
                ),
                ("R27",),
            ),
        ),
    ),
)  # fmt: skip
