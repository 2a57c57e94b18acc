"""The rules for packages of others, judged without a network: licences of what is installed, hashes of what is pinned.

`python -m tests.packages` (a part of `make lint`) names each that breaks one. Known weaknesses need a network: docs/operations.md.
"""
from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("base", "embedded", "demo", "test", "node", "bench", "scanner")

# Words of licences under which a force may run the service and change it.
ALLOWED = re.compile(
    r"\b(0bsd|apache|bsd|isc|lesser general public|lgpl|mit|mozilla public|mpl|psf|psfl|python software foundation|unlicense|zlib|zpl)\b",
    re.IGNORECASE,
)
# Packages whose own words do not say enough, or something else, each with the reason why they may stay.
STAYING = {
    "axe-playwright-python": "its file of the licence says MIT; only the tests use it",
    "clamav-client": "GPL 2: whoever passes Vigil on passes its source on; running it asks for nothing",
    "pypdfium2": "BSD and Apache; what PDFium holds besides is of the same kind",
}


def said_by(package: Distribution) -> list[str]:
    """Return what a package says of its licence: the expression, else classifiers, else the first line of the text."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return [expression]
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License :: ")]
    return classified or [(about.get("License") or "").strip().partition("\n")[0]]


def is_allowed(said: str) -> bool:
    """Say whether one of the ways that a licence offers has nothing but parts on the list."""
    return any(all(ALLOWED.search(part) for part in re.split(r"\bAND\b|,", way)) for way in re.split(r"\bOR\b", said))


def unknown_licences(packages: Iterable[Distribution]) -> Iterator[str]:
    """Name each package whose licence is not on the list."""
    for package in packages:
        name = package.metadata["Name"].lower()
        if name not in STAYING and not any(map(is_allowed, said_by(package))):
            yield f"{name}: licence {said_by(package)}"


def without_hashes(lock: str) -> Iterator[str]:
    """Name each package of a list that is not pinned to one version, or has no hash."""
    for block in re.split(r"^(?=[^\s#])", lock, flags=re.MULTILINE)[1:]:
        name = block.split(maxsplit=1)[0]
        if "==" not in name or "--hash=sha256:" not in block:
            yield f"{name}: no version or no hash"


def all_wrong() -> list[str]:
    """Return everything that breaks a rule here."""
    wrong = list(unknown_licences(distributions()))
    for name in LOCKS:
        lock = ROOT / "requirements" / f"{name}.txt"
        wrong += [f"{lock.name}: {each}" for each in without_hashes(lock.read_text(encoding="utf-8"))]
    return wrong


if __name__ == "__main__":
    sys.exit("\n".join(all_wrong()) or None)
