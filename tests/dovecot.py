"""The mail server of the tests: Debian's Dovecot on loopback, without rights, with a folder and a certificate of its own."""

from __future__ import annotations

import grp
import os
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from imap_tools import MailBox

from config.processes import free_port, port_is_free, wait_for
from tests.debian import program_path, unprivileged

USER, PASSWORD = "travel", "an-invented-password"
SECONDS = 60
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail/%u
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Taken {{
    auto = create
  }}
  mailbox Refused {{
    auto = create
  }}
}}
"""


class MailServer:
    """A running server with one mailbox."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain, self.secure = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner, self.rights = unprivileged()
        self.delivered = 0

    def settings(self, **changes: Any) -> dict[str, Any]:
        """How Vigil reaches it."""
        certificate = str(self.folder / "certificate.pem")
        usual = {"host": "localhost", "port": self.secure, "user": USER, "password": PASSWORD, "ca_file": certificate}
        return {**usual, **changes}

    def prepare(self) -> None:
        """Write configuration, certificate and mailbox."""
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes"]
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "certificate.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", *subject, *files],
                       check=True, capture_output=True)  # fmt: skip
        group = grp.getgrgid(self.owner.pw_gid).gr_name
        names = {"owner": self.owner.pw_name, "group": group, "uid": self.owner.pw_uid, "gid": self.owner.pw_gid}
        text = CONFIGURATION.format(folder=self.folder, plain=self.plain, secure=self.secure, **names)
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        (self.folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        for name in ("new", "cur", "tmp"):
            (self.inbox / name).mkdir(parents=True)
        if not os.geteuid():
            for path in [self.folder, *self.folder.rglob("*")]:
                shutil.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    @property
    def inbox(self) -> Path:
        """The folder of the mailbox."""
        return self.folder / "mail" / USER

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [program_path("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")]
        nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **nowhere, **self.rights)
        wait_for(lambda: not port_is_free(self.secure) or self.process.poll() is not None, SECONDS)
        if self.process.poll() is not None:
            log = self.folder / "log"
            raise RuntimeError(f"Dovecot did not start: {log.read_text(encoding='utf-8')[-1500:] if log.exists() else 'no log'}")

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.terminate()
            self.process.wait(SECONDS)
            self.process = None

    def deliver(self, content: bytes) -> None:
        """Put a mail into the mailbox, byte for byte."""
        self.delivered += 1
        name = f"{self.delivered:08}.invented"
        written = self.inbox / "tmp" / name
        written.write_bytes(content)
        if not os.geteuid():
            shutil.chown(written, self.owner.pw_uid, self.owner.pw_gid)
        written.rename(self.inbox / "new" / name)

    def empty(self) -> None:
        """Take every mail away, as another reader would, so that numbers are never used twice."""
        with self.connection() as box:
            for folder in ("INBOX", "Taken", "Refused"):
                box.folder.set(folder)
                box.delete(box.uids("ALL"))

    def flags(self) -> list[str]:
        """The marks of Vigil on the mails of the mailbox."""
        with self.connection() as box:
            found = box.fetch("ALL", mark_seen=False, headers_only=True)
            return [flag for each in found for flag in each.flags if flag.startswith("Vigil")]

    def count(self, folder: str = "INBOX") -> int:
        """How many mails a folder holds."""
        with self.connection() as box:
            box.folder.set(folder)
            return len(box.uids("ALL"))

    def connection(self) -> MailBox:
        """A connection of somebody else's."""
        context = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        return MailBox("localhost", self.secure, ssl_context=context).login(USER, PASSWORD)


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    """Run a server until the block ends."""
    with tempfile.TemporaryDirectory(prefix="vigil-mail-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = MailServer(folder)
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop()
