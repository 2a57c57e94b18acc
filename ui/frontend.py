"""The design-system files a page needs, and the branding that must not come with them."""

import re
from pathlib import Path

from django.conf import settings

FONT_STACK = '"Helvetica Neue",Helvetica,Arial,sans-serif'
BRANDING = ("GDS Transport", "govuk-crest", "@font-face")
# package: pairs of (file in the package, place in build/static/vendor)
FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "govuk-frontend": (
        ("dist/govuk/govuk-frontend.min.css", "css/govuk-frontend.css"),
        ("dist/govuk/govuk-frontend.min.js", "js/govuk-frontend.js"),
    ),
    "@ministryofjustice/frontend": (
        ("moj/moj-frontend.min.css", "css/moj-frontend.css"),
        ("moj/moj-frontend.min.js", "js/moj-frontend.js"),
        ("moj/assets/images/icon-*.svg", "images/"),
    ),
}


def vendor_dir() -> Path:
    """Return where the prepared files go; never part of the repository."""
    return Path(settings.BASE_DIR) / "build" / "static" / "vendor"


def versions_file() -> Path:
    """Return the file that is written last, so that its presence means the build is whole."""
    return vendor_dir() / "VERSIONS.json"


def unbrand(text: str) -> str:
    """Take out the font and the crest that only GOV.UK may use, and point images at our folder."""
    text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
    text = re.sub(r"/\*!\s*Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"[\"']?GDS Transport[\"']?,\s*arial,\s*sans-serif", FONT_STACK, text)
    text = re.sub(r"url\([\"']?/assets/images/govuk-crest\.svg[\"']?\)", "none", text)
    return text.replace("/assets/images/", "../images/")


def drop_source_map(text: str) -> str:
    """Remove the pointer to a source map that is not shipped: collecting static files would fail on it."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=[^\n]*", "", text)


def remaining_branding(text: str) -> list[str]:
    """Return every protected mark still named in the text."""
    return [mark for mark in BRANDING if mark.lower() in text.lower()]


def missing_files(css: Path) -> list[str]:
    """Return what a style sheet points at and does not find; a page would ask for it in vain."""
    wanted = re.findall(r"url\([\"']?(?!data:)([^)\"'#]+)", css.read_text(encoding="utf-8"))
    return [target for target in wanted if not (css.parent / target).exists()]
