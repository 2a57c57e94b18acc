"""Help for the pages on which anybody reports information, and is briefed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="report-information",
        title=_("Report information"),
        area=Area.INTELLIGENCE,
        pages=(
            "intelligence:report-list", "intelligence:report-start", "intelligence:report-danger", "intelligence:report-own-words",
            "intelligence:report-write", "intelligence:report-send", "intelligence:report-sent",
        ),
        purpose=_(
            "Any officer weighs what they learned by six questions and sends it to the intelligence bureau; the form decides whether it "
            "is a report or belongs in a case file."
        ),
        use=_(
            "Say first whether anybody is in danger now. Choose where it comes from, write what was said, answer the six questions and "
            "take or leave what each yes suggests. If a member of the public told you, think of what it could mean for them; the form "
            "warns you when asking them for more would make them a covert source."
        ),
        clauses=(
            Clause(
                Section.SIGNIFICANCE,
                _(
                    "Staff ask six things of what they learn: capacity for serious harm, risk to children or adults at risk, a breach of "
                    "trust, links that raise the risk, misuse of substances, state of mind."
                ),
                ("R6",),
            ),
            Clause(Section.SOURCES, _("Other bodies' systems are sources too, and a report names which."), ("R7",)),
            Clause(
                Section.COLLECTING,
                _("Police owe care to those who tell them something: what it is, how it was got, how they live, how often they come."),
                ("R9",),
            ),
            Clause(
                Section.ASKING_THE_PUBLIC,
                _("Asking somebody to use a relationship to find something out can make them a covert source."),
                ("R10",),
            ),
            Clause(Section.REPEATED, _("What a person on record says of others is an intelligence report like any other."), ("R14",)),
            Clause(Section.PRISONS, _("Prisons have officers through whom their intelligence comes."), ("R15",)),
        ),
    ),
    Topic(
        slug="intelligence-for-you",
        title=_("Intelligence for you, and on a record"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:received*", "intelligence:information*"),
        purpose=_("Reports that the bureau released and sent to you or to a record that you manage, with grade, handling and conditions."),
        use=_(
            "Open one, keep to its conditions, and say what you did: nothing is also an answer. On a record the manager takes a report, "
            "which stops its clock. You cannot pass it on beyond what its handling allows."
        ),
        clauses=(
            Clause(Section.RECORDING, _("What each person did who was told of something is written down."), ("R11", "R16")),
        ),
    ),
    Topic(
        slug="briefings",
        title=_("Briefings for investigators"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:nominal-briefings", "intelligence:briefing*"),
        purpose=_(
            "A pack for those who investigate a new offence: how the person offends, associates, vehicles, numbers, earlier and standing "
            "intelligence."
        ),
        use=_(
            "Make the pack on the record, look at what is in it, and give it to named investigators until a day. It says what became of "
            "each report since, and who received and read it. Nobody gets a report that names somebody of whom they may not know."
        ),
        clauses=(
            Clause(
                Section.FURTHER_OFFENCES,
                _(
                    "When a registered person is suspected of another offence, other investigators learn from the managing officer how "
                    "that person acts."
                ),
                ("R37",),
            ),
        ),
    ),
    Topic(
        slug="taskings",
        title=_("Taskings and briefing sheets"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:tasking", "intelligence:tasking-*"),
        purpose=_("What is to be found out, why, by whom and until when; from the nation down to a neighbourhood."),
        use=_(
            "Raise a tasking, say by which means (some need a written authority), and have somebody else look at it again by its clock. "
            "It stands on the briefing sheet of the shifts you choose. Report a result with the button on the tasking: it comes back as a "
            "report that keeps the link."
        ),
        clauses=(
            Clause(
                Section.TASKED,
                _("Information may be sought for a purpose, long or short, by a tasking; what it brings is an intelligence report."),
                ("R12",),
            ),
        ),
    ),
)  # fmt: skip
