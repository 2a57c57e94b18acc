"""Help for the pages about agencies, the media, and for agencies themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="agreements",
        title=_("Agencies and agreements"),
        area=Area.SHARING,
        pages=("sharing:agreement*",),
        purpose=_(
            "The register of agencies with which information is shared: what for, which kinds, by which powers, from when until when."
        ),
        use=_(
            "Look here whom to reach at an agency. Information governance adds an agreement, reviews it on its day, and can suspend it, "
            "which counts at once on both sides. A share outside an agreement needs a legal basis of its own."
        ),
        clauses=(
            Clause(
                Section.AGENCIES,
                _("Agreements with lead agencies and those with a duty to work along exist beforehand; others may need one."),
                ("R24",),
            ),
            Clause(Section.MAPPA, _("Agencies of the arrangements share among themselves by its rules."), ("R24",)),
        ),
    ),
    Topic(
        slug="media",
        title=_("The media"),
        area=Area.SHARING,
        pages=(
            "sharing:media", "sharing:media-list", "sharing:media-take", "sharing:media-record", "sharing:media-unit-answer",
            "sharing:media-strategy", "sharing:media-statement-write", "sharing:media-agency-*", "sharing:media-close",
            "sharing:proactive",
        ),
        purpose=_(
            "Enquiries of the press, the strategy, lines to take, statements version by version; and information that goes out on "
            "purpose."
        ),
        use=_(
            "The press office takes an enquiry. A general one holds no name. About a person the unit says what the press office may know, "
            "agencies are asked, and the unit agrees to each statement. Naming anybody needs an approved decision on the record; a "
            "proactive release has its own assessment."
        ),
        clauses=(
            Clause(
                Section.MEDIA,
                _(
                    "The press office leads with the unit beside it; other agencies are asked first; naming somebody is for a very senior "
                    "officer."
                ),
                ("R30",),
            ),
        ),
    ),
    Topic(
        slug="requests-and-news",
        title=_("Requests, news and intelligence of agencies"),
        area=Area.SHARING,
        pages=("sharing:request-*", "sharing:request", "sharing:news*", "sharing:intelligence*"),
        purpose=_("What agencies ask the police, and what they tell: releases, recalls, breaches, addresses, intelligence."),
        use=_(
            "Take a request, find the person, ask back if it is not clear, and answer completely or refuse with a reason; the answer "
            "reads the same whatever is held. News goes to the manager of the record. Intelligence under an agency's control waits for "
            "its consent."
        ),
        clauses=(
            Clause(
                Section.REQUESTS,
                _("The unit answers partners where that is right, and partners come to the unit so that the answer is whole."),
                ("R32",),
            ),
            Clause(Section.OVERVIEW, _("Police, probation and prisons keep each other informed."), ("R5",)),
        ),
    ),
    Topic(
        slug="telling-systems",
        title=_("Telling an agency's system of changes"),
        area=Area.SYSTEM,
        pages=("sharing:webhook*",),
        purpose=_(
            "A program of an agency is told that something changed for it: which sort of thing and its key, signed, never what it says."
        ),
        use=_(
            "Set the address and give its secret to the agency by another way. The page shows what arrived and what was given up, which "
            "you can send again."
        ),
        clauses=(
            Clause(Section.AGENCIES, _("What agencies may have reaches them soon, and nobody else."), ("R19", "R32")),
        ),
    ),
    Topic(
        slug="shared-with-us",
        title=_("Shared with us"),
        area=Area.AGENCIES,
        pages=("sharing:shared", "sharing:shared-*"),
        purpose=_("What a police force decided to share with your agency, for the purpose and under the conditions that stand with it."),
        use=_(
            "Accept the conditions, then read. Tell the police what your agency did. A share can be withdrawn or end; ask whoever sent it "
            "if you still need it. You see what was shared with your agency and nothing else, and whether the police hold more is not "
            "shown."
        ),
        clauses=(
            Clause(
                Section.DECISIONS,
                _("The recipient knows that it is confidential and what is expected of them; when, what, with whom and why is on record."),
                ("R19",),
            ),
        ),
    ),
    Topic(
        slug="ask-the-police",
        title=_("Requests to the police"),
        area=Area.AGENCIES,
        pages=("sharing:ask", "sharing:asked", "sharing:asked-*"),
        purpose=_(
            "Your agency asks a force for information about somebody, answers questions about the request, and finds the reply here."
        ),
        use=_(
            "Say who the person is, what you need to know and what for, and by when. The force may ask back. If somebody is in danger "
            "now, telephone; do not wait for this page."
        ),
        clauses=(
            Clause(
                Section.REQUESTS,
                _(
                    "Partners put their requests by the way that was agreed locally, and speak to the unit so that they learn all that "
                    "matters."
                ),
                ("R32",),
            ),
        ),
    ),
)  # fmt: skip
