"""The leak check: open text that may repeat what is kept apart is held up once, in the same words whatever it was.

Confidential text is not read for it. When a section is saved, keyed digests of its telling marks are kept; open text is cut into marks the
same way, and digests are compared, those of one record only. Callers are the forms; see docs/decisions/0010-leak-check.md.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.permissions import Perm
from actions.services import tell
from audit.choices import Verb
from audit.models import Event
from audit.services import record_event
from offenders.models import ConfidentialSection, Document, DocumentFile, Nominal, SectionFingerprint
from offenders.models.nominal import NominalPart
from offenders.rules.leaks import limit_on, marks_to_compare, marks_to_keep

OPEN_TIERS = {Perm.VIEW_CARD, Perm.VIEW_CASE_FILE}
NOT_OPEN = {Document: {"is_privileged": True}, DocumentFile: {"document__is_privileged": True}}  # sealed apart from the case file
ROWS_AT_MOST = 500
WARNED, SAVED = "Warned that a text may repeat what is kept apart", "Saved after a leak warning"
TOLD = gettext_noop("A text was saved after a warning that it may repeat what is kept apart")


def digest(nominal_id: int, mark: str) -> bytes:
    """Return the keyed digest of a mark; it differs from record to record, so that none tells of another."""
    key = settings.LEAK_CHECK_KEY or hmac.digest(settings.SECRET_KEY.encode(), b"leak check", "sha256").hex()
    return hmac.digest(key.encode(), f"{nominal_id}:{mark}".encode(), "sha256")[:16]


def open_texts(nominal: Nominal) -> Iterable[str]:
    """Return what the card and the case file of a record say already: repeating that gives nothing away."""
    yield f"{nominal.reference} {nominal.force} {nominal.unit} {nominal.offender_manager.get_full_name()}"
    for model in apps.get_app_config("offenders").get_models():
        if not issubclass(model, NominalPart) or getattr(model, "read_permission", None) not in OPEN_TIERS:
            continue
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
        if names:
            rows = model._default_manager.filter(nominal=nominal).order_by("-pk")
            rows = rows.exclude(**NOT_OPEN[model]) if model in NOT_OPEN else rows
            for values in rows.values_list(*names)[:ROWS_AT_MOST]:
                yield from (str(value) for value in values if value)


def keep_fingerprints(section: ConfidentialSection) -> None:
    """Keep the digests of what a section says now; those of earlier texts stay. Call it inside row_security."""
    said = f"{section.body}\n{section.originator}\n{section.handling}"
    marks = marks_to_keep(said, open_texts(section.nominal))
    rows = [SectionFingerprint(nominal=section.nominal, section=section, digest=digest(section.nominal_id, mark)) for mark in marks]
    SectionFingerprint.objects.bulk_create(rows, ignore_conflicts=True)


def repeats(nominal: Nominal, texts: Iterable[str]) -> list[bytes]:
    """Return the digests that these texts share with what is kept apart on the record, or on one that was merged into it."""
    keys = nominal.every_key
    wanted = {digest(key, mark) for text in texts for mark in marks_to_compare(text) for key in keys}
    shared = SectionFingerprint.objects.filter(nominal__in=keys, digest__in=wanted) if wanted else SectionFingerprint.objects.none()
    return [bytes(each) for each in shared.values_list("digest", flat=True).distinct()]


def may_leak(*, actor: User, nominal: Nominal, texts: Iterable[str]) -> bool:
    """Say whether the writer must look again before these texts are saved.

    After too many warnings in an hour on one record the answer is always yes: it then tells nothing about a text.
    """
    limit = limit_on(timezone.localdate())
    warned = Event.objects.filter(actor=actor, verb=Verb.REFUSED, at__gt=timezone.now() - limit.within)
    is_tired = warned.filter(detail__act=WARNED, detail__record=nominal.pk).count() >= limit.warnings
    return bool(repeats(nominal, texts)) or is_tired


def passages_that_may_leak(*, actor: User, nominal: Nominal, texts: Sequence[str]) -> list[bool]:
    """Say of each passage of a text whether the writer must look at it again; of all where it cannot be said of which."""
    if not may_leak(actor=actor, nominal=nominal, texts=texts):
        return [False] * len(texts)
    shared, keys = set(repeats(nominal, texts)), nominal.every_key
    met = [any(digest(key, mark) in shared for mark in marks_to_compare(text) for key in keys) for text in texts]
    return met if any(met) else [True] * len(texts)


@transaction.atomic
def record_warning(*, actor: User, nominal: Nominal, page: str) -> None:
    """Note that somebody was warned. The event is not the record's own: who reads its access log must not learn of it."""
    record_event(Verb.REFUSED, None, act=WARNED, record=nominal.pk, page=page)


@transaction.atomic
def record_saved_after_warning(*, actor: User, nominal: Nominal, texts: Iterable[str], page: str) -> None:
    """Note that somebody saved after a warning, and tell the owners of what the text may repeat: that, and nothing more."""
    record_event(Verb.CHANGED, None, act=SAVED, record=nominal.pk, page=page)
    owners = {owner for key in nominal.every_key for owner in owners_of(key, repeats(nominal, texts))}
    tell(actor=actor, people=User.objects.filter(pk__in=owners), text=TOLD, nominal=nominal.pk, route="offenders:confidential")


def owners_of(nominal: int, digests: list[bytes]) -> list[int]:
    """Return who owns the sections of a record to which these digests belong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigil_owners_of_fingerprints(%s, %s)", [nominal, digests])
        return [owner for (owner,) in cursor.fetchall()]
