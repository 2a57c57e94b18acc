"""Layout "report": text with a label and a value on each line, as people and systems write it into a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from intelligence.parsing import Content, Deadline, Limits, ParsedAlert, Unreadable
from intelligence.parsing.characters import lines_of
from intelligence.parsing.facts import ONE_OF_THESE, fact_of, make_alert

Pairs = list[tuple[str, str]]
NO_REPORT = gettext_noop("No report was found in the text: it needs lines such as “Surname: …”.")
# "Surname: SAMPLE", "Surname = SAMPLE", "Surname ..... SAMPLE", "Surname<tab>SAMPLE"; perhaps quoted with ">", or marked with "-".
LINE = re.compile(r"[>\s*•-]*(?P<label>[A-Za-z][A-Za-z. /()'-]{0,50}?)\s*(?::|=|\.{3,}|\t)[ \t]*(?P<value>.*)")
CLOCK = re.compile(r"\s*\(.*\)$")
HEADERS = {"from", "sent", "to", "cc", "subject", "date"}
LEAST_FACTS = 2
MOST_LINES = 5_000


class Report:
    """Reads one report, or several that each begin with a name."""

    name = "report"
    version = 1

    def reads(self, content: Content) -> bool:
        """Whether a name stands behind a label somewhere at the beginning."""
        return next(reports_in(first_lines(content)), None) is not None

    def read(self, content: Content, limits: Limits) -> Iterator[ParsedAlert]:
        """Yield the reports of the text."""
        deadline, number = Deadline(limits.seconds), 0
        for number, (line, pairs) in enumerate(reports_in(lines_of(content)), start=1):
            deadline.check()
            if number > limits.rows:
                raise Unreadable(f"There are more than {limits.rows:,} reports in it.")
            yield make_alert(line, pairs, localdate())
        if not number:
            raise Unreadable(NO_REPORT)


def first_lines(content: Content) -> Iterator[str]:
    """Yield as many lines as a text of one report may have."""
    try:
        for number, line in enumerate(lines_of(content)):
            if number > MOST_LINES:
                return
            yield line
    except Unreadable:
        return


def reports_in(lines: Iterator[str]) -> Iterator[tuple[int, Pairs]]:
    """Yield each report with the number of its first line. A name after a name that was given already begins the next one."""
    begun, pairs, facts = 0, Pairs(), set[str]()
    for number, label, value in labelled(lines):
        fact = fact_of(label)
        if fact in ONE_OF_THESE and fact in facts and (label, value) not in pairs:
            if is_report(facts):
                yield begun, pairs
            begun, pairs, facts = 0, Pairs(), set[str]()
        if fact:
            begun = begun or number
            facts.add(fact)
        pairs.append((label, value))
    if is_report(facts):
        yield begun, pairs


def is_report(facts: set[str]) -> bool:
    """Whether these facts make a report: a name and something about it."""
    return bool(facts & ONE_OF_THESE) and len(facts) >= LEAST_FACTS


def labelled(lines: Iterator[str]) -> Iterator[tuple[int, str, str]]:
    """Yield number, label and value of each such line; the header of a forwarded message is left out."""
    for block in blocks(lines):
        if not is_forwarded_header(block):
            yield from block


def blocks(lines: Iterator[str]) -> Iterator[list[tuple[int, str, str]]]:
    """Yield the labelled lines between blank ones."""
    block: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip(" \t\r\n>"):
            yield block
            block = []
        elif found := LINE.match(line.rstrip("\r\n")[:2000]):
            block.append((number, CLOCK.sub("", found["label"]), found["value"].strip()))
    yield block


def is_forwarded_header(block: list[tuple[int, str, str]]) -> bool:
    """Whether these lines are From, To, Subject and the like, and not about a person who travels from and to somewhere."""
    labels = {label.lower() for _, label, _ in block}
    return "subject" in labels and len(labels & HEADERS) >= 3
