"""What becomes of each table of actions when a record is disposed of."""

from audit.disposing import Declared, Goes, Stays

RULE = Stays("dated rules and calendars")

DISPOSAL: Declared = {
    "Action": Goes(keyed="nominal", is_about=True),
    "ActionPause": Goes(),
    "ActionExtension": Goes(),
    "Notification": Goes(keyed="nominal"),
    "Occurrence": Goes(keyed="nominal", is_about=True),
    "ClockRule": RULE,
    "BankHoliday": RULE,
}
