"""After a change of SECRET_KEY: what is kept encrypted is encrypted anew, so that the earlier key can go."""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.db import models, transaction

from accounts.ciphers import SEEDS, WEBHOOKS, cipher_for
from accounts.models import Authenticator, User
from audit.choices import Verb
from audit.services import record_event
from sharing.models import Webhook

KEPT: tuple[tuple[type[models.Model], str, bytes], ...] = ((Authenticator, "key", SEEDS), (Webhook, "kept_secret", WEBHOOKS))


@transaction.atomic
def renew_secrets(*, actor: User | None) -> tuple[int, int]:
    """Encrypt all of it under the present key. Return how many there were, and how many no key of the settings opens."""
    done = lost = 0
    for model, column, purpose in KEPT:
        cipher = cipher_for(purpose)
        for row in model._base_manager.select_for_update(of=("self",)):
            try:
                setattr(row, column, cipher.rotate(getattr(row, column).encode()).decode())
            except InvalidToken:
                lost += 1
            else:
                row.save(update_fields=[column])
                done += 1
    record_event(Verb.CHANGED, what="kept secrets encrypted anew", done=done, lost=lost)
    return done, lost
