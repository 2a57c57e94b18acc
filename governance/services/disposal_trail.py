"""The one place where governance asks the log to forget words: who did what and when stays."""

from __future__ import annotations

import uuid

from audit.disposing import Going
from audit.erasing import ErasedCounts, erase_rows, erase_trail


def erase_from_log(going: Going, disposal: uuid.UUID) -> ErasedCounts:
    """Take the content out of the trail and the change log of all that goes, in the transaction of the disposal."""
    rows = {model._meta.label_lower: sorted(keys) for model, keys in going.rows.items() if keys}
    counts = [*(erase_trail(key, disposal) for key in going.keys), erase_rows(rows, disposal)]
    return ErasedCounts(sum(each.events for each in counts), sum(each.entries for each in counts))
