"""Splink, the field's reference for linking records, on the same alerts and nominals: names cleaned alike, one thread, a fair model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_library as compare
from django.db import connection
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from intelligence.matching import AlertFacts
from intelligence.matching.labelled import plain
from offenders.search.births import Birth

SEED = 1
LEAST = 0.001
# A row for each name with each date of birth and passport, as people are known by several.
RECORDS = """
SELECT name.nominal_id, name.given_names, name.surname, birth.year, birth.month, birth.day, passport.value, looks.sex
FROM offenders_name name
LEFT JOIN offenders_dateofbirth birth ON birth.nominal_id = name.nominal_id
LEFT JOIN offenders_identifier passport ON passport.nominal_id = name.nominal_id AND passport.kind = 'passport'
LEFT JOIN offenders_description looks ON looks.nominal_id = name.nominal_id
ORDER BY name.id, birth.id, passport.id
"""
BLOCKS = (
    block_on("passport"),
    block_on("dob"),
    "l.dob_swapped = r.dob",
    block_on("given", "surname"),
    block_on("surname", "substr(dob, 1, 4)"),
    block_on("surname", "substr(dob, 6, 5)"),
    block_on("given", "substr(dob, 1, 7)"),
)


class Splink:
    """Loads, trains and predicts, all at once and in batches as a worker takes alerts, and keeps how many seconds each took."""

    def __init__(self, alerts: Sequence[AlertFacts], batch: int) -> None:
        start = perf_counter()
        engine = duckdb.connect(":memory:", config={"threads": 1})
        self.api, self.numbers = DuckDBAPI(connection=engine), count()
        self.records = self.api.register(table(record_rows()), dataset_display_name="records")
        self.loading = perf_counter() - start
        start = perf_counter()
        model = self.train(alerts)
        self.training = perf_counter() - start
        start = perf_counter()
        self.answers = self.predict(alerts, model)
        self.predicting = perf_counter() - start
        start = perf_counter()
        for at in range(0, len(alerts), batch):
            self.predict(alerts[at : at + batch], model)
        self.in_batches = perf_counter() - start

    def train(self, alerts: Sequence[AlertFacts]) -> dict[str, Any]:
        """Estimate u by random sampling and m by expectation maximisation, as Splink's own guide has it."""
        linker = Linker([self.register(alerts, "training"), self.records], settings(), log_level=None)
        sure = [block_on("passport"), block_on("given", "surname", "dob")]
        linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
        for block in (block_on("dob"), block_on("given", "surname")):
            linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
        return dict(linker.misc.save_model_to_json())

    def predict(self, alerts: Sequence[AlertFacts], model: dict[str, Any]) -> list[tuple[float, int | None]]:
        """Return for each alert its likeliest nominal."""
        linker = Linker([self.register(alerts, "alerts"), self.records], model, log_level=None)
        pairs = linker.inference.predict(threshold_match_probability=LEAST)
        found: dict[int, tuple[float, int | None]] = {}
        ordered = f"SELECT unique_id_l, unique_id_r, match_probability FROM {pairs.physical_name} ORDER BY match_probability"  # noqa: S608
        for one, other, likely in self.api.duckdb_con.execute(ordered).fetchall():
            alert, record = (one, other) if one.startswith("a") else (other, one)
            found[int(alert[1:])] = likely, int(record[1:].split("-")[0])
        return [found.get(alert.key, (0.0, None)) for alert in alerts]

    def register(self, alerts: Sequence[AlertFacts], name: str) -> Any:
        """Hand the alerts over."""
        rows = table([alert_row(alert) for alert in alerts])
        return self.api.register(rows, dataset_display_name=name, table_name=f"{name}_{next(self.numbers)}")


def settings() -> SettingsCreator:
    """Names by Jaro-Winkler and in either order, rare ones telling more; dates near each other; passports a character apart."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.ForenameSurnameComparison("given", "surname", forename_surname_concat_col_name="full_name"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.LevenshteinAtThresholds("passport", [1]),
            compare.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=list(BLOCKS),
    )


COLUMNS = ("unique_id", "given", "surname", "full_name", "dob", "dob_swapped", "passport", "sex")
Row = tuple[str | None, ...]


def table(rows: Sequence[Row]) -> pa.Table:
    """Return the rows as Splink takes them."""
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(COLUMNS)})


def row(key: str, names: tuple[str, str], birth: Birth | None, passport: str | None, sex: str | None) -> Row:
    """One row: names in plain letters, whole dates only, sex as a letter."""
    given, surname = plain(names[0]), plain(names[1])
    full = f"{given} {surname}" if given and surname else None
    dates = written(birth), written(birth.swapped if birth else None)
    return key, given or None, surname or None, full, *dates, passport or None, (sex or "")[:1].lower() or None


def written(birth: Birth | None) -> str | None:
    """A whole date as text."""
    return f"{birth.year:04}-{birth.month:02}-{birth.day:02}" if birth and birth.day else None


def alert_row(alert: AlertFacts) -> Row:
    """One alert."""
    return row(f"a{alert.key}", (alert.given_names, alert.surname), alert.birth, alert.document_number, alert.sex)


def record_rows() -> list[Row]:
    """Every name of every nominal."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS)
        rows = cursor.fetchall()
    known = {"male": "m", "female": "f"}
    return [
        row(f"r{nominal}-{at}", (given, surname), Birth(year, month, day) if year else None, passport, known.get(sex))
        for at, (nominal, given, surname, year, month, day, passport, sex) in enumerate(rows)
    ]
