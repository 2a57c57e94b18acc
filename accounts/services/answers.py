"""An act that is sent twice is done once: the answer is kept under the key that the client chose."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import KeptAnswer

if TYPE_CHECKING:
    from accounts.models import User

OTHER_BODY = gettext_noop("This Idempotency-Key was used for another request. Send a new key with a new request.")


@dataclass(frozen=True)
class Answer:
    """What is answered, and whether it was answered before."""

    status: int
    body: Any
    is_repeated: bool = False


@transaction.atomic
def answer_once(*, actor: User, key: str, digest: str, act: Callable[[], tuple[int, Any]]) -> Answer:
    """Do the act of this service account and keep its answer, or return the answer that is kept under the key.

    The act runs in the transaction that takes the key. A second request with the same key waits for it: the unique
    constraint holds it back until the first has its answer, or has failed and left nothing.
    Raises DomainError when the key stands for another request.
    """
    client = actor.api_client
    KeptAnswer.objects.filter(client=client, key=key, made_at__lte=now() - KeptAnswer.KEPT_FOR).delete()
    row, is_new = KeptAnswer.objects.get_or_create(client=client, key=key, defaults={"digest": digest, "status": 0, "answer": {}})
    if is_new:
        row.status, row.answer = act()
        row.save(update_fields=["status", "answer"])
        return Answer(row.status, row.answer)
    if row.digest != digest:
        raise DomainError(OTHER_BODY)
    return Answer(row.status, row.answer, is_repeated=True)


def delete_old_answers() -> int:
    """Remove answers that are kept no longer; return how many."""
    return int(KeptAnswer.objects.filter(made_at__lte=now() - KeptAnswer.KEPT_FOR).delete()[0])
