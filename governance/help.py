"""Help for the pages about unusual looks, retention, figures and health."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="unusual-looks",
        title=_("Unusual looks, and who could have seen it"),
        area=Area.GOVERNANCE,
        pages=(
            "governance:look", "governance:look-*", "governance:ask", "governance:question*", "governance:could-see",
            "governance:paper-check",
        ),
        purpose=_(
            "Rules find looks at records that seem out of place; auditors ask why, and show on any past day who could have seen a record."
        ),
        use=_(
            "Open a look, read which rule found it, and judge it or ask the person. If you are asked why you looked, answer in your own "
            "words by the day that is given. An auditor may print who could have seen a record as a paper that can be checked later."
        ),
        clauses=(
            Clause(Section.SHARING, _("Access to this information must be accountable to somebody other than whoever had it."), ("R41",)),
        ),
    ),
    Topic(
        slug="retention",
        title=_("Retention and disposal"),
        area=Area.GOVERNANCE,
        pages=("governance:retention*", "governance:unseen*", "governance:disposal*"),
        purpose=_(
            "Until when a record is kept and by which rule; reviews on their day; disposal that is complete and can be proved without "
            "keeping what is gone."
        ),
        use=_(
            "Open a review, answer each criterion with a reason and propose; somebody else approves. A hold stops disposal while it is "
            "needed. After disposal a certificate without content is left."
        ),
        clauses=(
            Clause(
                Section.RETENTION,
                _("Managers see to it that information is reviewed, kept or disposed of by the national rules."),
                ("R35",),
            ),
        ),
    ),
    Topic(
        slug="figures",
        title=_("Annual figures and quarterly indicators"),
        area=Area.GOVERNANCE,
        pages=("governance:figures*", "governance:indicators*", "governance:closed-figures"),
        purpose=_(
            "The figures of the force as at a day, the same again tomorrow for that day; each number opens to the records behind it for "
            "those who may."
        ),
        use=_(
            "Choose the day or quarter, open a number to see what it counts, take it as a file or paper. A closed year stays as it was; "
            "what changed since shows beside it."
        ),
        clauses=(
            Clause(
                Section.FIGURES,
                _(
                    "Each year forces count offenders in the community by category, serious further offences, and breaches of licences, "
                    "notification and orders; the coordinator reports each quarter."
                ),
                ("R36",),
            ),
        ),
    ),
    Topic(
        slug="further-offences",
        title=_("Further offences"),
        area=Area.RISK,
        pages=("governance:further-*",),
        purpose=_("A serious offence that a person is charged with while they are managed, recorded on their record."),
        use=_(
            "Record the offence with its day and state, or withdraw it with a reason. It counts in the annual figures of the year in "
            "which it falls."
        ),
        clauses=(
            Clause(Section.FIGURES, _("Serious offences by people under the arrangements are counted."), ("R36",)),
            Clause(Section.FURTHER_OFFENCES, _("A new suspicion changes what others must know and what is done about the risk."), ("R37",)),
        ),
    ),
    Topic(
        slug="quality",
        title=_("Quality of data"),
        area=Area.GOVERNANCE,
        pages=("governance:quality*",),
        purpose=_("What is missing, stale or at odds in the records that you may open."),
        use=_(
            "Start with your own records, open a line to see which they are, and put it right on the record itself. Counts stand on the "
            "home pages too."
        ),
        clauses=(
            Clause(Section.CASE_FILES, _("What a force holds of offenders is to be whole, current and correct."), ("R17", "R36")),
            Clause(Section.RECORDING, _("Wrong records are dangerous, for the public and for the person."), ("R16",)),
        ),
    ),
    Topic(
        slug="health",
        title=_("Health of the service"),
        area=Area.SYSTEM,
        pages=("governance:health", "governance:alive", "governance:ready", "governance:metrics"),
        purpose=_("What stands still, is late or fails, with what to do about each; for whoever runs the service. It tells of no person."),
        use=_(
            "Look at what is red first and follow the step that stands beside it. The force's own monitoring can read the same by "
            "program."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("A force has a system that gives staff what they need to protect the public, so it must be seen when it does not."),
                ("R41",),
            ),
        ),
    ),
)  # fmt: skip
