"""Help for the pages about the log of what everybody does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="the-log",
        title=_("Activity and the seal of the log"),
        area=Area.GOVERNANCE,
        pages=("audit:event", "audit:event-list", "audit:seal*"),
        purpose=_(
            "An auditor reads who looked at, searched, changed, printed or sent what, and proves that nothing was taken out of the log or "
            "altered."
        ),
        use=_(
            "Narrow the list by person, record, kind, way or words of a reason, and open an entry to see all of it. On the page of the "
            "seal start a check: it goes through the whole log and names the first place that does not fit. Your own reading is recorded "
            "too."
        ),
        clauses=(
            Clause(
                Section.SHARING,
                _(
                    "Whoever shares or uses information about offenders must be able to account for it, so each use is recorded with "
                    "person and reason."
                ),
                ("R41",),
            ),
            Clause(Section.RECORDING, _(
                "Records must be complete and right; handling them wrongly has consequences for people."
            ), ("R41",)),
        ),
    ),
)  # fmt: skip
