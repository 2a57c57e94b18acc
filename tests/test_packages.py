"""Packages of others: what their licences must be, and that each is pinned with its hashes."""
from __future__ import annotations

from email.message import Message

import pytest

from tests import packages


class Package:
    """A package that says this of its licence."""

    def __init__(self, **headers: str) -> None:
        self.metadata = Message()
        for name, value in {"Name": "Somebodys", **headers}.items():
            self.metadata[name.replace("_", "-")] = value


def test_what_is_installed_and_pinned_here_keeps_the_rules() -> None:
    assert packages.all_wrong() == []


@pytest.mark.parametrize(
    ("headers", "wrong"),
    [
        ({"License_Expression": "MIT AND PSF-2.0"}, 0),
        ({"License_Expression": "GPL-3.0-only OR BSD-3-Clause"}, 0),
        ({"License_Expression": "LGPL-2.1-only"}, 0),
        ({"Classifier": "License :: OSI Approved :: GNU Lesser General Public License v2 (LGPLv2)"}, 0),
        ({"License": "BSD 3-Clause\nCopyright somebody"}, 0),
        ({"License_Expression": "GPL-3.0-only"}, 1),
        ({"License_Expression": "MIT AND AGPL-3.0-only"}, 1),
        ({"Classifier": "License :: OSI Approved :: GNU Affero General Public License v3", "License": "MIT"}, 1),
        ({"License": "Proprietary"}, 1),
        ({}, 1),
    ],
)
def test_only_listed_licences_are_let_in(headers: dict[str, str], wrong: int) -> None:
    assert len(list(packages.unknown_licences([Package(**headers)]))) == wrong


def test_package_without_version_or_hash_is_named() -> None:
    lock = """# made
good==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:aa
    # via -r base.in
bare==2.0
loose>=3 \\
    --hash=sha256:bb
"""

    assert list(packages.without_hashes(lock)) == ["bare==2.0: no version or no hash", "loose>=3: no version or no hash"]


def test_reasons_to_stay_are_for_packages_that_are_here() -> None:
    installed = {package.metadata["Name"].lower() for package in packages.distributions()}

    assert set(packages.STAYING) - installed == set()
