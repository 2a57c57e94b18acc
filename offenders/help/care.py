"""Help for the pages about risk, plans, visits, orders, licence and meetings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="risk",
        title=_("Risk assessments"),
        area=Area.RISK,
        pages=("offenders:assessment*", "offenders:approval-list", "offenders:risk-change"),
        purpose=_(
            "An assessment by a named tool, with its scores, sources and reasons, which somebody else approves; each level that ever held "
            "stays visible."
        ),
        use=_(
            "Start an assessment, name where each fact comes from, give the level with your reasons and send it for approval. The "
            "supervisor approves or returns it; nobody approves their own. The page says when the next is due."
        ),
        clauses=(
            Clause(Section.OVERVIEW, _("The officer who manages a person assesses the risk from every source that bears on it."), ("R2",)),
            Clause(
                Section.SOURCES,
                _("Prisons and probation, health, other nations' intelligence and voluntary bodies may hold what matters."),
                ("R7",),
            ),
        ),
    ),
    Topic(
        slug="plan",
        title=_("The risk management plan"),
        area=Area.RISK,
        pages=("offenders:plan*",),
        purpose=_("What is done about the risk, in four parts: supervision, monitoring and control, interventions, safety of victims."),
        use=_(
            "Write the plan after the assessment and have it approved. Give single actions to response or neighbourhood officers: they "
            "find them under their actions and report back, without opening the case file. The plan prints as a paper, also for the "
            "Parole Board."
        ),
        clauses=(
            Clause(Section.OVERVIEW, _("A plan follows from the risk, and response and neighbourhood officers take part in it."), ("R2",)),
            Clause(Section.PAROLE_BOARD, _("The board that decides about release knows the plan."), ("R25",)),
        ),
    ),
    Topic(
        slug="visits",
        title=_("Visits"),
        area=Area.RISK,
        pages=(
            "offenders:visit", "offenders:visit-list", "offenders:visit-plan", "offenders:visit-planned-record", "offenders:visit-record",
            "offenders:visit-move", "offenders:visit-cancel", "offenders:visit-correct", "offenders:reactive-*",
        ),
        purpose=_("Visits that are planned, made, refused or missed, and when the next is due by the person's level."),
        use=_(
            "Plan a visit or write down one that was made: who was there, what you saw, what changed. What you note of addresses or "
            "devices goes to the case file. Active management that ends after review, and begins again on news, stands here too."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("Risks are managed as far as that can reasonably be done, by a plan that somebody carries out and looks at again."),
                ("R2", "R17"),
            ),
        ),
    ),
    Topic(
        slug="registration",
        title=_("Registration and orders"),
        area=Area.RISK,
        pages=(
            "offenders:registration", "offenders:duty-*", "offenders:review-add", "offenders:review-decide", "offenders:breach-*",
            "offenders:travel-*", "offenders:conviction-*", "offenders:order-*",
        ),
        purpose=_(
            "Convictions, the duty to notify and until when it runs, what was notified, orders with their prohibitions, travel that was "
            "announced, breaches."
        ),
        use=_(
            "Enter the conviction or order: the end of the duty is reckoned and explained. Record each notification on its day. A breach "
            "goes to whoever decides what follows; orders can be varied and discharged, and each version stays."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _("The file says whether a person is registered, under which duties, and how the case is managed."),
                ("R17",),
            ),
            Clause(
                Section.FURTHER_OFFENCES,
                _("What offender management brings to light may be evidence, or a ground for an order or a condition."),
                ("R38",),
            ),
        ),
    ),
    Topic(
        slug="custody-and-licence",
        title=_("Custody, licence and recall"),
        area=Area.RISK,
        pages=("offenders:custody*", "offenders:licence-*", "offenders:recall-*", "offenders:on-licence"),
        purpose=_("Who is in prison or on licence, whom in probation to tell and what, and the steps of a recall with their clocks."),
        use=_(
            "Record release and licence with the probation officer's name and what to do when the person comes to notice. At a recall the "
            "risk is assessed anew, and the result stands on the card for those who make the arrest. On licence lists everybody of the "
            "force."
        ),
        clauses=(
            Clause(
                Section.LICENCE,
                _(
                    "Everybody can know who is on licence and whom to alert; after a recall a new assessment reaches the arresting "
                    "officers."
                ),
                ("R26",),
            ),
        ),
    ),
    Topic(
        slug="meetings",
        title=_("MAPPA levels, meetings and minutes"),
        area=Area.RISK,
        pages=(
            "offenders:mappa*", "offenders:meeting*", "offenders:referral-*", "offenders:agenda-*", "offenders:invitation-*",
            "offenders:minutes*", "offenders:restricted-item-*",
        ),
        purpose=_("Category and level with who decided them, the calendar of meetings, and minutes in the same structure each time."),
        use=_(
            "Refer a case, put it on the agenda of a day, invite the agencies, and write minutes item by item: attendance, risk, actions, "
            "and whether anything is told to anybody and why. The chair approves them. Restricted items go only to those who may read "
            "them."
        ),
        clauses=(
            Clause(
                Section.CASE_FILES,
                _("Each file names category and level; minutes meet one standard and are part of the record."),
                ("R17",),
            ),
            Clause(
                Section.PUBLIC,
                _("At levels 2 and 3 the chair decides on telling somebody, advised by the agencies at the table, and the minutes say so."),
                ("R29",),
            ),
        ),
    ),
    Topic(
        slug="authorities-and-uses",
        title=_("Telling authorities, and uses of material"),
        area=Area.RISK,
        pages=("offenders:authorities", "offenders:authority-*", "offenders:use-*", "offenders:consultation-add"),
        purpose=_(
            "What probation and prison were told and what they did; which material serves as bad character, for an order, bail or "
            "licence; who was consulted before action."
        ),
        use=_(
            "Write down whom you told, when and what, then their answer. Mark material for its use with a reference to where it lies. "
            "Before action record which agencies you asked, or why it was too urgent to wait."
        ),
        clauses=(
            Clause(Section.OVERVIEW, _("Probation and prison hear from the managing officer of activity that matters to them."), ("R5",)),
            Clause(
                Section.FURTHER_OFFENCES,
                _("Police action comes after talking to the other agencies, unless waiting would do harm."),
                ("R38",),
            ),
        ),
    ),
)  # fmt: skip
