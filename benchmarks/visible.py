"""P2: the first page of the nominals that a role may see, against SQL written by hand and against guardian's own way."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guardian.shortcuts import get_objects_for_user

from accounts.models import User
from accounts.permissions import Perm
from benchmarks.results import Result
from benchmarks.timing import in_turn, p50
from offenders.models import Nominal

PAGE = 51  # a page of 50 and one more, to know whether there is another
BAR = 2.0
GUARDIAN_BAR = 10.0
GUARDIAN_BAR_FROM = 300_000  # nominals; what guardian takes grows with them, and the bar is set for a force of this size

GRANTED = """
SELECT g.content_object_id FROM offenders_nominalusergrant g JOIN auth_permission p ON p.id = g.permission_id
WHERE g.user_id = %(user)s AND g.expires_at > now() AND p.codename IN %(opens)s
UNION ALL
SELECT g.content_object_id FROM offenders_nominalgroupgrant g JOIN auth_permission p ON p.id = g.permission_id
JOIN accounts_user_groups held ON held.group_id = g.group_id
WHERE held.user_id = %(user)s AND g.expires_at > now() AND p.codename IN %(opens)s
"""
REASONED = "SELECT nominal_id FROM offenders_statedreason WHERE user_id = %(user)s AND expires_at > now() AND permission IN %(opens)s"
OF_FORCE = "SELECT nominal_id FROM offenders_partnership WHERE force_id = %(force)s AND ended_at IS NULL"
OF_UNIT = "SELECT nominal_id FROM offenders_partnership WHERE unit_id = %(unit)s AND ended_at IS NULL"
EXCLUDED = "SELECT nominal_id FROM offenders_exclusion WHERE user_id = %(user)s AND ended_at IS NULL"
OPENS = {Perm.VIEW_CARD: ("view_card", "view_case_file"), Perm.VIEW_CASE_FILE: ("view_case_file",)}
OWN = "n.offender_manager_id = %(user)s"
TEAM = "n.unit_id = %(unit)s AND NOT n.is_restricted"
UNIT = "n.unit_id = %(unit)s"


def force_wide(*also: str) -> str:
    """A card by hand: many rows match, so walk down the primary key until the page is full."""
    return f"""
        SELECT n.* FROM offenders_nominal n
        WHERE (NOT n.is_restricted AND (n.force_id = %(force)s OR n.id IN ({OF_FORCE}) OR n.id IN ({REASONED}))
               OR n.id IN ({GRANTED}) {"".join(f" OR {each}" for each in also)})
          AND n.id NOT IN ({EXCLUDED})
        ORDER BY n.id DESC LIMIT {PAGE}"""  # noqa: S608  (constants of this module)


def case_files(*team: str) -> str:
    """Case files by hand: few rows match, so gather each kind through its own index and cut the page from those."""
    first = "(SELECT n.id FROM offenders_nominal n WHERE {} AND n.id NOT IN ({}) ORDER BY n.id DESC LIMIT {})"
    parts = [first.format(each, EXCLUDED, PAGE) for each in team]
    parts += [f"SELECT n.id FROM offenders_nominal n WHERE NOT n.is_restricted AND n.id IN ({OF_UNIT})"] if team else []  # noqa: S608
    return f"""
        SELECT n.* FROM offenders_nominal n WHERE n.id IN (
            {"".join(f"{part} UNION " for part in parts)}
            SELECT n.id FROM offenders_nominal n
            WHERE NOT n.is_restricted AND n.id IN ({REASONED}) AND (n.force_id = %(force)s OR n.id IN ({OF_FORCE}))
            UNION {GRANTED}
        ) AND n.id NOT IN ({EXCLUDED})
        ORDER BY n.id DESC LIMIT {PAGE}"""  # noqa: S608  (constants of this module)


@dataclass(frozen=True)
class Case:
    """What one role may see, and how somebody would write that by hand."""

    username: str
    permission: Perm
    sql: str


POLICE = ("control_room", "operational", "intelligence", "disclosure_authority", "mapp_chair", "mappa_coordinator", "press_officer")
FORCE_WIDE = (*POLICE, "information_governance", "other_force_officer")
CASES = [
    *(Case(username, Perm.VIEW_CARD, force_wide()) for username in FORCE_WIDE),
    Case("offender_manager", Perm.VIEW_CARD, force_wide(OWN)),
    Case("supervisor", Perm.VIEW_CARD, force_wide(OWN, UNIT)),
    Case("offender_manager", Perm.VIEW_CASE_FILE, case_files(OWN, TEAM)),
    Case("supervisor", Perm.VIEW_CASE_FILE, case_files(OWN, UNIT)),
    Case("operational", Perm.VIEW_CASE_FILE, case_files()),
]


def measure_visible(size: int, rounds: int) -> list[Result]:
    """Fetch the first page of every role by the rules and by hand; and that of a whole force in guardian's way."""
    return [*(measure_case(case, size, rounds) for case in CASES), measure_guardian(size, rounds)]


def measure_case(case: Case, size: int, rounds: int) -> Result:
    """Both ways end in the same objects, which is checked first."""
    user = User.objects.get(username=case.username)
    values = {"user": user.pk, "force": user.organisation_id, "unit": user.unit_id, "opens": OPENS[case.permission]}
    by_rules = lambda _: first_page(user, case.permission)  # noqa: E731
    by_hand: Callable[[int], list[Nominal]] = lambda _: list(Nominal.objects.raw(case.sql, values))  # noqa: E731
    if by_rules(0) != by_hand(0):
        raise RuntimeError(f"The SQL written by hand for {case.username} shows other records than the rules.")
    samples = in_turn({"rules": by_rules, "hand": by_hand}, rounds)
    baseline = p50(samples["hand"])
    what, measured = f"{case.username}, {case.permission}, median", p50(samples["rules"])
    return Result("P2", what, size, measured, BAR * baseline, baseline=baseline, peer="SQL by hand")


def first_page(user: User, permission: Perm) -> list[Nominal]:
    """What the list page fetches."""
    return list(Nominal.objects.newest_for_user(user, permission, PAGE))


def measure_guardian(size: int, rounds: int) -> Result:
    """A whole force by rule, against as many grants held by somebody whom no rule lets see anything."""
    operator, holder = User.objects.get(username="control_room"), User.objects.get(username="administrator")
    samples = in_turn({"rules": lambda _: first_page(operator, Perm.VIEW_CARD), "guardian": lambda _: first_page_by_grants(holder)}, rounds)
    baseline = p50(samples["guardian"])
    what = f"control_room faster than {holder.nominalusergrant_set.count():,} guardian grants"
    bar = GUARDIAN_BAR if size >= GUARDIAN_BAR_FROM else None
    measured = baseline / p50(samples["rules"])
    return Result("P2", what, size, measured, bar, unit="×", baseline=baseline, at_least=True, peer="guardian", peer_unit="ms")


def first_page_by_grants(user: User) -> list[Nominal]:
    """The same page, looked up in guardian's way."""
    granted = get_objects_for_user(user, "view_card", Nominal, accept_global_perms=False)
    return list(granted.order_by("-pk")[:PAGE])
