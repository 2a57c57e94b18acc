"""A thousand and more ways of tampering with the sealed log as the owner of its tables, with the triggers off: every one is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.seals.verifying import verify_trail
from tests.audit.making_seals import make_sealed_log, on_this_connection
from tests.audit.tampering import HANDS, Log, try_hand

SEEDS = 70


@pytest.mark.django_db
def test_no_hand_stays_unseen(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    for module in ("sealing", "verifying"):
        monkeypatch.setattr(f"audit.seals.{module}.as_audit_role", on_this_connection)
    make_sealed_log(60)
    anchor = Path(settings.AUDIT_ANCHOR_FILE)
    assert verify_trail(anchor=anchor).finding is None

    tried, missed, kinds = 0, [], set()
    for seed in range(SEEDS):
        log = Log(seed)
        for hand in HANDS:
            statements, outcome = try_hand(hand, log, anchor)
            tried += 1
            if outcome.finding is None:
                missed.append((hand.__name__, statements))
            else:
                kinds.add(str(outcome.finding.fault))

    assert verify_trail(anchor=anchor).finding is None  # each was taken back
    assert missed == []
    assert tried >= 1_000
    assert {"changed", "removed", "inserted", "reordered", "seal changed", "chain broken", "cut off", "key lost"} <= kinds
