"""Scores the people behind the names found, and says in words why each is there."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rapidfuzz.fuzz import token_sort_ratio

from offenders.choices import NameKind
from offenders.search.births import Agreement, Birth, compare_births
from offenders.search.candidates import Candidate
from offenders.search.spellings import Group, Match
from offenders.search.words import forms_of, words_of
from ui.languages import StrOrPromise

# Shares of the name's score: how much of what was asked is there, how alike the whole looks, how little else there is.
ASKED, ALIKE, NOTHING_ELSE = 0.75, 0.2, 0.05
STEEP = 3  # a word that is only rather alike counts for far less than one that nearly is it
BIRTH = 0.4
BEHIND = 0.01
LEAST = 0.4
WORTH_SHOWING = 0.6  # of the best score
POOR = 0.75  # below this best score a second look at the vocabulary is worth its time


@dataclass(frozen=True)
class Scored:
    """One person who may be meant, by one name."""

    candidate: Candidate
    score: float
    found: list[Match | None]
    agreement: Agreement


def rank(candidates: list[Candidate], groups: list[Group], birth: Birth | None) -> list[Scored]:
    """Return the people, likeliest first, each with the best of their names; too unlikely ones are left out."""
    asked = " ".join(group.word for group in groups)
    best: dict[int, Scored] = {}
    for candidate in candidates:
        scored = score(candidate, groups, asked, birth)
        known = best.get(candidate.nominal_id)
        if scored.score >= LEAST and (known is None or scored.score > known.score):
            best[candidate.nominal_id] = scored
    ordered = sorted(best.values(), key=lambda person: (-round(person.score, 6), person.candidate.nominal_id))
    return [person for person in ordered if person.score >= WORTH_SHOWING * ordered[0].score]


def score(candidate: Candidate, groups: list[Group], asked: str, birth: Birth | None) -> Scored:
    """Score one name, and the dates of birth of its bearer."""
    found = matches(candidate, groups)
    name = name_score(candidate, groups, found, asked) if groups else LEAST
    agreement = compare_births(birth, candidate.births) if birth else Agreement(0, "")
    return Scored(candidate, name + BIRTH * agreement.weight, found, agreement)


def matches(candidate: Candidate, groups: list[Group]) -> list[Match | None]:
    """Return for each word asked for the best word of the name that no other has taken."""
    best: list[Match | None] = [None] * len(groups)
    options = [(match.weight, at, match) for at, group in enumerate(groups) for match in present(candidate.tokens, group)]
    taken: set[int] = set()
    for _weight, at, match in sorted(options, key=lambda option: (-option[0], option[1])):
        if best[at] is None and (match.how == "written together" or not taken.intersection(match.ids)):
            best[at] = match
            taken.update(match.ids)
    return best


def present(tokens: list[int], group: Group) -> Iterable[Match]:
    """Yield what the name holds of everything that the word may stand for."""
    yield from (group.near[token] for token in tokens if token in group.near)
    yield from (match for match in group.split if all(key in tokens for key in match.ids))


def name_score(candidate: Candidate, groups: list[Group], found: list[Match | None], asked: str) -> float:
    """Score a name from 0 to 1; of equals, the main name of a record comes before its others."""
    worth = [match.rarity if match else group.rarity for group, match in zip(groups, found, strict=True)]
    there = sum(match.weight**STEEP * value for match, value in zip(found, worth, strict=True) if match)
    words = [*words_of(candidate.given_names), *words_of(candidate.surname)]
    matched = [match.text for match in found if match]
    alike = token_sort_ratio(asked, " ".join(matched)) / 100
    used = sum(len(match.ids) for match in found if match)
    behind = BEHIND * (candidate.kind != NameKind.PRIMARY)
    return ASKED * there / sum(worth) + ALIKE * alike + NOTHING_ELSE * min(1, used / max(1, len(words))) - behind


HOW = {
    "equal": _("{part} equal"),
    "spelling": _("{part} spelt nearly alike"),
    "sound": _("{part} sounds alike"),
    "short form": _("{part} is a short or full form"),
    "written apart": _("{part} written apart"),
    "written together": _("{part} written together"),
}


def explain(person: Scored, groups: list[Group]) -> list[StrOrPromise]:
    """Say why this person is there: which name, which words of it, which date."""
    said: list[StrOrPromise] = [NameKind(person.candidate.kind).label] if groups and person.candidate.kind != NameKind.PRIMARY else []
    if person.found and all(match and match.how == "equal" for match in person.found):
        said.append(_("Name equal"))
    else:
        surname = forms_of(person.candidate.surname)
        said += [in_words(match, surname) for match in person.found if match]
    if person.agreement.reason:
        said.append(person.agreement.reason)
    return list(dict.fromkeys(said))


def in_words(match: Match, surname: set[str]) -> StrOrPromise:
    """Say how one word matched."""
    if match.how == "initial":
        return _("Initial equal")
    return format_lazy(HOW[match.how], part=_("Surname") if match.text in surname else _("Given name"))
