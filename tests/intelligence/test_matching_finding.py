"""Whom matching finds: names in any spelling and script, every name and date of a person, records that hardly anybody may know of."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intelligence.matching import Verdict, match_alerts
from intelligence.matching import match as matching
from offenders.search import index_names
from offenders.search.births import Birth
from tests.factories import make_birth, make_identifier, make_name
from tests.intelligence.making_travellers import BORN, TODAY, an_alert, make_known, match

pytestmark = pytest.mark.django_db
ONE_OUT = Birth(1981, 5, 24)

SPELLINGS = {
    "slip": ("Quilfeather", "Aurelio"),
    "letters swapped": ("Quillfeahter", "Aurelio"),
    "order swapped": ("Aurelio", "Quillfeather"),
    "written together": ("Aurelioquillfeather", ""),
    "written apart": ("Quill Feather", "Aurelio"),
    "all in one field": ("Aurelio Quillfeather", ""),
    "one more surname": ("Quillfeather Harcourt", "Aurelio"),
    "middle name more": ("Quillfeather", "Aurelio Tobias"),
    "wide letters": ("ＱＵＩＬＬＦＥＡＴＨＥＲ", "ＡＵＲＥＬＩＯ"),
    "accents": ("Quíllfeäther", "Aurélio"),
    "sounds alike": ("Kwillfeather", "Orelio"),
}


@pytest.mark.parametrize("names", SPELLINGS.values(), ids=SPELLINGS)
def test_name_is_found_in_another_spelling(names: tuple[str, str]) -> None:
    nominal = make_known()

    found = match(an_alert(*names))

    assert [candidate.nominal_id for candidate in found.candidates] == [nominal.pk]


SCRIPTS = {
    "cyrillic": (("Кузнецов", "Дмитрий"), ("Kuznetsov", "Dmitrii")),
    "arabic": (("الدرويش", "خالد"), ("Darwish", "Khalid")),
    "greek": (("Παπαδόπουλος", "Γιώργος"), ("Papadopoulos", "Giorgos")),
    "chinese": (("王", "小明"), ("Wang", "Xiaoming")),
}


@pytest.mark.parametrize(("held", "given"), SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("swap", [False, True], ids=["record in that script", "alert in that script"])
def test_name_is_found_across_scripts(held: tuple[str, str], given: tuple[str, str], swap: bool) -> None:
    record, border = (given, held) if swap else (held, given)
    nominal = make_known(*record)

    found = match(an_alert(*border))

    assert [candidate.nominal_id for candidate in found.candidates] == [nominal.pk]


def test_short_form_of_a_rare_surname_files() -> None:
    nominal = make_known(given_names="William")

    found = match(an_alert(given_names="Bill"))

    assert found.candidates[0].nominal_id == nominal.pk
    assert found.candidates[0].reasons[1].words.startswith("Given name a short or full form")


def test_every_name_of_a_person_counts() -> None:
    nominal = make_known()
    make_name(nominal=nominal, surname="Oldacre", given_names="Jonty")
    index_names([nominal.pk])

    assert match(an_alert("Oldacre", "Jonty")).candidates[0].nominal_id == nominal.pk


def test_every_date_of_a_person_counts() -> None:
    nominal = make_known()
    make_birth(nominal=nominal, year=1979, month=2, day=14, is_primary=False)

    found = match(an_alert(birth=Birth(1979, 2, 14)))

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.FILE, nominal.pk)


DATES = {
    "another day": Birth(1981, 5, 24),
    "another month": Birth(1981, 6, 23),
    "another year": Birth(1983, 5, 23),
    "no day": Birth(1981, 5),
    "year only": Birth(1981),
    "quite another": Birth(1954, 11, 2),
}


@pytest.mark.parametrize("birth", DATES.values(), ids=DATES)
def test_person_of_a_rare_name_is_found_by_another_date(birth: Birth) -> None:
    nominal = make_known()

    found = match(an_alert(birth=birth))

    assert (found.verdict, [candidate.nominal_id for candidate in found.candidates]) == (Verdict.TRIAGE, [nominal.pk])


def test_person_without_date_of_birth_on_record_is_found_by_name() -> None:
    nominal = make_known(birth=None)

    found = match(an_alert())

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.TRIAGE, nominal.pk)


def test_misspelt_name_with_a_wrong_date_is_found() -> None:
    nominal = make_known()

    assert match(an_alert("Quilfeather", "Aurelio", birth=ONE_OUT)).candidates[0].nominal_id == nominal.pk


def test_passport_with_a_wrong_digit_is_seen() -> None:
    nominal = make_known(passport="533380067")

    (candidate,) = match(an_alert(birth=ONE_OUT, document_number="533380068")).candidates

    assert (candidate.nominal_id, candidate.is_certain) == (nominal.pk, False)
    assert "Passport number differs in one character" in {reason.words for reason in candidate.reasons}


def test_number_of_another_kind_is_no_passport() -> None:
    nominal = make_known(birth=None)
    make_identifier(nominal=nominal, kind="visor", value="533380067")

    assert match(an_alert("Lindqvist", "Torvald", document_number="533380067")).verdict == Verdict.NONE


def test_restricted_record_is_found_and_files() -> None:
    nominal = make_known(is_restricted=True)

    found = match(an_alert())

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.FILE, nominal.pk)


def test_restricted_record_is_found_misspelt() -> None:
    nominal = make_known(is_restricted=True)

    assert match(an_alert("Quilfeather", "Aurelio", birth=None)).candidates[0].nominal_id == nominal.pk


def test_among_only_those_are_candidates_and_nothing_files_itself() -> None:
    one, other = make_known(), make_known(given_names="Aurelia")

    whole, among = match(an_alert(), among=[other.pk]), match(an_alert(), among=[one.pk])

    assert [[candidate.nominal_id for candidate in found.candidates] for found in (whole, among)] == [[other.pk], [one.pk]]
    assert {whole.verdict, among.verdict} == {Verdict.TRIAGE}


def test_among_nobody_there_is_no_candidate() -> None:
    make_known()

    assert match(an_alert(), among=[]).verdict == Verdict.NONE


def test_at_most_ten_candidates_best_first() -> None:
    for _ in range(12):
        make_known()

    scores = [candidate.score for candidate in match(an_alert(birth=ONE_OUT)).candidates]

    assert (len(scores), scores) == (10, sorted(scores, reverse=True))


def test_number_of_statements_does_not_grow_with_the_alerts() -> None:
    for number in range(3):
        make_known(given_names=f"Aurelio {'abc'[number]}", birth=Birth(1980 + number, 5, 23))
    alerts = [an_alert(key=key, birth=Birth(1980 + key % 3, 5, 23)) for key in range(60)]
    alerts += [an_alert("Quilfeather", "Aurelio", key=key, birth=None) for key in range(60, 80)]

    counted = []
    for some in ([*alerts[:1], alerts[-1]], alerts):
        with CaptureQueriesContext(connection) as queries:
            match_alerts(some, today=TODAY)
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 20


def test_chunks_give_what_one_batch_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    make_known()
    alerts = [an_alert(key=1), an_alert("Lindqvist", "Torvald", key=2), an_alert(key=3, birth=ONE_OUT), an_alert(key=4, birth=None)]
    whole = match_alerts(alerts, today=TODAY)

    monkeypatch.setattr(matching, "CHUNK", 1)

    assert match_alerts(alerts, today=TODAY) == whole
    assert [found.key for found in whole] == [1, 2, 3, 4]


def test_no_alerts_give_no_matches() -> None:
    assert match_alerts([], today=TODAY) == []


def test_hostile_text_is_only_text() -> None:
    make_known()

    found = match(an_alert("Quillfeather') | 1 & (", "{1,2}|!", birth=BORN, document_number="'; DROP"))

    assert found.verdict == Verdict.TRIAGE
