"""Help for the pages of help."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="help",
        title=_("Help, and why something does not open"),
        area=Area.WORK,
        pages=("guide:*",),
        purpose=_(
            "What each page is for, which part of the national guidance stands behind it, and what to do when something does not open."
        ),
        use=_(
            "Help with this page stands at the foot of each page. When a page says that it is not there or that you cannot do something, "
            "follow Why can’t I see this: it tells what your role opens and who can help. It answers the same whatever you tried to open."
        ),
        clauses=(
            Clause(
                Section.IN_THE_POLICE,
                _("Staff learn how to reach this information and how to use it in managing people who are a danger to others."),
                ("R22",),
            ),
        ),
    ),
)  # fmt: skip
