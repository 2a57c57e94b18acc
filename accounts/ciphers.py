"""Keeping what must be read again out of sight of whoever reads the database alone: encrypted under keys made from the server's own."""
from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

WEBHOOKS, SEEDS = b"webhooks of agencies ", b"seeds of authenticator apps "


def cipher_for(purpose: bytes) -> MultiFernet:
    """Return what writes under a key for this purpose alone, and reads what earlier keys of the server wrote too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = [hashlib.sha256(purpose + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
