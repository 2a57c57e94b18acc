"""Help for the pages about disclosure schemes, requests for data, and unused material."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="applications",
        title=_("Disclosure applications"),
        area=Area.DISCLOSURE,
        pages=(
            "disclosure:application", "disclosure:application-list", "disclosure:application-ended-list", "disclosure:application-take",
            "disclosure:application-danger", "disclosure:application-safe", "disclosure:application-person*",
            "disclosure:application-identity", "disclosure:application-contact", "disclosure:application-check",
            "disclosure:application-interview", "disclosure:application-record", "disclosure:application-managers",
            "disclosure:application-forum", "disclosure:application-allocate", "disclosure:application-hand-over",
            "disclosure:application-withdraw", "disclosure:application-know", "disclosure:application-twin",
            "disclosure:application-malicious",
        ),
        purpose=_("Somebody asks about a partner, or about a person near a child, or the police themselves see that somebody should know."),
        use=_(
            "Take the application and ask first whether anybody is in danger. Note how the person who asks can be reached safely; it "
            "stands on each page. Then go step by step: first checks, meeting with proof of identity, full checks, the agencies. The page "
            "names what is missing and the clock of each step."
        ),
        clauses=(
            Clause(
                Section.DOMESTIC,
                _(
                    "People may ask about the violence in somebody's past, and police may tell without being asked, so that they can "
                    "decide about their lives."
                ),
                ("R20",),
            ),
            Clause(Section.CHILDREN, _("Anybody may raise a concern about a named person who can be alone with a child."), ("R21",)),
        ),
    ),
    Topic(
        slug="telling-somebody",
        title=_("Deciding on an application, and telling somebody"),
        area=Area.DISCLOSURE,
        pages=(
            "disclosure:application-decision", "disclosure:application-representations", "disclosure:application-propose",
            "disclosure:application-decide", "disclosure:application-anew", "disclosure:application-telling",
            "disclosure:application-answer", "disclosure:application-close", "disclosure:telling-*", "disclosure:tell-somebody",
            "disclosure:scheme-figures*",
        ),
        purpose=_(
            "What comes of an application: what the person asked about says, the decision of two people, the words that are said, and a "
            "safe way to say them."
        ),
        use=_(
            "Record why the person is heard or not. Propose with reasons; a supervisor who did not work on it decides. Nobody is told "
            "before identity, words, undertaking and safety plan stand. Where nothing is told, one neutral answer goes out, whatever is "
            "held."
        ),
        clauses=(
            Clause(
                Section.CHILDREN,
                _(
                    "Only convictions for sexual offences against children, with a risk of serious harm, raise the presumption to tell; "
                    "hearing the person is considered first."
                ),
                ("R21",),
            ),
            Clause(Section.DOMESTIC, _("Telling goes to whoever is best placed to protect the person at risk."), ("R20",)),
            Clause(
                Section.PUBLIC,
                _(
                    "Telling one member of the public is decided at the right rank, managed and documented, with papers about victims kept "
                    "apart."
                ),
                ("R29",),
            ),
        ),
    ),
    Topic(
        slug="all-disclosures",
        title=_("All disclosures, and the record as its person would read it"),
        area=Area.DISCLOSURE,
        pages=("disclosure:history", "disclosure:as-read"),
        purpose=_(
            "What was decided, sent, told and asked about one person; and what would go out today if that person asked for their data."
        ),
        use=_(
            "Narrow the list by kind, or print it. On the second page read what you write as the person would; nothing there is stored, "
            "and what is kept apart by law is not on it."
        ),
        clauses=(
            Clause(Section.DECISIONS, _("Decisions and what came of them stand on record, with content, recipient and purpose."), ("R19",)),
            Clause(Section.OWN_DATA, _("A person may ask for what is held, so it should be right and fit to be read."), ("R33",)),
        ),
    ),
    Topic(
        slug="subject-access",
        title=_("Subject access"),
        area=Area.DISCLOSURE,
        pages=("disclosure:subject*",),
        purpose=_(
            "Somebody asks what the force holds about them: identity, clock, collecting, what stays and what is removed, a second reader, "
            "handing over."
        ),
        use=_(
            "The clock runs once they proved who they are. Collect from each source, decide each passage, have removals read by a second "
            "person, and see what goes out before it is sealed. Nothing held and all withheld read the same. What is disputed is put "
            "right, erased, restricted or refused."
        ),
        clauses=(
            Clause(
                Section.OWN_DATA,
                _("When an offender asks for their personal information it is a request under data protection law."),
                ("R33",),
            ),
        ),
    ),
    Topic(
        slug="freedom-of-information",
        title=_("Freedom of information"),
        area=Area.DISCLOSURE,
        pages=("disclosure:freedom*",),
        purpose=_("Requests for information of the force, about nobody, with 20 working days to answer."),
        use=_(
            "Say what a request concerns. If it touches MAPPA or registered offenders it goes to the national unit, and cannot be "
            "answered before the advice is recorded; a request for the published report is answered by pointing to it. A second person "
            "approves exactly what goes out."
        ),
        clauses=(
            Clause(
                Section.FREEDOM,
                _(
                    "All requests on MAPPA or registered offenders, but for published reports, go to the national unit; no reply leaves "
                    "before it has spoken."
                ),
                ("R34",),
            ),
        ),
    ),
    Topic(
        slug="unused-material",
        title=_("Unused material"),
        area=Area.DISCLOSURE,
        pages=("disclosure:prosecution*",),
        purpose=_("After charge each item that the prosecution does not use is listed, examined and decided, and schedules are issued."),
        use=_(
            "Describe each item so that the defence can tell what it is; say whether it could undermine the case or help the defence, and "
            "why. Keep lines of enquiry whichever way they point. Issue a schedule as a numbered paper; a new issue or a defence "
            "statement means looking again."
        ),
        clauses=(
            Clause(
                Section.CRIMINAL_JUSTICE,
                _(
                    "After charge the law tests whether material may undermine the prosecution or assist the accused; a court may allow it "
                    "to be withheld."
                ),
                ("R23",),
            ),
        ),
    ),
    Topic(
        slug="practice-of-disclosure",
        title=_("What disclosure goes by"),
        area=Area.SYSTEM,
        pages=("disclosure:practice", "disclosure:ground-*", "disclosure:text-*", "disclosure:small-number-change"),
        purpose=_("Grounds on which something may be withheld, texts that are always the same, and below which number a figure is hidden."),
        use=_(
            "Everybody reads them. An administrator changes one from a day, with the part of the law; letters that went out stay as they "
            "went."
        ),
        clauses=(
            Clause(Section.FREEDOM, _("Refusing can harm as much as telling, so refusals follow the same known grounds."), ("R34",)),
            Clause(Section.OWN_DATA, _("What is left out rests on a ground of the law."), ("R33",)),
        ),
    ),
)  # fmt: skip
