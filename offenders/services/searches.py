"""Searching as an act that leaves a trace, and the searches that are kept for a while."""
from __future__ import annotations

import uuid

from django.db import connection
from django.utils.timezone import localdate, now

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from offenders.models import SavedSearch
from offenders.search import SearchResult, find_nominals

# It waits for no flush to disk of its own: the trail's, at the end of the same request, takes it along. Where nothing was found yet, a
# server that falls in the same second costs a search that is typed again.
SAVE = """
INSERT INTO offenders_savedsearch (token, user_id, text) SELECT %s, %s, %s FROM set_config('synchronous_commit', 'off', true)
"""


def run_search(*, actor: User, text: str) -> SearchResult:
    """Search, and write down what was asked and who was found; ValueError says what is wrong with the text."""
    authorise(actor, Perm.FIND_PERSON)
    result = find_nominals(user=actor, text=text, today=localdate())
    record_read(Verb.SEARCHED, rows="offenders.nominal", terms=text, ids=[hit.nominal.pk for hit in result.hits])
    return result


def save_search(*, actor: User, text: str) -> uuid.UUID:
    """Keep what was typed, so that the address of the results holds a token only; return the token."""
    authorise(actor, Perm.FIND_PERSON)
    token = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [token, actor.pk, text])
    return token


def delete_old_searches() -> int:
    """Forget the searches that are too old to be opened again; return how many."""
    old = SavedSearch.objects.filter(at__lte=now() - SavedSearch.KEPT_FOR)
    return old.delete()[0]
