"""Understands a line as a record: every cell by itself, then what belongs together."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm
from offenders.imports.columns import COLUMNS, KEY, understand
from offenders.imports.reading import Line

WITHOUT = {"mappa_category": ("mappa_level", "mappa_from"), "risk_level": ("at_risk", "risk_from"), "surname": ("given_names",)}
MANAGER_ROLES = [role for role, rights in ROLE_RIGHTS.items() if Perm.CHANGE_RECORD in rights]


@dataclass(frozen=True)
class Record:
    """What one line says. A column that is not in it says nothing."""

    line: int
    key: str
    values: dict[str, Any]

    def get(self, column: str) -> Any:
        """Return what the column says, or nothing."""
        return self.values.get(column)


@dataclass
class Recogniser:
    """Turns lines into records of one force. Remembers the keys that it has seen."""

    unit: Unit
    actor: User | None
    today: date
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fetch the people and units that a file may name: a person's own unit only, the whole force for an operator."""
        force = self.unit.organisation_id
        self.units = {self.unit.name: self.unit} if self.actor else {unit.name: unit for unit in Unit.objects.filter(organisation=force)}
        managers = User.objects.filter(organisation=force, is_active=True, groups__name__in=MANAGER_ROLES).distinct()
        self.managers = {manager.username: manager for manager in managers.only("username", "unit")}

    def recognise(self, line: Line) -> Record | None:
        """Return the record, or nothing after noting on the line what is wrong."""
        if line.errors and not line.cells:
            return None
        values = {name: value for name, cell in line.cells.items() if (value := self.understand_cell(line, name, cell)) is not None}
        self.check_key(line, values)
        self.check_together(line, values)
        self.find_holders(line, values)
        return None if line.errors else Record(line.number, values[KEY], values)

    def understand_cell(self, line: Line, name: str, cell: str | list[str]) -> Any:
        """Return what the cell says, or note what is wrong."""
        try:
            return understand(COLUMNS[name], cell, self.today)
        except ValueError as error:
            line.refuse(name, str(error))
            return None

    def check_key(self, line: Line, values: dict[str, Any]) -> None:
        """Each record has a key that no other line of the file has."""
        key = values.get(KEY)
        if key is None:
            if not any(error.column == KEY for error in line.errors):
                line.refuse(KEY, "Give your force's own reference of the person")
        elif key in self.seen:
            line.refuse(KEY, f"The reference is also on line {self.seen[key]}")
        else:
            self.seen[key] = line.number

    def check_together(self, line: Line, values: dict[str, Any]) -> None:
        """Columns that mean nothing without another."""
        wrong = {error.column for error in line.errors}
        for needed, others in WITHOUT.items():
            if needed not in values and needed not in wrong and (given := next((name for name in others if name in values), None)):
                line.refuse(needed, f"Give it too, because {given} is given")
        if "mappa_category" in values and not {"mappa_level"} & (values.keys() | wrong):
            line.refuse("mappa_level", "Give it too, because mappa_category is given")

    def find_holders(self, line: Line, values: dict[str, Any]) -> None:
        """Find the unit and the manager that the line names."""
        if "unit" in values:
            if unit := self.units.get(values["unit"]):
                values["unit"] = unit
            else:
                line.refuse("unit", f"Give one of: {', '.join(sorted(self.units))}")
        if "offender_manager" in values:
            if manager := self.managers.get(values["offender_manager"]):
                values["offender_manager"] = manager
            else:
                line.refuse("offender_manager", "Give the username of somebody of the force who can manage records and has not left")
