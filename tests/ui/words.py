"""Which words of templates can be translated, and which stand in them plainly."""

from __future__ import annotations

import re
from ast import literal_eval
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("templates", "ui/templates")
MARKED = re.compile(r"\b(?:gettext|_|ngettext)\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
NO_WORDS = re.compile(r"\{% block (?:body_class|pages) %\}.*?\{% endblock %\}|<(script|style|code|pre)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
READ_ALOUD = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')
HANDED_ON = re.compile(r'\b(?:text|title|key|label|link_text|what_to_do|hidden|caption|heading)="([^"]*[A-Za-z ]{3}[^"]*)"')
LETTERS = re.compile(r"[^\W\d_]{2,}")


def templates() -> list[Path]:
    """Return every template of ours."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html"))


def words_to_translate(source: str) -> set[str]:
    """Return what a template gives to the catalogue, each text as its msgid."""
    return {literal_eval(match[1]) for match in MARKED.finditer(templatize(source))}


def plain_words(source: str) -> list[str]:
    """Return what people would read of a template in English, whatever their language."""
    bare = TRANSLATED.sub("", NO_WORDS.sub("", COMMENT.sub("", source)))
    handed = [words for tag in TAG.findall(bare) if tag.startswith("{% include") for words in HANDED_ON.findall(tag)]
    outside = TAG.sub("", bare)
    read = [*MARKUP.sub("\n", outside).splitlines(), *READ_ALOUD.findall(outside)]
    return [words.strip() for words in [*read, *handed] if LETTERS.search(re.sub(r"&\w+;", "", words))]
