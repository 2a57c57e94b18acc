"""Finding people: by name in any spelling, date of birth or number. See docs/search.md."""
from offenders.search.find import SHOWN, Hit, SearchResult, find_as_system, find_meant, find_nominals
from offenders.search.index import count_words, index_names
from offenders.search.query import read_query

__all__ = ["SHOWN", "Hit", "SearchResult", "count_words", "find_as_system", "find_meant", "find_nominals", "index_names", "read_query"]
