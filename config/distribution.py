"""A release to install from: `python -m config.distribution` (which `make dist` runs) packs the commit and the built front end.

The same commit gives the same bytes wherever Python and zlib are the same: names in order, no owner, the commit's moment as time of
every file.
"""
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
BUILT = Path("build", "static")
NO_SERVERS = {"SECRET_KEY": "none", "DATABASE_URL": "postgres://none@127.0.0.1/none", "REDIS_URL": "redis://127.0.0.1/0"}


class NotReadyError(Exception):
    """What stands in the way of a release, to be shown."""


def git(root: Path, *arguments: str) -> str:
    """What git says."""
    command = [shutil.which("git") or "git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def make_release(root: Path = BASE_DIR) -> Path:
    """Write the archive and its digest into dist/; return the archive."""
    if not (root / ".git").exists():
        raise NotReadyError("A release is made from a clone of the repository: this folder has no history.")
    if changed := git(root, "status", "--porcelain"):
        raise NotReadyError(f"A release is made from what is committed. Commit or remove first:\n{changed}")
    commit, moment = git(root, "log", "-1", "--format=%H %ct").split()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, f"vigil-{version_of(root)}")
        git(root, "checkout-index", "--all", f"--prefix={tree}/")  # the same as the commit: nothing is changed
        add_what_is_built(root, tree, commit)
        archive = root / "dist" / f"{tree.name}.tar.gz"
        write_archive(tree, archive, int(moment), commit)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", encoding="ascii")
    return archive


def version_of(root: Path) -> str:
    """The version as it stands in pyproject.toml, its one place."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def add_what_is_built(root: Path, tree: Path, commit: str) -> None:
    """Add what comes from npm, what pages are served from, the words of each language, and which commit it is."""
    shutil.copytree(root / BUILT, tree / BUILT)
    for command in (["collectstatic", "--noinput", "--verbosity=0"], ["compile_words", "--verbosity=0"]):
        environment = os.environ | NO_SERVERS | {"PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "manage.py", *command], cwd=tree, env=environment, check=True)
    said = json.dumps({"version": version_of(tree), "commit": commit}) + "\n"
    (tree / "build" / "release.json").write_text(said, encoding="utf-8")


def write_archive(tree: Path, target: Path, moment: int, commit: str) -> None:
    """Pack a folder under its own name, so that the same files are the same bytes."""
    target.parent.mkdir(exist_ok=True)
    headers = {"comment": commit}  # where `git get-tar-commit-id` looks
    with (
        target.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers) as archive,
    ):
        for path in in_order(tree):
            with path.open("rb") as content:
                archive.addfile(member(tree, path, moment), content)


def in_order(tree: Path) -> Iterator[Path]:
    """Every file by name, what was built last: unpacked without its times, it is still no older than its sources."""
    files = [path for path in tree.rglob("*") if path.is_file()]
    yield from sorted(files, key=lambda path: (path.is_relative_to(tree / "build"), path.relative_to(tree).as_posix()))


def member(tree: Path, path: Path, moment: int) -> tarfile.TarInfo:
    """How a file stands in the archive: nobody's, and open to be read."""
    info = tarfile.TarInfo(path.relative_to(tree.parent).as_posix())
    info.size, info.mtime = path.stat().st_size, moment
    info.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
    return info


if __name__ == "__main__":
    try:
        print(make_release())
    except NotReadyError as error:
        sys.exit(str(error))
