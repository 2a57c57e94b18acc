"""Help for the pages about who may open a record, what is kept apart, and records that change hands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="who-can-see",
        title=_("Who can see a record"),
        area=Area.RECORDS,
        pages=(
            "offenders:reason", "offenders:people", "offenders:access-*", "offenders:exclusion-*", "offenders:partnership-*",
            "offenders:restrict", "offenders:history", "offenders:looked",
        ),
        purpose=_(
            "How a record opens to somebody beyond the unit: by a stated reason, a grant, a partnership of forces; how it is closed to "
            "somebody; who has looked, and what was changed."
        ),
        use=_(
            "If a record asks for a reason, choose one and say in a sentence why you need it: it counts for some hours, for you and that "
            "record, and the manager can read it. The manager or a supervisor names people with a reason and a last day. A restricted "
            "record is known only to its manager, the unit's supervisors and those who are named."
        ),
        clauses=(
            Clause(Section.IN_THE_POLICE, _("Each member of staff has what their role needs; what is sensitive stays with few."), ("R22",)),
            Clause(Section.SHARING, _("Access is necessary, in proportion, and can be accounted for."), ("R41",)),
        ),
    ),
    Topic(
        slug="kept-apart",
        title=_("Confidential sections and sensitive material"),
        area=Area.RECORDS,
        pages=(
            "offenders:confidential", "offenders:section-*", "offenders:own-sections", "offenders:leaver-pass-on", "offenders:sensitive*",
        ),
        purpose=_(
            "What victims and other people said, and tactics, stand apart from the case file and open by name only; health and other "
            "sensitive facts, and what its originator controls, open to few."
        ),
        use=_(
            "Write a section with its lawful basis and the day on which it is looked at again; you are its owner and name each reader "
            "with an end. The page reads the same whether there is nothing or nothing for you. Material of a third party keeps who it "
            "came from and what they agreed to."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _(
                    "What comes from victims and third parties, and police tactics, is kept out of the case file or in a confidential "
                    "section of it."
                ),
                ("R17",),
            ),
            Clause(
                Section.THIRD_PARTIES,
                _("Material such as medical records goes no further unless whoever it came from agrees."),
                ("R31",),
            ),
        ),
    ),
    Topic(
        slug="emergency",
        title=_("Emergency openings"),
        area=Area.RECORDS,
        pages=("offenders:break-glass*",),
        purpose=_("When a life is at risk, a supervisor or the intelligence bureau may open what is kept apart without having been named."),
        use=_(
            "Say why, confirm that a life is at risk, and give your password again. It opens for an hour, to read. The owners and the "
            "auditors are told at once, and an auditor who did not open it judges it afterwards."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _("What is confidential is held apart to protect people; a way to it in an emergency must be seen and answered for."),
                ("R17", "R41"),
            ),
        ),
    ),
    Topic(
        slug="moving-records",
        title=_("Moving and importing records"),
        area=Area.RECORDS,
        pages=("offenders:transfer*", "offenders:offer*", "offenders:import*"),
        purpose=_(
            "A record goes to another unit or force in two steps, so that somebody always answers for it; many records come in from a "
            "file."
        ),
        use=_(
            "Offer a record to the unit that should have it and say what it must know; it stays yours until they accept. For an import "
            "the page says what the file must look like; look at the rows that were held back: each says what is wrong with it."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _("Forces keep what they hold about a person complete and up to date, also when the person moves."),
                ("R17", "R35"),
            ),
        ),
    ),
)  # fmt: skip
