"""What files itself, what waits for a person, and what is like nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from intelligence.matching import AlertFacts, Verdict
from intelligence.matching.facts import INDEX_VERSION
from intelligence.models import MatchingThreshold
from offenders.models import Description
from offenders.search.births import Birth
from tests.factories import make_name
from tests.intelligence.making_travellers import TODAY, an_alert, make_home, make_known, match

pytestmark = pytest.mark.django_db
PASSPORT = "533380067"


def test_equal_passport_name_and_date_are_certain_and_file() -> None:
    nominal = make_known(passport=PASSPORT)

    found = match(an_alert(document_number="533 380-067"))

    assert (found.verdict, [candidate.nominal_id for candidate in found.candidates]) == (Verdict.FILE, [nominal.pk])
    assert found.candidates[0].is_certain


def test_rare_name_and_date_file_without_a_passport() -> None:
    nominal = make_known()

    found = match(an_alert())

    assert (found.verdict, found.candidates[0].nominal_id, found.candidates[0].is_certain) == (Verdict.FILE, nominal.pk, False)


def test_passport_of_another_name_waits_for_a_person() -> None:
    nominal = make_known(passport=PASSPORT)

    found = match(an_alert("Lindqvist", "Torvald", document_number=PASSPORT))

    assert (found.verdict, found.candidates[0].nominal_id, found.candidates[0].is_certain) == (Verdict.TRIAGE, nominal.pk, False)


def test_passport_and_name_with_another_date_wait_for_a_person() -> None:
    make_known(passport=PASSPORT)

    found = match(an_alert(document_number=PASSPORT, birth=Birth(1962, 1, 9)))

    assert (found.verdict, found.candidates[0].is_certain) == (Verdict.TRIAGE, False)


MISSING = {
    "no date": {"birth": None},
    "year only": {"birth": Birth(1981)},
    "no day": {"birth": Birth(1981, 5)},
    "no surname": {"surname": ""},
    "no given name": {"given_names": ""},
    "initial only": {"given_names": "A"},
}


@pytest.mark.parametrize("values", MISSING.values(), ids=MISSING)
def test_what_lacks_a_name_or_a_whole_date_never_files(values: dict[str, object]) -> None:
    nominal = make_known(passport=PASSPORT)

    found = match(an_alert(document_number=PASSPORT, **values))

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.TRIAGE, nominal.pk)


def test_record_without_day_of_birth_never_files() -> None:
    make_known(birth=Birth(1981, 5), passport=PASSPORT)

    assert match(an_alert(document_number=PASSPORT)).verdict == Verdict.TRIAGE


def test_day_and_month_swapped_file_only_with_the_passport() -> None:
    make_known(birth=Birth(1981, 5, 8), passport=PASSPORT)
    swapped = Birth(1981, 8, 5)

    without, beside = match(an_alert(birth=swapped)), match(an_alert(birth=swapped, document_number=PASSPORT))

    assert (without.verdict, beside.verdict) == (Verdict.TRIAGE, Verdict.FILE)


def test_twin_on_record_keeps_an_alert_from_filing() -> None:
    one, other = make_known(given_names="Aurelio", passport=PASSPORT), make_known(given_names="Benedict")
    make_home(one, "4 Quay Road")
    make_home(other, "4 Quay Road")

    found = match(an_alert(document_number=PASSPORT))

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.TRIAGE, one.pk)
    assert (found.candidates[0].is_certain, found.candidates[0].has_twin) == (True, True)


def test_relative_whose_address_nobody_knows_may_be_a_twin() -> None:
    one = make_known(given_names="Aurelio")
    make_known(given_names="Benedict")
    make_home(one, "4 Quay Road")

    assert match(an_alert()).candidates[0].has_twin


def test_namesake_elsewhere_is_no_twin() -> None:
    one, other = make_known(given_names="Aurelio"), make_known(given_names="Benedict")
    make_home(one, "4 Quay Road")
    make_home(other, "19 Mill Lane")

    found = match(an_alert())

    assert (found.verdict, found.candidates[0].nominal_id, found.candidates[0].has_twin) == (Verdict.FILE, one.pk, False)


def test_twin_who_is_not_on_record_never_files() -> None:
    make_known(given_names="Aurelio")

    assert match(an_alert(given_names="Benedict")).verdict == Verdict.TRIAGE


@pytest.mark.parametrize("given_names", ["Hussein", "Hasim"])
def test_forename_that_only_sounds_or_looks_alike_never_files(given_names: str) -> None:
    make_known(given_names="Hasan")

    assert match(an_alert(given_names=given_names)).verdict == Verdict.TRIAGE


def test_two_records_of_one_person_wait_for_a_person() -> None:
    one, other = make_known(), make_known()

    found = match(an_alert())

    assert found.verdict == Verdict.TRIAGE
    assert {candidate.nominal_id for candidate in found.candidates} == {one.pk, other.pk}


def test_name_alone_is_looked_at_by_a_person_when_it_is_rare() -> None:
    nominal = make_known(passport=PASSPORT)

    found = match(an_alert(birth=None))

    assert (found.verdict, found.candidates[0].nominal_id) == (Verdict.TRIAGE, nominal.pk)


def test_traveller_like_nobody_has_no_candidate() -> None:
    make_known()

    found = match(an_alert("Lindqvist", "Torvald", birth=Birth(1958, 9, 30), document_number="987654321"))

    assert (found.verdict, found.candidates) == (Verdict.NONE, ())


def test_same_date_of_birth_alone_makes_nobody_a_candidate() -> None:
    make_known()

    assert match(an_alert("Lindqvist", "Torvald")).verdict == Verdict.NONE


def test_alert_that_says_nothing_has_no_candidate() -> None:
    make_known()

    assert match(AlertFacts(1, "", "", None, "")).verdict == Verdict.NONE


def test_nothing_files_itself_without_thresholds() -> None:
    make_known(passport=PASSPORT)
    MatchingThreshold.objects.all().delete()

    found = match(an_alert(document_number=PASSPORT))

    assert (found.verdict, found.threshold_id, found.candidates[0].is_certain) == (Verdict.TRIAGE, None, True)


def test_nothing_files_itself_by_thresholds_of_another_comparison() -> None:
    make_known(passport=PASSPORT)
    MatchingThreshold.objects.update(index_version=INDEX_VERSION + 1)

    assert match(an_alert(document_number=PASSPORT)).verdict == Verdict.TRIAGE


def test_thresholds_of_the_day_decide_and_are_named() -> None:
    make_known()
    first = MatchingThreshold.objects.get()
    first.period = DateRange(date(2026, 1, 1), TODAY)
    first.save()
    strict = MatchingThreshold.objects.get(pk=first.pk)
    strict.pk, strict.period, strict.upper = None, DateRange(TODAY, None), 1.0
    strict.save()

    found = match(an_alert())

    assert (found.verdict, found.threshold_id, found.index_version) == (Verdict.TRIAGE, strict.pk, INDEX_VERSION)


def test_reasons_say_what_agrees_what_differs_and_how_rare_the_name_is() -> None:
    nominal = make_known(passport="111222333", birth=Birth(1981, 5, 8))
    make_name(nominal=nominal, surname="Something", given_names="Else")

    (candidate,) = match(an_alert(birth=Birth(1981, 8, 5), document_number=PASSPORT)).candidates

    assert [reason.words for reason in candidate.reasons] == [
        "Surname equal",
        "Given name equal",
        "Date of birth with day and month swapped",
        "Another passport than on record",
    ]
    assert [reason.weight > 0 for reason in candidate.reasons] == [True, True, True, False]


@pytest.mark.parametrize(("sex", "held", "wanted"), [("M", "male", "Sex equal"), ("F", "male", "Sex differs")], ids=["equal", "differs"])
def test_sex_is_compared_where_both_say_it(sex: str, held: str, wanted: str) -> None:
    nominal = make_known()
    Description.objects.create(nominal=nominal, sex=held)

    (candidate,) = match(an_alert(sex=sex)).candidates

    assert wanted in {reason.words for reason in candidate.reasons}
