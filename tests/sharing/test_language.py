"""What is kept of sharing, and what is compared with it later, is the same whatever language a page is read in."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from sharing.reports.decisions import answers_of
from sharing.reports.facts import changed_facts, facts_of, print_of
from sharing.reports.items import read_items
from sharing.rules.questions import BY_CODE, stage_words
from sharing.services.decisions import start_decision
from tests.factories import make_nominal

pytestmark = pytest.mark.django_db


def things(nominal):
    """What could be shared, as it would be kept."""
    return {key: (source.heading, item.label, item.text) for key, (source, item) in read_items(nominal.offender_manager, nominal).items()}


def test_what_the_record_says_is_read_alike_in_both_languages():
    nominal = make_nominal()
    said = facts_of(nominal), things(nominal)
    with override("cy"):
        assert (facts_of(nominal), things(nominal)) == said


def test_a_decision_has_not_changed_because_somebody_reads_it_in_welsh():
    nominal = make_nominal()
    draft = start_decision(actor=nominal.offender_manager, nominal=nominal)
    draft.answers.filter(code="fact_risk").update(text="High risk")
    print_in_english, stage = print_of(changed_facts(draft)), stage_words(BY_CODE["ndm_information"], answers_of(draft))
    with override("cy"):
        assert [written for _, written, _ in changed_facts(draft)] == ["High risk"]
        assert print_of(changed_facts(draft)) == print_in_english
        assert stage_words(BY_CODE["ndm_information"], answers_of(draft)) == stage
