"""What reviews of a record's flags said, and what each version of a flag said, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext

from accounts.choices import Role
from accounts.models import Organisation, Unit, User
from intelligence.choices.flags import Audience, Channel, ReviewState, Urgency
from intelligence.models import FlagReview, FlagSetting, FlagSettingVersion, FlagVerdict, NoFlagReason
from offenders.models import Nominal
from ui.templatetags.ui import in_sentence

Said = Mapping[str, Any]
Names = dict[tuple[str, int], str]


class Answered(NamedTuple):
    """What a review said of one flag: what the flag told whom when it was judged, the answer, and what changed."""

    kind: str
    was: str
    row: FlagVerdict
    changed: str


def reviews_of(user: User, nominal: Nominal) -> list[tuple[FlagReview, list[Answered]]]:
    """Return the reviews of a record that were signed off, the newest first, each with what it said of each flag."""
    mine = FlagSetting.objects.for_user(user).select_related("user", "unit", "agency")
    verdicts = FlagVerdict.objects.filter(setting__in=mine.values("pk")).select_related("by").prefetch_related(Prefetch("setting", mine))
    reviews = list(
        FlagReview.objects.for_user(user).filter(nominal=nominal, state=ReviewState.SIGNED_OFF).select_related("signed_off_by")
        .prefetch_related(Prefetch("verdicts", verdicts)).order_by("-signed_off_at", "-pk")
    )  # fmt: skip
    rows = [row for review in reviews for row in review.verdicts.all()]
    said = {(version.setting_id, version.number): version.snapshot for version in versions_judged(rows)}
    names = names_in([*said.values(), *(row.changes for row in rows)])
    return [(review, [answered(row, said, names) for row in review.verdicts.all()]) for review in reviews]


def reasons_of(user: User, nominal: Nominal) -> list[NoFlagReason]:
    """Return every reason why no flag was right for this person, the newest first."""
    return list(NoFlagReason.objects.for_user(user).filter(nominal=nominal).select_related("by"))


def versions_judged(rows: Sequence[FlagVerdict]) -> Iterable[FlagSettingVersion]:
    """Return what these flags said in each of their versions."""
    return FlagSettingVersion.objects.filter(setting__in={row.setting_id for row in rows})


def answered(row: FlagVerdict, said: Mapping[tuple[int, int], Said], names: Names) -> Answered:
    """Put one answer into words."""
    was = in_words(said.get((row.setting_id, row.version), {}), names)
    return Answered(row.setting.kind, was or row.setting.audience_words, row, in_words(row.changes, names))


def versions_of(flag: FlagSetting) -> list[tuple[FlagSettingVersion, str]]:
    """Return every version of a flag, the newest first, with what it said."""
    versions = list(flag.versions.select_related("by"))
    names = names_in([version.snapshot for version in versions])
    return [(version, in_words(version.snapshot, names)) for version in versions]


def names_in(said: Sequence[Said]) -> Names:
    """Return the names of the people, units and agencies in what flags said."""
    keys = {column: {row[column] for row in said if row.get(column)} for column in ("user", "unit", "agency")}
    people = {("user", pk): person.display_name for pk, person in User.objects.in_bulk(keys["user"]).items()}
    units = {("unit", pk): unit.name for pk, unit in Unit.objects.in_bulk(keys["unit"]).items()}
    return people | units | {("agency", pk): str(agency) for pk, agency in Organisation.objects.in_bulk(keys["agency"]).items()}


def in_words(said: Said, names: Names) -> str:
    """Say what a flag says, or those parts of it that are given."""
    named = [names.get((column, said[column]), "") for column in ("user", "unit", "agency") if said.get(column)]
    whom = named or ([gettext("Any %(role)s of the force") % {"role": in_sentence(Role(said["role"]).label)}] if said.get("role") else [])
    if not whom and said.get("audience"):
        whom = [str(Audience(said["audience"]).label)]
    parts = [*whom, *(str(words(said[name]).label) for name, words in (("channel", Channel), ("urgency", Urgency)) if name in said)]
    if said.get("least_interval_hours"):
        parts.append(gettext("%(hours)s hours between two messages") % {"hours": said["least_interval_hours"]})
    if "review_months" in said:
        parts.append(gettext("looked at again after %(months)s months") % {"months": said["review_months"]})
    return "; ".join(parts)
