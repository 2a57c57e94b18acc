"""Two records of one person, everything that hangs on them, and what every table holds."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import connection

from accounts.choices import Role
from accounts.models import User
from offenders.choices import ConditionKind, IdentifierKind, WarningKind
from offenders.choices.merging import MergeState, Side
from offenders.merging import plan_merge
from offenders.models import Condition, Merge, Nominal, WarningMarker
from offenders.services.merges import accept_merge, merge_records
from tests.factories import make_birth, make_grant, make_identifier, make_name, make_nominal, make_notice, make_user
from tests.offenders.making_confidential import make_sensitive

# What merging and taking back leave behind on purpose, and what tells of every act.
TRACES = {
    "offenders.Merge", "offenders.MergedRow", "audit.Event", "auditlog.LogEntry", "actions.Notification",
    "intelligence.ChangedIdentity", "intelligence.DuplicateCheck", "intelligence.CovertReferral", "intelligence.LinkCheck",
    "intelligence.MethodWords", "governance.Fact",
}  # fmt: skip
WHY = "Same fingerprints, confirmed by the bureau"


def make_lead() -> User:
    """A supervisor with a unit."""
    return make_user(Role.SUPERVISOR, Role.OFFENDER_MANAGER)


def make_pair(lead: User, **values: Any) -> tuple[Nominal, Nominal]:
    """Two records of the supervisor's unit."""
    stays = make_nominal(unit=lead.unit, surname="Quillfeather", given_names="Barnaby", **values)
    goes = make_nominal(unit=lead.unit, surname="Quillfether", given_names="Barney", local_reference="NM-417")
    return stays, goes


def hang_plainly(nominal: Nominal, number: int) -> None:
    """Hang on a record what both records of a person usually have: partly the same, partly other."""
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    make_identifier(nominal=nominal, kind=IdentifierKind.CRO, value="123456/71A")
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value=f"0163296010{number}")
    make_name(nominal=nominal, surname=f"Other{number}")
    make_notice(nominal=nominal)
    make_sensitive(nominal=nominal)
    make_grant(nominal=nominal, user=make_user(unit=nominal.unit))
    Condition.objects.create(nominal=nominal, kind=ConditionKind.LICENCE, text=f"Not to enter place {number}")
    WarningMarker.objects.create(nominal=nominal, kind=WarningKind.DOG, note=f"Dog {number}")


def keep(survivor: Nominal, merged: Nominal, side: str = Side.SURVIVOR) -> dict[str, str]:
    """Let the rows of one record stay in every table of which not all can."""
    return {choice.label: side for choice in plan_merge(survivor, merged, {}).choices}


def merge(lead: User, survivor: Nominal, merged: Nominal, side: str = Side.SURVIVOR, **values: Any) -> Merge:
    """Merge two records."""
    values = {"choices": keep(survivor, merged, side), "reason": WHY, **values}
    done = merge_records(actor=lead, survivor=survivor, merged=merged, **values)
    survivor.refresh_from_db()
    merged.refresh_from_db()
    return done


def merge_wholly(
    lead: User, survivor: Nominal, merged: Nominal, side: str = Side.SURVIVOR, colleague: User | None = None, **values: Any
) -> Merge:
    """Merge two records, by agreement where access to them differs."""
    colleague = colleague or make_user(Role.SUPERVISOR, unit=lead.unit)
    done = merge(lead, survivor, merged, side, **values)
    if done.state == MergeState.OFFERED:
        accept_merge(actor=colleague, merge=done, reason=WHY)
    done.refresh_from_db()
    return done


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of every table, also of those behind row security, as the owner of the tables reads them.

    Versions of records, and the question whether to merge, are left out.
    """
    found: dict[str, dict[int, dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SELECT set_config('vigil.keeper', 'on', true), set_config('vigil.user_id', '', true)")
        for model in apps.get_models():
            if model._meta.label not in TRACES and model._meta.managed and not model._meta.proxy:
                key = model._meta.pk.column
                cursor.execute(f'SELECT "{key}", to_jsonb(row) FROM "{model._meta.db_table}" row')  # noqa: S608
                found[model._meta.label] = {pk: json.loads(row) for pk, row in cursor.fetchall()}
        cursor.execute("SELECT set_config('vigil.keeper', '', true); SET ROLE vigil_app")
    for row in found["offenders.Nominal"].values():
        row.pop("version")
    found["actions.Action"] = {pk: row for pk, row in found["actions.Action"].items() if row["kind"] != "merge"}
    return found


def differences(before: dict, after: dict) -> dict[str, list]:
    """What differs, by table."""
    return {
        label: [(rows.get(pk), after[label].get(pk)) for pk in rows.keys() | after[label].keys() if rows.get(pk) != after[label].get(pk)]
        for label, rows in before.items()
        if rows != after[label]
    }
