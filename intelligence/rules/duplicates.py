"""From which weight on two records are worth comparing, and what numbers in common add; powers of two, as in rules.matching."""

from __future__ import annotations

from offenders.choices import IdentifierKind

LEAST = 15.0  # an equal date of birth and a surname that is not among the commonest, whatever the given name; or a number
SHARED_AT_MOST = 5  # records with the same number, at most, for it to tell anything
NUMBER_WEIGHTS: dict[IdentifierKind, float] = {
    IdentifierKind.PNC: 40.0,
    IdentifierKind.CRO: 40.0,
    IdentifierKind.PRISON: 40.0,
    IdentifierKind.PASSPORT: 30.0,
    IdentifierKind.PHONE: 14.0,
}
