"""P1: from a misspelt name to rendered results, and to the card, over HTTP. P5: what the access record of a page costs."""
from __future__ import annotations

from random import Random

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Perm
from benchmarks.baselines import BARE, UNRECORDED
from benchmarks.browsing import Browser
from benchmarks.replay import replay, statements_of
from benchmarks.results import Result
from benchmarks.timing import Samples, in_turn, p50, p95, sums
from offenders.models import Name, Nominal
from offenders.search import find_nominals

BAR = 1.5
RECORD_BAR = 1.05
SHORTEST = 5  # letters of a surname that still reads as itself with one wrong


def measure_control_room(size: int, rounds: int, rng: Random, port: int) -> list[Result]:
    """Find and open people as the control room does, and the same without the service around it."""
    operator = User.objects.get(username="control_room")
    browser = Browser(port, operator)
    names = sample_names(operator, rounds, rng)
    texts = [misspell(f"{name.given_names} {name.surname}".strip(), name.surname, rng) for name in names]
    references = [name.nominal.reference for name in names]
    searches = [statements_of(lambda text=text: find_nominals(user=operator, text=text, today=localdate())) for text in texts]
    find = reverse("offenders:find")
    samples = in_turn(
        {
            "results": lambda turn: browser.send(find, text=texts[turn]),
            "card": lambda turn: browser.get(reverse("offenders:card", args=[references[turn]])),
            "bare page": lambda turn: browser.get(f"{find}?{BARE}"),
            "search as SQL": lambda turn: replay(searches[turn]),
        },
        rounds,
    )
    return [judge(size, samples, "results"), judge(size, samples, "card"), measure_record(size, rounds, browser, references)]


def judge(size: int, samples: Samples, what: str) -> Result:
    """Hold a page against an empty page and the search's own statements together."""
    baseline = p95(sums(samples["bare page"], samples["search as SQL"]))
    return Result("P1", f"{what}, p95", size, p95(samples[what]), BAR * baseline, baseline=baseline, peer="bare page and SQL")


def measure_record(size: int, rounds: int, browser: Browser, references: list[str]) -> Result:
    """Open the same cards with and without their access record."""
    samples = in_turn(
        {
            "with": lambda turn: browser.get(reverse("offenders:card", args=[references[turn]])),
            "without": lambda turn: browser.get(f"{reverse('offenders:card', args=[references[turn]])}?{UNRECORDED}"),
        },
        rounds,
    )
    baseline = p50(samples["without"])
    measured, limit = p50(samples["with"]), RECORD_BAR * baseline
    return Result("P5", "card with its access record, median", size, measured, limit, baseline=baseline, peer="without it")


def sample_names(user: User, count: int, rng: Random) -> list[Name]:
    """Draw names, in letters that can be misspelt by key, of people whose card the user may read."""
    readable = Nominal.objects.for_user(user, Perm.VIEW_CARD)
    names = Name.objects.filter(nominal__in=readable, surname__regex=f"^[A-Za-z]{{{SHORTEST},}}$")
    chosen = rng.choices(list(names.order_by("pk").values_list("pk", flat=True)), k=count)
    found = Name.objects.select_related("nominal").in_bulk(chosen)
    return [found[key] for key in chosen]


def misspell(full: str, surname: str, rng: Random) -> str:
    """Swap, drop or double one inner letter of the surname."""
    at = rng.randrange(1, len(surname) - 2)
    before, first, second, after = surname[:at], surname[at], surname[at + 1], surname[at + 2 :]
    wrong = rng.choice([before + second + first + after, before + second + after, before + first + first + second + after])
    return full.removesuffix(surname) + wrong
