"""Help for the pages about accounts, roles, machine clients and lent authority."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="your-account",
        title=_("Your account and signing in"),
        area=Area.WORK,
        pages=(
            "accounts:sign-in", "accounts:second-factor*", "accounts:more", "accounts:account", "accounts:password",
            "accounts:recovery-codes", "accounts:end-session", "accounts:language",
        ),
        purpose=_(
            "You sign in with a password and a code from an app, see where else you are signed in, and find every page that your role may "
            "start from."
        ),
        use=_(
            "Open your name at the top for your sessions, password and recovery codes; end a session that you do not know and tell your "
            "service desk. More lists the pages that do not fit into the menu. If you hold several roles, switch at the top: your rights "
            "add up, the menu and your home page follow the role in which you act."
        ),
        clauses=(
            Clause(
                Section.IN_THE_POLICE,
                _(
                    "Whoever uses this information must be known, trained in the system and allowed it; what they do stands under their "
                    "own name."
                ),
                ("R22", "R41"),
            ),
        ),
    ),
    Topic(
        slug="users-and-roles",
        title=_("Users, units and agencies"),
        area=Area.SYSTEM,
        pages=("accounts:user", "accounts:user-*", "accounts:organisation*", "accounts:agency-new", "accounts:unit*"),
        purpose=_(
            "An administrator keeps who works here, in which unit and role, until when their training and vetting count, and which "
            "agencies there are."
        ),
        use=_(
            "Record a renewal on the person's page as soon as it is known: case files close on the day after the last one. Somebody who "
            "leaves is closed, never deleted, after their work was handed over. Telephone numbers of forces and units are what others see "
            "who find a record of yours, so keep them true."
        ),
        clauses=(
            Clause(
                Section.RETENTION,
                _("Managers make sure that staff are trained in the rules of each system before they use it, and keep to them."),
                ("R22", "R41"),
            ),
        ),
    ),
    Topic(
        slug="machine-clients",
        title=_("Machine clients of agencies"),
        area=Area.SYSTEM,
        pages=("accounts:client*",),
        purpose=_("A force lets in the program of an agency: what it may do, from which networks, and until when."),
        use=_(
            "Give a client no more than its agency's agreement covers. Its secret is shown once; during a change the old one works for a "
            "while. Suspend a client at once when something is wrong, and revoke it when it is no longer needed."
        ),
        clauses=(
            Clause(
                Section.AGENCIES,
                _("What goes between police and agencies rests on what both agreed, and can be traced afterwards."),
                ("R24", "R32"),
            ),
        ),
    ),
    Topic(
        slug="delegations",
        title=_("Lending authority"),
        area=Area.SHARING,
        pages=("accounts:delegation*",),
        purpose=_(
            "A superintendent may lend another officer the authority to decide whether somebody is told of a person at category 1, "
            "level 1."
        ),
        use=_(
            "Say to whom, for which unit and until when. The lender stays responsible, is told of each decision that was made in their "
            "name, and can take the authority back at any time. Everybody sees what they lent and were lent."
        ),
        clauses=(
            Clause(
                Section.PUBLIC,
                _(
                    "At category 1, level 1 a superintendent answers for telling a member of the public. The daily decision may be passed "
                    "on; the responsibility may not."
                ),
                ("R29",),
            ),
        ),
    ),
)  # fmt: skip
