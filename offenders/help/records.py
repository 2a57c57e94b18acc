"""Help for the pages that find a person, tell who they are, and keep their case file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="my-work",
        title=_("My work and the team"),
        area=Area.WORK,
        pages=("home", "offenders:team*", "offenders:allocate", "offenders:visit-overdue"),
        purpose=_(
            "The page on which you start shows what there is to do in the role in which you act; a supervisor sees the load of each "
            "officer too."
        ),
        use=_(
            "Begin with what is late, which stands on top. A supervisor moves cases between officers after looking at what the move would "
            "do to both, and gives a record a new manager with a reason. Nothing late can be hidden."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _(
                    "The officer in charge of a person answers for the risk being managed, so no record is without one and nothing due is "
                    "forgotten."
                ),
                ("R42",),
            ),
        ),
    ),
    Topic(
        slug="find",
        title=_("Finding a person"),
        area=Area.RECORDS,
        pages=("offenders:find*",),
        purpose=_(
            "You find somebody by name, date of birth, number, telephone or vehicle, and see at once whether they are managed and by "
            "whom."
        ),
        use=_(
            "Type what you know, a spelling that is nearly right will do, and open the card. The search is recorded with your name. A "
            "record of which you may not know is not found, and nothing tells you so."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("Registered offenders are flagged in the systems that officers use, and the control room reaches the present risk."),
                ("R1", "R22"),
            ),
        ),
    ),
    Topic(
        slug="people",
        title=_("People and their identity"),
        area=Area.RECORDS,
        pages=("offenders:nominal-list", "offenders:nominal-new", "offenders:identity*", "offenders:description-change"),
        purpose=_("The people whom you may open, and on each record their names, dates of birth, numbers, looks and photographs."),
        use=_(
            "Narrow the list by level, category or officer. Before you begin a new record the page shows who might be the same person. On "
            "Identity add each name or number with its source; one that was wrong is removed with a reason and stays in the history."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("Every registered offender has a record in the local system that says they are registered."),
                ("R1", "R17"),
            ),
        ),
    ),
    Topic(
        slug="card",
        title=_("The operational card"),
        area=Area.RECORDS,
        pages=("offenders:card", "offenders:photograph", "offenders:facts-change", "offenders:warning*", "offenders:condition*"),
        purpose=_(
            "One screen for whoever stands before a person: the risk and to whom, what to do now, how they offend, which conditions hold, "
            "whom to tell."
        ),
        use=_(
            "Read the first lines, act, then tell the manager that the person came to notice. The manager keeps what to do, warnings and "
            "conditions up to date and confirms them again; the card says when nobody has for long. It opens without training dates, "
            "because somebody may be at a door."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("The flag on a registered offender must tell operational officers enough to protect the public on the spot."),
                ("R1",),
            ),
            Clause(
                Section.FURTHER_OFFENCES,
                _("What is learned of a person helps to set conditions of licence, bail and orders, and to see when one is broken."),
                ("R38",),
            ),
        ),
    ),
    Topic(
        slug="came-to-notice",
        title=_("Came to notice"),
        area=Area.RECORDS,
        pages=("offenders:notice", "offenders:notice-list", "offenders:tell-manager"),
        purpose=_(
            "Whoever meets or hears of a person on record tells the manager in a few words; the manager says what was done about it."
        ),
        use=_(
            "Write what happened, where and when. It goes to the named manager with a clock, and to the supervisor when nobody takes it. "
            "You can read afterwards what became of what you told."
        ),
        clauses=(
            Clause(
                Section.ROUTINE,
                _(
                    "News of a person with a record is routed to the offender manager by a known way, with somebody answerable for the "
                    "next step."
                ),
                ("R11",),
            ),
            Clause(Section.LICENCE, _("Staff know that what they learn of somebody on licence has to reach probation."), ("R26",)),
        ),
    ),
    Topic(
        slug="record",
        title=_("A record: overview, timeline and actions"),
        area=Area.RECORDS,
        pages=("offenders:nominal", "offenders:timeline", "offenders:actions", "offenders:action-add"),
        purpose=_(
            "The whole of a person at a glance: who manages them, at which level, what is due, and everything that happened, in one line "
            "of time."
        ),
        use=_(
            "Use the bar on top to go to each part of the record; what is locked for you is named and does not open. The timeline can be "
            "narrowed by kind, and printed. It shows only what you may read."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _("One place holds what is needed to identify, assess and manage a person, complete, current and right."),
                ("R17",),
            ),
        ),
    ),
    Topic(
        slug="case-file",
        title=_("Case file and contacts"),
        area=Area.RECORDS,
        pages=(
            "offenders:case-file", "offenders:move-home", "offenders:entry-*", "offenders:marking*", "offenders:contacts",
            "offenders:contact-*",
        ),
        purpose=_(
            "Addresses, children there, online names, devices, vehicles, work, associates and people at risk; each conversation about the "
            "person; the protective marking."
        ),
        use=_(
            "Add an entry with its source and say again from time to time that it still holds. Write each conversation down with whom you "
            "had it and what follows. If your words name somebody who is protected, the page warns you before they are saved."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _(
                    "The file shows the MAPPA category and level and carries a note of each conversation that police had with anybody "
                    "about the person."
                ),
                ("R17",),
            ),
            Clause(Section.REPEATED, _("What offenders say about their own lives goes into their case file."), ("R14",)),
        ),
    ),
    Topic(
        slug="documents",
        title=_("Documents"),
        area=Area.RECORDS,
        pages=("offenders:document*",),
        purpose=_("Papers and pictures of a record, version by version, scanned for viruses and shown page by page."),
        use=_(
            "Add a file with its kind and marking, replace it by a new version, or withdraw it with a reason. Advice of a prosecutor is a "
            "kind of its own: only the team of the record sees that it is there, and it cannot be shared, briefed or scheduled."
        ),
        clauses=(
            Clause(
                Section.FURTHER_OFFENCES,
                _("Advice of the prosecutor before charge is privileged between police and prosecution, and is not given out."),
                ("R39",),
            ),
            Clause(Section.CASE_FILES, _("What is held is accurate and kept to the standards of the national system."), ("R17",)),
        ),
    ),
)  # fmt: skip
