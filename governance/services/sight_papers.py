"""Papers that say who could have seen a record: issued with a digest and a keyed seal, and checked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from governance.documents.could_see import sight_paper
from governance.models import SightPaper
from governance.reports.could_see import sight_on
from offenders.models import Nominal

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another


@dataclass(frozen=True)
class Checked:
    """What checking a paper found: its row, whether the seal is this installation's, and whether a file is the one handed out."""

    paper: SightPaper
    is_sealed: bool
    is_same_file: bool | None


def seal_of(paper: SightPaper, secret: str | bytes | None = None) -> str:
    """Return the keyed digest of what a paper says about itself and of the digest of its content."""
    said = f"{paper.code}|{paper.nominal}|{paper.day.isoformat()}|{paper.made_at.isoformat()}|{paper.content_sha256}"
    return salted_hmac("governance.SightPaper", said, secret=secret, algorithm="sha256").hexdigest()


@transaction.atomic
def issue_paper(*, actor: User, nominal: Nominal, day: date) -> tuple[SightPaper, bytes]:
    """Reconstruct a day, put it on paper, and keep the digests. Return the row and the file."""
    authorise(actor, Perm.REVIEW_ACCESS)
    sight = sight_on(nominal, day)
    code = f"WS-{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"
    paper = SightPaper(
        code=code, force=actor.organisation, nominal=nominal.pk, day=day, made_by=actor, made_at=sight.made_at, people=len(sight.seers),
        content_sha256=sight.digest,
    )  # fmt: skip
    paper.seal = seal_of(paper)
    file = sight_paper(paper, sight)
    paper.file_sha256 = sha256(file).hexdigest()
    paper.save(force_insert=True)
    record_event(Verb.PRINTED, nominal, page="WhoCouldSee", on=day.isoformat(), paper=code, sha256=paper.file_sha256)
    return paper, file


def check_paper(*, actor: User, code: str, file: bytes | None = None) -> Checked:
    """Find a paper by its code, check its seal, and compare a file with the one that was handed out."""
    authorise(actor, Perm.REVIEW_ACCESS)
    paper = SightPaper.objects.for_user(actor).filter(code=code.strip().upper()).select_related("made_by").first()
    if paper is None:
        raise DomainError("No paper with this code was issued here. Check the code.", field="code")
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    is_sealed = any(compare_digest(seal_of(paper, secret), paper.seal) for secret in secrets)
    is_same_file = None if file is None else compare_digest(sha256(file).hexdigest(), paper.file_sha256)
    record_event(Verb.VIEWED, paper, act="Paper checked", sealed=is_sealed, same_file=is_same_file)
    return Checked(paper, is_sealed, is_same_file)
