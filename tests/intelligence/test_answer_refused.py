"""A refused answer keeps what the refusal was put together from, so that it can be told in another language."""

from accounts.errors import DomainError
from intelligence.services.flag_verdicts import AnswerRefused


def test_a_refused_answer_keeps_words_parts_and_field() -> None:
    error = AnswerRefused(DomainError("Enter a last day after {last}.", last="1 May 2026", field="ends_on"), 7)

    assert (error.words, error.parts) == ("Enter a last day after {last}.", {"last": "1 May 2026"})
    assert (error.field, error.setting) == ("ends_on", 7)
    assert str(error) == "Enter a last day after 1 May 2026."
