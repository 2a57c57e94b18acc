"""Files of nominals: handed in, checked whole by the worker, then stored whole or not at all."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate, now

from accounts.access import authorise, may
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.context import current, in_context
from audit.services import record_event
from offenders.imports.errors import ErrorList, RowError
from offenders.imports.planning import plan_file
from offenders.imports.reading import SUFFIXES
from offenders.imports.storing import store_plan
from offenders.models import Import

RUN_LOCK, FORCE_LOCK = 7_301_002, 7_301_003  # any numbers that no other advisory lock of the application has
State = Import.State
UNFINISHED = (State.WAITING, State.CHECKING, State.STORING)
KEPT_UNSTORED = timedelta(days=7)
GIVE_UP = timedelta(hours=12)
REFUSED_BY_DATABASE = "The database refused the records, and nothing was stored. Check the file again; if it passes, try once more."


@transaction.atomic
def start_import(*, actor: User | None, file: File, unit: Unit | None, is_dry_run: bool = True, is_left_to_worker: bool = True) -> Import:
    """Take in a file for a unit; the worker checks it, and stores it unless `is_dry_run`. An actor of None is the operator."""
    if actor:
        authorise(actor, Perm.IMPORT_NOMINALS)
    unit = own_unit(actor, unit)
    require_acceptable(file)
    imported = Import(force=unit.organisation, unit=unit, uploaded_by=actor, file=file, is_dry_run=is_dry_run)
    imported.file_name, imported.sha256 = PurePath(file.name or "").name[-200:], digest(file)
    imported.file.name = f"nominals{PurePath(imported.file_name).suffix.lower()}"
    imported.save()
    record_event(Verb.CREATED, imported, act="File handed in", sha256=imported.sha256)
    if is_left_to_worker:
        transaction.on_commit(lambda: run_later(imported.pk), robust=True)
    return imported


def own_unit(actor: User | None, unit: Unit | None) -> Unit:
    """Return the unit: a person brings records into their own, the operator into any."""
    if unit is None:
        raise DomainError("Your account belongs to no unit. Ask your force's system administrator to add you to one.", field="file")
    if actor and unit.pk != actor.unit_id:
        raise DomainError("You can import records of your own unit only.", field="file")
    return unit


def require_acceptable(file: File) -> None:
    """The file has a name and a size that can be read."""
    if not (file.name or "").lower().endswith(SUFFIXES):
        raise DomainError("The file must be a .csv or .jsonl file in the documented format.", field="file")
    if not file.size:
        raise DomainError("The file is empty. Choose a file that has a first line with columns and then records.", field="file")
    if file.size > settings.IMPORT_MAX_BYTES:
        raise DomainError("The file must be {most} MB or smaller. Split it.", most=settings.IMPORT_MAX_BYTES // 1024**2, field="file")


def digest(file: File) -> str:
    """Return the SHA-256 of the file."""
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


@transaction.atomic
def store_import(*, actor: User, imported: Import) -> Import:
    """Store a file that was checked and found right; the worker does it."""
    authorise(actor, Perm.IMPORT_NOMINALS, imported)
    locked = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if locked.uploaded_by_id != actor.pk:
        raise DomainError("Only the person who handed the file in can store its records.")
    if locked.state != State.DONE or not locked.is_dry_run or not locked.file:
        raise DomainError("These records are being stored, or cannot be stored. Look at the state on this page.")
    locked.is_dry_run, locked.state, locked.rows_done, locked.finished_at = False, State.WAITING, 0, None
    locked.save()
    record_event(Verb.CHANGED, locked, act="Storing asked for", sha256=locked.sha256)
    transaction.on_commit(lambda: run_later(locked.pk), robust=True)
    return locked


def run_later(import_id: int) -> None:
    """Leave the work to the worker. If the message is lost, `resume_imports` finds the row."""
    from offenders.tasks import run_import  # noqa: PLC0415  (tasks import services)

    run_import.delay(import_id)


def ignore(rows: int) -> None:
    """Report nothing more than what stands in the row of the import."""


def run_import(*, import_id: int, report: Callable[[int], None] = ignore) -> None:
    """Check the file and, unless it is a dry run, store it. Safe to call again and at the same time; reports how far it is."""
    with alone(import_id) as is_alone:
        rows = Import.objects.select_related("force", "unit__organisation", "uploaded_by")
        imported = rows.filter(pk=import_id, state__in=UNFINISHED).first() if is_alone else None
        if imported is None:
            return
        with in_context(replace(current(), user=imported.uploaded_by)):
            check_and_store(imported, report)


@contextmanager
def alone(key: int, lock: int = RUN_LOCK) -> Iterator[bool]:
    """Hold an import, or whatever else the lock is for, against other workers; false when another has it.

    The work takes many transactions, between which a pooler may change the connection to the server. So the lock is held by one
    transaction of a connection of its own; it ends with the block, or with the worker.
    """
    holding = connection.copy()
    try:
        holding.set_autocommit(False)
        with holding.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [lock, key])
            (is_alone,) = cursor.fetchone()
        yield is_alone
    finally:
        holding.close()


def check_and_store(imported: Import, report: Callable[[int], None]) -> None:
    """Do the work; an error anywhere means that nothing is stored."""
    errors = ErrorList()
    if imported.uploaded_by and not may(imported.uploaded_by, Perm.IMPORT_NOMINALS):
        errors.add(RowError(0, "", "Whoever handed the file in may no longer import records."))
    else:
        check(imported, errors, report)
    if errors.count:
        refuse(imported, errors)
    elif imported.is_dry_run:
        finish(imported, State.DONE)
    else:
        store(imported, errors)


def check(imported: Import, errors: ErrorList, report: Callable[[int], None]) -> None:
    """Read the whole file and count what it would do, saying how far it is as it goes."""
    imported.state = State.CHECKING
    imported.rows_done = imported.created_count = imported.updated_count = imported.unchanged_count = 0
    imported.undated_risk_count = imported.undated_mappa_count = 0
    held = ErrorList()
    for plan in plan_file(imported, errors, today=localdate()):
        new = sum(each.known.is_new for each in plan.planned)
        changed = sum(bool(each.rows) for each in plan.planned if not each.known.is_new)
        imported.rows_done += plan.read
        imported.created_count += new
        imported.updated_count += changed
        imported.unchanged_count += len(plan.planned) - new - changed
        imported.undated_risk_count += plan.undated["risk_from"]
        imported.undated_mappa_count += plan.undated["mappa_from"]
        held.add(*plan.held)
        hold_back(imported, held)
        imported.save()
        report(imported.rows_done)
    imported.rows_total = imported.rows_done


def hold_back(imported: Import, held: ErrorList) -> None:
    """Note what is left out of records that are stored."""
    imported.held, imported.held_count = held.as_json(), held.count


def store(imported: Import, errors: ErrorList) -> None:
    """Store everything in one transaction, one import of a force at a time."""
    imported.state = State.STORING
    imported.save()
    try:
        with transaction.atomic():
            store_all(imported, errors)
            if errors.count:
                transaction.set_rollback(True)
    except (IntegrityError, DataError):
        errors.add(RowError(0, "", REFUSED_BY_DATABASE))
    if errors.count:
        refuse(imported, errors)
    else:
        gather_statistics()
        forget_file(imported)


def gather_statistics() -> None:
    """Let the database look at what was stored: until it has, by itself within minutes, it may read whole tables for one page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigil_gather_statistics()")


