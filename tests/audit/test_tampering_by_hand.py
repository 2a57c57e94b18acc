"""Each way of tampering with the sealed log is found, and its first place named; the drill tries a thousand."""

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from audit.choices import Fault
from audit.models import Event, Seal
from audit.seals.anchor import write_anchor
from audit.seals.chain import COLUMNS as COLUMNS_OF_SEALS
from audit.seals.chain import Leaf, link_from
from audit.seals.merkle import root_of
from audit.seals.verifying import verify_trail
from tests.audit.making_seals import as_owner, make_sealed_log, seal_all
from tests.audit.tampering import COLUMNS, EDITS, EVENTS, HANDS, Log, try_hand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]



@pytest.fixture
def anchor(settings):
    make_sealed_log()
    path = Path(settings.AUDIT_ANCHOR_FILE)
    assert verify_trail(anchor=path).finding is None
    return path


@pytest.mark.parametrize("seed", range(3))
def test_every_hand_is_found(anchor, seed):
    log = Log(seed)
    missed = [done for hand in dict.fromkeys(HANDS) for done, outcome in [try_hand(hand, log, anchor)] if outcome.finding is None]
    assert missed == []


def found(anchor, *statements):
    """What a verification says after these statements, which are undone."""
    with transaction.atomic():
        as_owner(*statements)
        finding = verify_trail(anchor=anchor).finding
        transaction.set_rollback(True)
    return finding and (finding.fault, finding.seal, finding.log, finding.row)


def test_the_first_bad_place_is_named_with_its_kind(anchor):
    second = Seal.objects.get(number=2)
    of_second = Event.objects.filter(pk__gte=second.event_from, pk__lte=second.event_to).order_by("pk")
    one, other, third = of_second.values_list("pk", flat=True)[:3]
    gap = next(pk for pk in range(one, one + 99) if not Event.objects.filter(pk=pk).exists())
    of_gap = Seal.objects.filter(event_to__gte=gap).order_by("event_to").first().number
    values = COLUMNS[EVENTS]
    new = f"INSERT INTO audit_event (id, {values}) SELECT {gap}, {values} FROM audit_event WHERE id = {one}"
    swapped = [f"UPDATE audit_event SET id = {new} WHERE id = {old}" for old, new in ((one, -7), (other, one), (-7, other))]
    last = Seal.objects.first().number
    assert found(anchor, f"UPDATE audit_event SET verb = 'printed' WHERE id IN ({other}, {third})") == (Fault.CHANGED, 2, "event", other)
    assert found(anchor, f"DELETE FROM audit_event WHERE id IN ({other}, {third})") == (Fault.REMOVED, 2, "event", other)
    assert found(anchor, *swapped) == (Fault.MOVED, 2, "event", one)
    assert found(anchor, new) == (Fault.INSERTED, of_gap, "event", gap)
    assert found(anchor, "UPDATE audit_seal SET root = sha256(root) WHERE number = 2") == (Fault.SEAL_CHANGED, 2, "", None)
    assert found(anchor, "DELETE FROM audit_seal WHERE number = 2") == (Fault.CHAIN_BROKEN, 2, "", None)
    assert found(anchor, f"DELETE FROM audit_seal WHERE number = {last}") == (Fault.CUT_OFF, last, "", None)
    assert found(anchor, "UPDATE audit_seal SET installation = gen_random_uuid() WHERE number = 2") == (
        Fault.OTHER_INSTALLATION, 2, "", None,
    )  # fmt: skip


def test_a_chain_that_was_made_anew_over_changed_entries_differs_from_the_anchor(anchor):
    """Somebody who changes an entry and seals everything again has a chain without a fault, and not the one that was written outside."""
    first = Event.objects.order_by("pk").first()
    as_owner("DELETE FROM audit_seal", f"UPDATE audit_event SET verb = 'printed' WHERE id = {first.pk}")
    seal_all(batch=8)
    assert verify_trail().finding is None
    assert verify_trail(anchor=anchor).finding.fault == Fault.OTHER_INSTALLATION
    same = anchor.read_text().partition('"installation": "')[2][:36]
    as_owner("DELETE FROM audit_seal")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("audit.seals.sealing.uuid4", lambda: uuid.UUID(same))
        seal_all(batch=8)
    assert (verify_trail(anchor=anchor).finding.fault, verify_trail(anchor=anchor).finding.seal) == (Fault.ANCHOR_DIFFERS, 1)
    assert write_anchor() == 0


@pytest.mark.parametrize("table", EDITS)
def test_a_change_of_any_value_is_found(anchor, table):
    key = Log(0).telling[table][4]
    missed = [change for change in EDITS[table] if found(anchor, f"UPDATE {table} SET {change} WHERE id = {key}") is None]
    assert missed == []


def test_a_seal_that_was_made_anew_by_itself_does_not_fit_the_next(anchor):
    link = link_from(Seal.objects.filter(number=2).values_list(*COLUMNS_OF_SEALS).get())
    forged = [leaf.hash[::-1] for leaf in link.all_leaves()]
    leaves = b"".join(Leaf(leaf.id, each).stored for leaf, each in zip(link.all_leaves(), forged, strict=True))
    new = replace(link, leaves=leaves, root=root_of(forged))
    new = replace(new, hash=new.reckon_hash())
    assert new.is_itself
    changed = f"leaves = '\\x{new.leaves.hex()}', root = '\\x{new.root.hex()}', hash = '\\x{new.hash.hex()}'"
    as_owner(f"UPDATE audit_seal SET {changed} WHERE number = 2")
    later = verify_trail(since=now() + timedelta(days=1)).finding
    assert (later.fault, later.seal) == (Fault.CHAIN_BROKEN, 3)
    assert verify_trail(since=now() - timedelta(days=1)).finding.seal == 2


def test_the_anchor_of_another_installation_or_none_is_found(anchor, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_text(anchor.read_text().replace('"installation": "', '"installation": "0'))
    assert verify_trail(anchor=other).finding.fault == Fault.OTHER_INSTALLATION
    assert verify_trail(anchor=tmp_path / "missing.jsonl").finding.fault == Fault.ANCHOR_UNREADABLE
    anchor.write_text(anchor.read_text() + "{not ours\n")
    assert verify_trail(anchor=anchor).finding.fault == Fault.ANCHOR_UNREADABLE


def test_entries_that_wait_for_days_are_found(anchor):
    as_owner("TRUNCATE audit_seal")
    assert verify_trail().finding is None
    as_owner("UPDATE audit_event SET at = now() - interval '2 days'")
    assert verify_trail().finding.fault == Fault.UNSEALED


def test_the_tables_of_the_log_stay_tables(anchor):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY")
        cursor.execute("CREATE POLICY everything ON audit_event USING (true); SET ROLE vigil_app")
    assert verify_trail(anchor=anchor).finding.fault == Fault.UNPROTECTED
