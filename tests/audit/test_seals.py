"""The log is sealed in batches, each tied to the one before, and a verification reads all of it again."""

import hmac
import uuid
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from audit.choices import Fault
from audit.erasing import ErasedCounts
from audit.models import Erasure, Event, Seal
from audit.seals import sealing as sealing_module
from audit.seals.chain import COLUMNS, link_from
from audit.seals.merkle import climb, path_of, root_of
from audit.seals.rows import BY_NAME, packed, read_rows
from audit.seals.verifying import prove_row, verify_trail
from tests.audit.making_seals import as_owner, fill, forget, make_entry, make_event, on_this_connection, seal_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]
LEAVES = [sha256(bytes([number])).digest() for number in range(40)]


def ask(statement, *values):
    """Return the first column of what the database answers the owner."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement, values)
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET ROLE vigil_app")
    return found


def key_of_none():
    """Return the key of entries about no record."""
    return bytes(ask("SELECT key FROM audit_trailkey WHERE nominal = 0")[0])


def refused(statement, role="vigil_app"):
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}" if role != "vigil_owner" else "RESET ROLE")
            cursor.execute(statement)
    except DatabaseError:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE vigil_app")
    return False


def test_tree_of_certificate_transparency_has_the_roots_that_the_standard_gives():
    given_leaves = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
    given_leaves += [bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70))]
    hashes = [sha256(b"\x00" + leaf).digest() for leaf in given_leaves]
    assert root_of([]).hex().startswith("e3b0c44298fc1c14")
    assert root_of(hashes[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root_of(hashes).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_each_leaf_climbs_to_the_root_and_no_other_leaf_does():
    for size in range(1, len(LEAVES)):
        root = root_of(LEAVES[:size])
        for index in range(size):
            path = path_of(LEAVES[:size], index)
            assert climb(LEAVES[index], path) == root
            assert climb(LEAVES[index - 1], path) != root or size == 1


@given(st.lists(st.none() | st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_the_database_packs_and_digests_as_we_do(values):
    key, data = bytes(range(32)), packed(values)
    if values:
        assert bytes(ask("SELECT vigil_packed(%s::text[])", values)[0]) == data
    assert bytes(ask("SELECT vigil_hmac(%s, %s)", key, data)[0]) == hmac.digest(key, data, "sha256")


def test_lists_that_look_alike_are_packed_apart():
    lists = [["a", "b"], ["ab"], ["a", "b", None], ["a", "b", ""], ["1:a,", ""], ["", "a,1:b"], [None, "a", "b"]]
    assert len({packed(each) for each in lists}) == len(lists)


def test_the_canonical_form_of_an_entry_is_the_one_that_is_documented():
    event = make_event(5)
    seal_all()
    with on_this_connection() as raw:
        row = next(read_rows(raw, BY_NAME["event"], event.pk - 1, event.pk))
    event.refresh_from_db()
    moment = str(int(event.at.timestamp()) * 1_000_000 + event.at.microsecond)
    kept = [str(event.pk), moment, None, "supervisor", "viewed", "offenders.nominal", None, None, "web", "192.0.2.7", str(event.request_id)]
    kept.append('{"ids": [5, 2], "page": "CardPage"}')
    says = [event.reason, '{"ratio": 1.5, "words": "naïve \\u0001 \\\\"}']
    digest = hmac.digest(key_of_none(), packed(says), "sha256")
    assert row.leaf() == sha256(b"\x00" + packed(["vigil log 1", "event", *kept]) + digest).digest()


def test_what_is_sealed_is_found_whole_and_nothing_waits():
    fill(30)
    added = seal_all()
    outcome = verify_trail()
    assert (outcome.finding, outcome.seals, outcome.waiting) == (None, added, 0)
    assert outcome.rows == Event.objects.count() + len(ask("SELECT id FROM auditlog_logentry")) > 40
    assert added > 2


def test_nothing_new_makes_no_seal_and_what_comes_later_goes_into_the_next():
    fill(3)
    seal_all()
    assert seal_all() == 0
    make_event(9)
    assert verify_trail().waiting == 1
    assert seal_all() == 1
    second, first = Seal.objects.all()
    assert bytes(second.previous) == bytes(first.hash)


def test_an_entry_is_sealed_only_when_whoever_was_adding_has_ended(monkeypatch):
    make_event(1)
    monkeypatch.setattr(sealing_module, "HOLDERS", "SELECT unnest(ARRAY['7/1', '8/1'])")
    assert seal_all() == 0
    later = make_event(2)
    monkeypatch.setattr(sealing_module, "HOLDERS", "SELECT unnest(ARRAY['8/1', '9/1'])")
    assert seal_all() == 0
    monkeypatch.setattr(sealing_module, "HOLDERS", "SELECT '9/1'")
    assert seal_all() == 1
    assert Seal.objects.first().event_to == later.pk - 1
    monkeypatch.setattr(sealing_module, "HOLDERS", "SELECT '10/1'")
    assert seal_all() == 1
    assert Seal.objects.first().event_to == later.pk


def test_an_entry_ahead_of_the_numbers_is_not_sealed_and_is_found():
    make_event(1)
    as_owner("INSERT INTO audit_event (id, verb, acting_role, subject_type, reason, channel, request_id, detail) "
             "VALUES (9000000000000000, 'viewed', '', '', '', 'web', gen_random_uuid(), '{}')")  # fmt: skip
    seal_all()
    assert Seal.objects.first().event_to < 9000000000000000
    assert str(verify_trail().finding) == "event 9000000000000000: an entry has a number that was not given out yet"


def test_one_entry_is_proved_by_the_path_to_the_root():
    fill(12)
    seal_all()
    event = Event.objects.order_by("pk")[5]
    proof = prove_row(log="event", row=event.pk)
    assert (proof.finding, proof.climbed, len(proof.path)) == (None, proof.link.root, 4)
    as_owner(f"UPDATE audit_event SET reason = 'Another' WHERE id = {event.pk}")
    assert prove_row(log="event", row=event.pk).finding.fault == Fault.CHANGED
    as_owner(f"DELETE FROM audit_event WHERE id = {event.pk}")
    assert prove_row(log="event", row=event.pk).finding.fault == Fault.REMOVED
    assert prove_row(log="event", row=event.pk + 1_000) is None


def test_an_erased_entry_says_nothing_and_the_log_stays_whole():
    fill(24)
    seal_all()
    waiting = make_event(40, 2)
    disposal = uuid.uuid4()
    counts = forget(2, disposal)
    assert counts == ErasedCounts(events=7, entries=0)
    assert set(Event.objects.filter(nominal=2).values_list("reason", flat=True)) == {""}
    assert {key for detail in Event.objects.filter(nominal=2).values_list("detail", flat=True) for key in detail} == {"ids", "page"}
    assert ask("SELECT count(*) FROM audit_trailkey WHERE nominal = 2") == [0]
    assert Erasure.objects.get(row_id=waiting.pk).digest is None
    assert (verify_trail().finding, verify_trail().erased) == (None, 6)
    seal_all()
    outcome = verify_trail()
    assert (outcome.finding, outcome.erased, outcome.waiting) == (None, 7, 0)
    assert forget(2) == ErasedCounts(0, 0)


def test_changes_of_a_record_are_erased_with_what_they_were_about():
    entries = [make_entry(number, 3) for number in (1, 2)]
    other = make_entry(3, 4)
    seal_all()
    assert forget(3) == ErasedCounts(0, 2)
    entries[0].refresh_from_db()
    other.refresh_from_db()
    assert (entries[0].changes, entries[0].object_repr, entries[0].additional_data) == ({}, "", {"nominal": 3, "acting_role": ""})
    assert other.changes == {"name": ["Old", "New 3"]}
    assert verify_trail().finding is None


def test_an_erased_entry_that_is_filled_again_is_found_and_so_is_a_forged_digest():
    event = make_event(1, 2)
    seal_all()
    forget(2)
    with transaction.atomic():
        as_owner(f"UPDATE audit_event SET reason = 'Something' WHERE id = {event.pk}")
        assert verify_trail().finding.fault == Fault.ERASED_CHANGED
        transaction.set_rollback(True)
    as_owner(f"UPDATE audit_erasure SET digest = sha256('x') WHERE row_id = {event.pk}")
    assert verify_trail().finding.fault == Fault.CHANGED


def test_nobody_can_guess_what_an_erased_entry_about_no_record_said():
    make_event(1)
    seal_all()
    key = key_of_none()
    assert (len(key), key == b"entries about no record") == (32, False)
    make_event(2)
    seal_all()
    assert key_of_none() == key
    as_owner("DELETE FROM audit_trailkey WHERE nominal = 0")
    assert verify_trail().finding.fault == Fault.KEY_LOST


def test_a_key_that_is_gone_without_a_disposal_is_found():
    make_event(1, 2)
    seal_all()
    as_owner("DELETE FROM audit_trailkey")
    assert verify_trail().finding.fault == Fault.KEY_LOST


def test_triggers_that_are_off_are_found():
    make_event(1)
    seal_all()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER event_erased_only; SET ROLE vigil_app")
    assert str(verify_trail().finding) == "audit_event: the database no longer refuses changes of the log"


CHANGES = {
    "vigil_app": [
        "INSERT INTO audit_seal SELECT * FROM audit_seal", "UPDATE audit_seal SET root = ''", "DELETE FROM audit_seal",
        "TRUNCATE audit_seal", "UPDATE audit_event SET reason = ''", "DELETE FROM audit_event",
        "UPDATE auditlog_logentry SET changes = '{}'",
        "INSERT INTO audit_erasure (log, row_id, disposal) VALUES ('event', 1, gen_random_uuid())", "DELETE FROM audit_erasure",
        "SELECT erase_trail_of(1, gen_random_uuid())", "SELECT erase_rows_of('{\"offenders.nominal\": [1]}', gen_random_uuid())",
        "SELECT erase_entries('{1}', '{}', gen_random_uuid())", "SELECT key FROM audit_trailkey",
        "DELETE FROM audit_trailkey", "UPDATE audit_sealmark SET holders = '[]'",
    ],
    "vigil_audit": [
        "UPDATE audit_seal SET root = ''", "DELETE FROM audit_seal", "UPDATE audit_event SET reason = ''", "DELETE FROM audit_event",
        "INSERT INTO audit_erasure (log, row_id, disposal) VALUES ('event', 1, gen_random_uuid())",
        "DELETE FROM audit_trailkey", "UPDATE audit_trailkey SET key = ''",
        "SELECT erase_trail_of(2, gen_random_uuid())", "SELECT FROM offenders_nominal",
    ],
    "vigil_owner": [
        "UPDATE audit_seal SET root = ''", "DELETE FROM audit_seal", "TRUNCATE audit_seal", "UPDATE audit_event SET reason = ''",
        "UPDATE audit_event SET reason = '', detail = '{}'", "UPDATE auditlog_logentry SET changes = '{}'", "DELETE FROM audit_erasure",
        "DELETE FROM audit_event", "TRUNCATE auditlog_logentry", "UPDATE audit_erasure SET digest = NULL",
        "SELECT erase_trail_of(1, gen_random_uuid())",
    ],
}  # fmt: skip


@pytest.mark.parametrize("role", CHANGES)
def test_nobody_changes_the_log_its_seals_or_what_was_erased(role):
    fill(4)
    seal_all()
    forget(2)
    assert [statement for statement in CHANGES[role] if not refused(statement, role)] == []


def test_the_stored_seal_is_the_one_that_was_hashed():
    fill(4)
    seal_all(batch=100)
    with on_this_connection() as raw, raw.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_seal ORDER BY number DESC LIMIT 1")
        names = [column.name for column in cursor.description]
        said = dict(zip(names, cursor.fetchone(), strict=True))
    assert link_from([said[name] for name in COLUMNS]).is_itself
