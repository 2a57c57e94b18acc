"""Help for the pages of the intelligence bureau."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="bureau",
        title=_("The intelligence bureau"),
        area=Area.INTELLIGENCE,
        pages=(
            "intelligence:report", "intelligence:report-queue", "intelligence:report-all", "intelligence:report-evaluate",
            "intelligence:report-return", "intelligence:report-reject", "intelligence:report-withdraw", "intelligence:report-send-on",
        ),
        purpose=_("Reports come in, are graded by the national scheme, sanitised, released by two people and sent on under conditions."),
        use=_(
            "Take the oldest first. Grade source and content, write the sanitised words beside the original and mind the warning when "
            "they point at somebody, then send it on. Corrections are added to a report; its words as sent never change."
        ),
        clauses=(
            Clause(Section.RECORDING, _("High risk asks for thorough evaluation, and for a tie into the intelligence system."), ("R16",)),
            Clause(Section.ROUTINE, _("It is clear who passes a matter to the named manager."), ("R11",)),
        ),
    ),
    Topic(
        slug="source-reviews",
        title=_("Matters of the bureau: people who give information"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:source-review*",),
        purpose=_(
            "Somebody who keeps coming with information has their relationship with the police reviewed, out of sight of everybody else."
        ),
        use=_(
            "A matter opens by itself at the third contact within the limit, or when somebody was to be asked to find out more. Decide "
            "what is right for the person and write why. Nobody outside the bureau sees that there is a matter."
        ),
        clauses=(
            Clause(
                Section.REPEATED,
                _(
                    "The bureau hears of a repeated giver and weighs whether they are handled with care, or must be considered for "
                    "authority as a source."
                ),
                ("R13",),
            ),
        ),
    ),
    Topic(
        slug="links",
        title=_("Links, entities, weak signals and searching reports"),
        area=Area.INTELLIGENCE,
        pages=(
            "intelligence:link", "intelligence:link-*", "intelligence:links", "intelligence:links-of-record", "intelligence:entity*",
            "intelligence:record-link", "intelligence:report-link", "intelligence:weak-signal*", "intelligence:report-search*",
        ),
        purpose=_(
            "What belongs together: people, places, vehicles, numbers and reports, suggested by the system with its reasons and decided "
            "by a person."
        ),
        use=_(
            "Confirm or refuse a suggestion; a refusal is remembered. A link shows where it comes from and how good it is. Small things "
            "about one person pile up under Weak signals until somebody looks. Search reports by words or numbers, and keep a search to "
            "be told of new results."
        ),
        clauses=(
            Clause(
                Section.COLLECTING,
                _("What seems trivial may point at serious harm, and pieces held in different places tell more when put together."),
                ("R8",),
            ),
        ),
    ),
    Topic(
        slug="duplicates",
        title=_("Duplicates and merging"),
        area=Area.RECORDS,
        pages=("intelligence:duplicate*", "offenders:same-person*", "offenders:compare", "offenders:merge*"),
        purpose=_("Two records of one person are found, compared and made one; every row that moved can go back."),
        use=_(
            "Compare the two side by side, say that they are different people, or propose to merge. Where different people may see the "
            "two, both sides agree. A merge that was wrong is undone from its page."
        ),
        clauses=(
            Clause(
                Section.COLLECTING,
                _("Facts about a person lie in several systems and forces; their worth shows when they come together."),
                ("R8", "R35"),
            ),
        ),
    ),
    Topic(
        slug="covert",
        title=_("Confidential matters: referrals for covert techniques"),
        area=Area.INTELLIGENCE,
        pages=("intelligence:covert*",),
        purpose=_("A case is put to the department that decides on covert techniques; all of it is confidential from the first keystroke."),
        use=_(
            "Write the referral from the record, choose the unit, and send it. Only you and that unit's intelligence officers see it. It "
            "stands on no timeline and in no count, and what is said about it elsewhere is only that a confidential matter waits."
        ),
        clauses=(
            Clause(
                Section.COVERT,
                _("Whoever wants covert techniques goes to the department for them; such work serves evidence and protection."),
                ("R40",),
            ),
        ),
    ),
    Topic(
        slug="practice-of-intelligence",
        title=_("What intelligence work goes by"),
        area=Area.SYSTEM,
        pages=(
            "intelligence:practice", "intelligence:contact-limit-change", "intelligence:suggestion-change", "intelligence:means-change",
            "intelligence:source-add", "intelligence:source-end",
        ),
        purpose=_(
            "The register of sources, what each of the six questions suggests, which means need an authority, and how many contacts open "
            "a review."
        ),
        use=_(
            "Everybody reads them. An administrator changes one from a day, with its source; what happened before keeps the rule that "
            "counted then."
        ),
        clauses=(
            Clause(Section.SOURCES, _("Which bodies may hold useful information is known to those who report."), ("R7",)),
            Clause(
                Section.RETENTION,
                _("Between unit and bureau there are systems that see to evaluation and to the rules on sources."),
                ("R6", "R13"),
            ),
        ),
    ),
)  # fmt: skip
