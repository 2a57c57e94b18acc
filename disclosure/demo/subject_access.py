"""Requests for one's own data in the synthetic force: one answered, one that is decided passage by passage."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import now

from accounts.models import User
from disclosure.choices.subject_access import Received, State, Way
from disclosure.services.subject_access import (
    ask_unit_for_help,
    find_nothing,
    link_subject_record,
    prove_identity,
    take_subject_request,
)
from disclosure.services.subject_access_bundles import hand_over, seal_bundle
from disclosure.services.subject_access_collecting import collect, leave_out_sources
from disclosure.services.subject_access_deciding import keep_everything_plain
from offenders.models import Nominal


def add_subject_access(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have information governance answer somebody of whom nothing is held, and begin to decide about what is held of Arthur."""
    governance, officer = users["information_governance"], users["offender_manager"]
    came = now() - timedelta(days=6)
    unknown = take_subject_request(
        actor=governance, name="Clement Nowhere", received_by=Received.MAIL, received_at=came, address="9 Example Row, Northmere"
    )
    proved = prove_identity(
        actor=governance, request=unknown, version=None, identity="passport", identity_detail="Seen at the front counter", at=came
    )
    searched = find_nothing(actor=governance, request=proved, version=None, words="Name and date of birth, in every system of the force.")
    seal_bundle(actor=governance, request=searched, version=None)
    hand_over(
        actor=governance, request=searched, version=None, way=Way.POST, to_whom="Clement Nowhere", at=now(), note="Recorded post, number 7"
    )
    asked = take_subject_request(
        actor=governance, name="Arthur Sample", received_by=Received.IN_PERSON, received_at=came, scope="All that you hold about me."
    )
    asked = prove_identity(actor=governance, request=asked, version=None, identity="known", identity_detail="By his officer", at=came)
    asked = ask_unit_for_help(actor=governance, request=asked, version=None, unit=arthur.unit)
    asked = link_subject_record(actor=officer, request=asked, version=None, nominal=arthur)
    collect(actor=officer, request=asked)
    asked.refresh_from_db()
    if asked.state == State.COLLECTING:
        leave_out_sources(actor=governance, request=asked, version=None, reason="The unit that may read them says that they hold nothing.")
    if first := asked.items.first():
        keep_everything_plain(actor=governance, request=asked, source=first.source)
