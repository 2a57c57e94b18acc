"""Help for the pages about decisions to share, what goes, and who may see what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="sharing-decisions",
        title=_("Decisions to share, or not to share"),
        area=Area.SHARING,
        pages=("sharing:decision", "sharing:decision-*", "sharing:advice-*"),
        purpose=_("A decision about telling somebody outside: twelve questions on five pages, five tests, advice, and who has to decide."),
        use=_(
            "Start from the record, say to whom and what for, and answer page by page; you may stop and come back. Ask for advice where "
            "it is needed. Check your answers and send it: it is sealed then, and a change ends the approval. Not to share takes the same "
            "answers and has its review. A dossier for the Parole Board and a referral to the barring service are decisions of their own "
            "kind."
        ),
        clauses=(
            Clause(
                Section.SHARING,
                _("Sharing is lawful, necessary, in proportion, safe and accountable, at level 1 as at 2 and 3."),
                ("R18",),
            ),
            Clause(
                Section.DECISIONS,
                _("Twelve questions are answered and written down, with the national decision model, whether the answer is yes or no."),
                ("R18",),
            ),
            Clause(Section.PAROLE_BOARD, _("The board gets what bears on release and on the conditions of a licence."), ("R25",)),
            Clause(
                Section.BARRING,
                _("The service that guards work with children and adults at risk is told of a person who seeks such work."),
                ("R28",),
            ),
        ),
    ),
    Topic(
        slug="what-goes",
        title=_("What would go, and sending it"),
        area=Area.SHARING,
        pages=(
            "sharing:items*", "sharing:item", "sharing:preview", "sharing:view-as", "sharing:release", "sharing:release-*",
            "sharing:breach-close", "sharing:calibration",
        ),
        purpose=_(
            "You choose field by field what leaves, cut passages, see exactly what the recipient will see, and send it once it is "
            "approved."
        ),
        use=_(
            "Choose from the record, take out what is not needed with a reason, and look at the preview. Send online, on numbered paper, "
            "or spoken from a script. Afterwards see whether it was accepted, withdraw it, record a breach, and say after some days "
            "whether it did what you expected."
        ),
        clauses=(
            Clause(
                Section.DECISIONS,
                _(
                    "Find out what the other side knows already, reach the right person, say what they may and may not do with it, and "
                    "keep full details."
                ),
                ("R19",),
            ),
            Clause(Section.THIRD_PARTIES, _("What came in confidence from somebody else waits for their consent."), ("R31",)),
        ),
    ),
    Topic(
        slug="sharing-to-decide",
        title=_("Sharing to decide"),
        area=Area.SHARING,
        pages=("sharing:approval-*", "sharing:lent-authority"),
        purpose=_("Decisions that wait for you: as supervisor, superintendent, chair, or with authority that was lent to you."),
        use=_(
            "Read the facts as they stand today beside the answers, and approve, refuse or return with a reason. Who decides follows from "
            "the recipient and from category and level, and nobody decides on what they wrote. A lender sees what was decided in their "
            "name."
        ),
        clauses=(
            Clause(Section.PUBLIC, _("Level 1 is for a superintendent, levels 2 and 3 for the chair in a meeting."), ("R29",)),
            Clause(Section.DECISIONS, _("Advice comes from supervisors, advisers and other agencies."), ("R18",)),
        ),
    ),
    Topic(
        slug="who-may-see-what",
        title=_("Who may see what"),
        area=Area.RECORDS,
        pages=("sharing:internal-access",),
        purpose=_("What each role of the police opens without asking, with a reason, by a grant or in an emergency."),
        use=_(
            "Read your own roles first, then any other. The page is made from the rules by which the service decides, so it cannot differ "
            "from them."
        ),
        clauses=(
            Clause(
                Section.IN_THE_POLICE,
                _("Neighbourhood and response officers, control rooms, specialist investigators and analysts reach what their work needs."),
                ("R22",),
            ),
        ),
    ),
    Topic(
        slug="practice-of-sharing",
        title=_("What sharing goes by"),
        area=Area.SYSTEM,
        pages=("sharing:practice", "sharing:power-*", "sharing:authority-change", "sharing:media-line-change"),
        purpose=_(
            "Powers by which information may be shared, who decides in which circumstances, and the lines that are taken with the media."
        ),
        use=_(
            "Everybody reads them. An administrator changes one from a day, with its source; decisions keep what counted when they were "
            "made."
        ),
        clauses=(
            Clause(Section.DECISIONS, _("Each share names the power or duty on which it rests."), ("R18", "R29")),
            Clause(Section.MEDIA, _("Lines to take warn against people taking the law into their own hands."), ("R30",)),
        ),
    ),
)  # fmt: skip