def store_all(imported: Import, errors: ErrorList) -> None:
    """Plan again, now that nobody else imports into the force, and store."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FORCE_LOCK, imported.force_id])
    created = updated = 0
    held = ErrorList()
    for plan in plan_file(imported, errors, today=localdate(), lock=True):
        if errors.count:
            return
        held.add(*plan.held)
        created += sum(each.known.is_new for each in plan.planned)
        updated += sum(bool(each.rows) for each in plan.planned if not each.known.is_new)
        store_plan(plan.planned)
    imported.created_count, imported.updated_count = created, updated
    imported.unchanged_count = imported.rows_total - created - updated
    hold_back(imported, held)
    counts: dict[str, Any] = {"created": created, "updated": updated, "unchanged": imported.unchanged_count, "held": held.count}
    record_event(Verb.IMPORTED, imported, **counts, sha256=imported.sha256)
    finish(imported, State.DONE)


def refuse(imported: Import, errors: ErrorList) -> None:
    """Say what is wrong; nothing was stored."""
    imported.errors = errors.as_json()
    imported.created_count = imported.updated_count = imported.unchanged_count = 0
    imported.undated_risk_count = imported.undated_mappa_count = 0
    hold_back(imported, ErrorList())
    finish(imported, State.REFUSED)
    record_event(Verb.CHANGED, imported, act="Import refused", errors=errors.count)
    forget_file(imported)


def cancel_import(*, imported: Import) -> None:
    """Give up an import that the operator stopped, so that no worker carries on with it."""
    errors = ErrorList()
    errors.add(RowError(0, "", "The operator stopped the import."))
    refuse(imported, errors)


def finish(imported: Import, state: State) -> None:
    """Say what became of it."""
    imported.state, imported.finished_at = state, now()
    imported.save()


def forget_file(imported: Import) -> None:
    """Remove the file, which nobody needs any more; its digest stays."""
    imported.file.delete(save=True)


def resume_imports() -> None:
    """Carry on with imports whose message or worker was lost, give up on old ones, and remove files that nobody needs."""
    unfinished = Import.objects.filter(state__in=UNFINISHED)
    for imported in unfinished.filter(started_at__lt=now() - GIVE_UP):
        refuse(imported, gave_up())
    for import_id in unfinished.values_list("pk", flat=True):
        run_later(import_id)
    old = Q(is_dry_run=False) | Q(finished_at__lt=now() - KEPT_UNSTORED)
    for imported in Import.objects.filter(old, state=State.DONE).exclude(file=""):
        forget_file(imported)


def gave_up() -> ErrorList:
    """Return the words for an import that could not be finished."""
    errors = ErrorList()
    errors.add(RowError(0, "", "The import could not be finished in 12 hours. Hand the file in again."))
    return errors
