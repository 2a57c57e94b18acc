"""A release holds the commit and what was built, belongs to nobody, and is the same bytes each time."""
import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from config import distribution
from config.distribution import NotReadyError, make_release

COMMITTED = 1_700_000_000
PROJECT = '[project]\nname = "vigil"\nversion = "7.8.9"\n'
# Stands in for Django's: the real one needs the whole product.
MANAGE = """
import pathlib, sys
made = pathlib.Path({"collectstatic": "build/collected/staticfiles.json", "compile_words": "locale/cy/django.mo"}[sys.argv[1]])
made.parent.mkdir(parents=True)
made.write_text("{}")
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A small repository with a front end that was built."""
    root = tmp_path / "clone"
    (root / "build" / "static" / "vendor").mkdir(parents=True)
    (root / "build" / "static" / "vendor" / "VERSIONS.json").write_text("{}")
    for name, text in {"pyproject.toml": PROJECT, "manage.py": MANAGE, ".gitignore": "/build/\n/dist/\n", "zebra.txt": "z"}.items():
        (root / name).write_text(text)
    (root / "manage.py").chmod(0o755)
    for arguments in (["init", "--quiet"], ["add", "."]):
        git(root, *arguments)
    git(root, "commit", "--quiet", "--message=First")
    return root


def git(root: Path, *arguments: str) -> None:
    person = ["-c", "user.name=A", "-c", "user.email=a@vigil.invalid", "-c", "commit.gpgsign=false"]
    long_ago = {"GIT_COMMITTER_DATE": f"@{COMMITTED} +0000"}
    subprocess.run(["git", "-C", str(root), *person, *arguments], check=True, env=os.environ | long_ago)


def test_archive_holds_the_commit_and_what_was_built_and_belongs_to_nobody(clone: Path) -> None:
    (clone / "build" / "notes.txt").write_text("not part of it")

    with tarfile.open(make_release(clone)) as archive:
        members = archive.getmembers()
        said = json.load(archive.extractfile("vigil-7.8.9/build/release.json"))

    own = [".gitignore", "locale/cy/django.mo", "manage.py", "pyproject.toml", "zebra.txt"]
    built = ["build/collected/staticfiles.json", "build/release.json", "build/static/vendor/VERSIONS.json"]
    assert [each.name.removeprefix("vigil-7.8.9/") for each in members] == own + built
    assert {(each.uid, each.gid, each.uname, each.gname) for each in members} == {(0, 0, "", "")}
    assert {each.mtime for each in members} == {COMMITTED}
    assert {each.name for each in members if each.mode == 0o755} == {"vigil-7.8.9/manage.py"}
    assert said == {"version": "7.8.9", "commit": distribution.git(clone, "rev-parse", "HEAD")}


def test_the_same_commit_gives_the_same_bytes_and_the_sum_beside_it(clone: Path) -> None:
    first = make_release(clone).read_bytes()
    assert int.from_bytes(first[4:8], "little") == COMMITTED  # gzip's own note of the time
    (clone / "zebra.txt").touch()

    archive = make_release(clone)

    assert archive.read_bytes() == first
    assert archive.with_name("vigil-7.8.9.tar.gz.sha256").read_text() == f"{hashlib.sha256(first).hexdigest()}  vigil-7.8.9.tar.gz\n"


def test_what_is_not_committed_goes_into_no_release(clone: Path) -> None:
    (clone / "zebra.txt").write_text("changed")

    with pytest.raises(NotReadyError, match=r"zebra\.txt"):
        make_release(clone)


def test_a_folder_without_history_makes_no_release(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="no history"):
        make_release(tmp_path)
