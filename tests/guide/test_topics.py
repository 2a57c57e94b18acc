"""Every page has its help, every requirement its topic, and nothing of it is written down twice."""

from __future__ import annotations

from fnmatch import filter as matching
from itertools import combinations

import pytest

from accounts.choices import Role
from accounts.permissions import NEEDS_QUALIFICATION, ROLE_RIGHTS, Access, Perm, holders_of
from guide.rules.topics import ALL, TOPICS, belongs, is_for, related_to, rights_of, rules_of, topic_of
from tests.routes import Route, all_routes
from ui.help import Area, Clause, Section, Topic

REQUIREMENTS = {f"R{number}" for number in range(1, 43)}


def pages() -> list[Route]:
    """Every page that is opened by GET; programs read no help."""
    return [route for route in all_routes() if route.method == "get" and not route.is_for_tokens and not route.name.startswith("v1:")]


def uncertain(topics: tuple[Topic, ...]) -> dict[str, list[str]]:
    """Return the pages that do not belong to exactly one topic, with those to which they belong."""
    found = {route.name: [topic.slug for topic in topics if belongs(route.name, topic)] for route in pages()}
    return {name: slugs for name, slugs in found.items() if len(slugs) != 1}


def test_every_page_belongs_to_exactly_one_topic():
    assert uncertain(ALL) == {}
    assert {topic_of(route.name) for route in pages()} == set(ALL)
    assert topic_of("offenders:no-such-page") is None


def test_a_page_without_a_topic_and_one_with_two_are_found():
    without, twice = [topic for topic in ALL if topic.slug != "find"], (*ALL, TOPICS["find"])

    assert uncertain(tuple(without)) == {"offenders:find": [], "offenders:find-results": []}
    assert uncertain(twice) == {"offenders:find": ["find", "find"], "offenders:find-results": ["find", "find"]}


def test_every_requirement_is_named_and_no_other():
    assert {requirement for topic in ALL for clause in topic.clauses for requirement in clause.requirements} == REQUIREMENTS


def test_every_heading_of_the_guidance_and_of_the_index_is_used():
    assert {clause.section for topic in ALL for clause in topic.clauses} == set(Section)
    assert {topic.area for topic in ALL} == set(Area)


def test_no_name_of_a_page_is_idle_and_no_slug_stands_twice():
    names = [route.name for route in pages()]

    assert [pattern for topic in ALL for pattern in topic.pages if not matching(names, pattern)] == []
    assert len(TOPICS) == len(ALL)


@pytest.mark.parametrize("topic", ALL, ids=lambda topic: topic.slug)
def test_a_topic_says_in_a_few_sentences_what_it_is_for(topic: Topic):
    assert topic.clauses
    assert topic.purpose.endswith(".")
    assert 1 <= topic.use.count(". ") + 1 <= 5
    assert all(clause.words.endswith(".") and clause.requirements for clause in topic.clauses)


def test_no_words_stand_twice():
    texts = [(topic.slug, text) for topic in ALL for text in (topic.purpose, topic.use, *(clause.words for clause in topic.clauses))]

    assert [(one, other) for (one, text), (other, same) in combinations(texts, 2) if text == same and one != other] == []


@pytest.mark.parametrize("role", list(Role))
def test_a_topic_is_for_whoever_may_open_one_of_its_pages(role: Role):
    rules = {topic.slug: {route.permission for route in pages() if belongs(route.name, topic)} for topic in ALL}
    open_to_role = {slug for slug, held in rules.items() if held & {Access.SIGNED_IN, *ROLE_RIGHTS[role]}}

    assert {topic.slug for topic in ALL if is_for(topic, [role])} == open_to_role
    assert {topic.slug: rules_of(topic) for topic in ALL} == rules


def test_agencies_have_their_own_topics_alone():
    own = {"help", "your-account", "my-work", "agreements", "shared-with-us", "ask-the-police"}

    assert {topic.slug for topic in ALL if is_for(topic, [Role.PARTNER])} == own


def test_rights_of_a_topic_are_those_of_its_pages():
    card = TOPICS["card"]

    assert rights_of(card) == [Perm.VIEW_CARD, Perm.VIEW_CASE_FILE, Perm.CHANGE_RECORD]
    assert holders_of(Perm.CHANGE_RECORD) == [Role.OFFENDER_MANAGER, Role.SUPERVISOR]
    assert Perm.VIEW_CARD not in NEEDS_QUALIFICATION
    assert is_for(card, [Role.CONTROL_ROOM])
    assert not is_for(card, [Role.AUDITOR])
    assert not is_for(Topic("none", "None", Area.WORK, ("nothing:*",), "", "", (Clause(Section.OVERVIEW, "", ()),)), list(Role))


def test_related_topics_serve_the_same_requirements_or_stand_under_the_same_heading():
    slugs = [topic.slug for topic in related_to(TOPICS["plan"])]

    assert slugs[0] == "risk"  # the same requirement and the same heading
    assert {"sharing-decisions", "visits"} <= set(slugs)
    assert not {"plan", "freedom-of-information"} & set(slugs)
