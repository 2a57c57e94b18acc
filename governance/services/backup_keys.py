"""The keys of an installation in a backup, encrypted by a passphrase that is kept elsewhere."""

from __future__ import annotations

import base64
import json
import secrets

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from accounts.errors import DomainError

SHORTEST_PASSPHRASE = 16
SALT_BYTES = 16
# As OWASP asks of scrypt for passwords: about 128 MB and a second for each guess.
COST, BLOCK, PARALLEL = 2**17, 8, 1


def keys_of_installation() -> dict[str, str]:
    """Return each key that the environment gives, by its name, as the environment takes it; several are one text with commas."""
    given = {name: getattr(settings, name, "") for name in settings.BACKUP_KEYS}
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in given.items() if value}


def seal_keys(keys: dict[str, str], passphrase: str) -> bytes:
    """Encrypt keys; whoever has the backup and not the passphrase learns nothing of them."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise DomainError("BACKUP_PASSPHRASE is too short: at least {shortest} characters.", shortest=SHORTEST_PASSPHRASE)
    salt = secrets.token_bytes(SALT_BYTES)
    return base64.b64encode(salt) + b"\n" + cipher(passphrase, salt).encrypt(json.dumps(keys).encode()) + b"\n"


def open_keys(sealed: bytes, passphrase: str) -> dict[str, str]:
    """Decrypt keys of a backup."""
    try:
        salt, token = sealed.split()
        opened: dict[str, str] = json.loads(cipher(passphrase, base64.b64decode(salt)).decrypt(token))
    except (InvalidToken, ValueError) as error:
        raise DomainError("BACKUP_PASSPHRASE does not open the backup's keys. Use the passphrase that was set when it was made.") from error
    return opened


def cipher(passphrase: str, salt: bytes) -> Fernet:
    """Return the cipher of a passphrase."""
    key = Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=PARALLEL).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))
