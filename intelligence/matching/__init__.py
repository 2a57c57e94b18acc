"""Matching what a border said about a traveller with the nominals. See docs/matching.md."""

from intelligence.matching.facts import AlertFacts, Candidate, Match, Reason, Verdict
from intelligence.matching.match import match_alerts

__all__ = ["AlertFacts", "Candidate", "Match", "Reason", "Verdict", "match_alerts"]
