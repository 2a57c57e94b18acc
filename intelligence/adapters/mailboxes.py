"""One conversation with a mailbox over IMAP: what waits there, its bytes, and how it is marked once it is stored."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_noop
from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

SECONDS = 30
TAKEN, REFUSED = "VigilTaken", "VigilRefused"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
IMPLICIT, START, NONE = "implicit", "starttls", "none"

NO_LOGIN = gettext_noop("The server refused the user name or the password.")
NO_TRUST = gettext_noop("The server's certificate is not trusted, or it offers no encryption.")
NO_ANSWER = gettext_noop("The server cannot be reached, or broke off.")
NO_MAIL = gettext_noop("The server did not hand over a mail that it lists. It is tried again.")
NO_FOLDER = gettext_noop("The server has no such folder, or refused a command.")
NOT_SAFE = gettext_noop("The settings ask for no encryption on a way that leaves this machine.")
WRONG_SETTINGS = gettext_noop("The settings of the mailbox are incomplete: host, user and password are needed.")


class MailboxError(Exception):
    """The mailbox could not be worked with. Holds no words of the server and no password."""


class MailRefused(MailboxError):
    """The server does not hand over one mail; the others are not concerned."""


@dataclass(frozen=True)
class Waiting:
    """A mail that waits in a mailbox."""

    uid: int
    size: int


class Mailbox:
    """An open mailbox. Reading changes nothing in it: only `mark` does."""

    def __init__(self, box: BaseMailBox, settings: Mapping[str, Any]) -> None:
        self.box = box
        self.folders = {TAKEN: settings.get("taken_folder", ""), REFUSED: settings.get("refused_folder", settings.get("taken_folder", ""))}
        self.validity = int(box.folder.status(settings.get("folder", "INBOX"), ["UIDVALIDITY"])["UIDVALIDITY"])

    def waiting(self) -> list[Waiting]:
        """Return what nobody has taken, oldest first."""
        wanted = "ALL" if all(self.folders.values()) else f"UNKEYWORD {TAKEN} UNKEYWORD {REFUSED}"
        uids = self.box.uids(f"{wanted} UNDELETED")
        if not uids:
            return []
        _, answers = self.box.client.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)")
        found = [read_size(answer) for answer in answers]
        return sorted((each for each in found if each), key=lambda each: each.uid)

    def content(self, uid: int, *, only_header: bool = False) -> bytes:
        """Return the bytes of a mail, or of its header alone; MailRefused when the server does not hand it over."""
        try:
            _, answers = self.box.client.uid("FETCH", str(uid), "(BODY.PEEK[HEADER])" if only_header else "(BODY.PEEK[])")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise MailRefused(NO_MAIL) from error
        pieces = [answer[1] for answer in answers if isinstance(answer, tuple)]
        if not pieces:
            raise MailRefused(NO_MAIL)
        return bytes(pieces[0])

    def mark(self, uids: list[int], word: str) -> None:
        """Move mails to the folder that the settings name for this, or else mark them where they lie."""
        wanted = [str(uid) for uid in uids]
        if not wanted:
            return
        if folder := self.folders[word]:
            self.box.move(wanted, folder)
        else:
            self.box.flag(wanted, word, True)  # noqa: FBT003 - the library's own


def read_size(answer: Any) -> Waiting | None:
    """Return number and size of one line of the server's answer."""
    words = answer.decode("ascii", "replace").replace("(", " ").replace(")", " ").split() if isinstance(answer, bytes) else []
    told = dict(pairwise(words))
    is_whole = told.get("UID", "").isdigit() and told.get("RFC822.SIZE", "").isdigit()
    return Waiting(int(told["UID"]), int(told["RFC822.SIZE"])) if is_whole else None


@contextmanager
def opened(settings: Mapping[str, Any]) -> Iterator[Mailbox]:
    """Open the mailbox that the settings describe; MailboxError, in words for the operator, when that or anything after it fails."""
    try:
        with connect(settings).login(settings["user"], settings["password"], settings.get("folder", "INBOX")) as box:
            yield Mailbox(box, settings)
    except KeyError as error:
        raise MailboxError(WRONG_SETTINGS) from error
    except MailboxLoginError as error:
        raise MailboxError(NO_LOGIN) from error
    except ssl.SSLError as error:
        raise MailboxError(NO_TRUST) from error
    except (imaplib.IMAP4.abort, OSError, EOFError) as error:
        raise MailboxError(NO_ANSWER) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise MailboxError(NO_FOLDER) from error


def connect(settings: Mapping[str, Any]) -> BaseMailBox:
    """Return a connection over TLS with a certificate that is checked; without it only within this machine."""
    host, kind = str(settings["host"]), settings.get("tls", IMPLICIT)
    if kind == NONE:
        if host not in LOOPBACK:
            raise MailboxError(NOT_SAFE)
        return MailBoxUnencrypted(host, int(settings.get("port", 143)), timeout=SECONDS)
    context = ssl.create_default_context(cafile=settings.get("ca_file") or None)
    if kind == START:
        return MailBoxStartTls(host, int(settings.get("port", 143)), timeout=SECONDS, ssl_context=context)
    return MailBox(host, int(settings.get("port", 993)), timeout=SECONDS, ssl_context=context)
