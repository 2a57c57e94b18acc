"""Help for the pages about what there is to do, clocks and notifications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ui.help import Area, Clause, Section, Topic

TOPICS = (
    Topic(
        slug="actions",
        title=_("Actions and their clocks"),
        area=Area.WORK,
        pages=(
            "actions:action", "actions:action-list", "actions:counters", "actions:officer*", "actions:hand-over", "actions:pause*",
            "actions:resume", "actions:extend", "actions:extension-withdraw", "actions:change-date", "actions:cancel",
        ),
        purpose=_(
            "Everything that somebody has to do stands here with its owner and the day by which it is due, and how that day was reckoned."
        ),
        use=_(
            "Open an action to do it, or to see what it waits for. Whoever may assign hands it over, lets its clock stand still or gives "
            "more time, each with a reason that stays. What is late shows first and goes up to the supervisor by itself."
        ),
        clauses=(
            Clause(
                Section.ROUTINE,
                _("When somebody learns something about a person on record, it must be settled what happens next and who answers for it."),
                ("R11", "R42"),
            ),
            Clause(Section.OVERVIEW, _("Response and neighbourhood officers can be given actions of a plan and report back."), ("R2",)),
        ),
    ),
    Topic(
        slug="notifications",
        title=_("Notifications"),
        area=Area.WORK,
        pages=("actions:notification-list", "actions:unread"),
        purpose=_("What you were told: by a flag on a record, by a colleague who handed something over, by a clock that runs out."),
        use=_(
            "Open a notification to go to what it is about; that marks it as read. Nobody is told of a record of which they may not know, "
            "so two colleagues may have different ones."
        ),
        clauses=(
            Clause(
                Section.OVERVIEW,
                _("Events about a person on record reach those who have to know of them, by settings that are looked at again."),
                ("R3", "R42"),
            ),
        ),
    ),
    Topic(
        slug="clock-rules",
        title=_("Clock rules and holidays"),
        area=Area.SYSTEM,
        pages=("actions:rule", "actions:rule-*", "actions:holiday-*"),
        purpose=_("How long each thing may take, from when until when a rule counts, where it comes from, and which days do not count."),
        use=_(
            "Everybody may read why a date is what it is. An administrator changes a rule from a day in the future with its source; what "
            "began under the old rule keeps it. Holidays are kept for each nation."
        ),
        clauses=(
            Clause(
                Section.RETENTION,
                _("Staff follow protocols for managing information, which must be known, dated and the same for everybody."),
                ("R42",),
            ),
        ),
    ),
)  # fmt: skip
