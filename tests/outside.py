"""A scanner of others at a running demonstration, from outside: `make outside URL=http://127.0.0.1:8000` (docs/security.md).

It attacks what it finds, so it is for a throw-away copy, and it asks nobody but that copy. Each kind of finding has its answer below; any
other ends with status 1.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import django

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, REPORTS = ROOT / "build" / "scanner" / "bin" / "wapiti", ROOT / "build" / "scanner" / "reports"
NOBODY = "nobody"
PEOPLE = (
    NOBODY, "control_room", "offender_manager", "supervisor", "disclosure_authority", "mapp_chair", "mappa_coordinator", "operational",
    "intelligence", "press_officer", "information_governance", "auditor", "administrator", "partner",
)  # fmt: skip
# Nobody is asked outside (ssrf, xxe, log4shell report to a server of the makers), nothing is guessed from lists of products.
MODULES = (
    "backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "https_redirect", "ldap", "methods",
    "permanentxss", "redirect", "shellshock", "spring4shell", "sql", "timesql", "upload", "xss",
)  # fmt: skip
MOST_SECONDS, MODULE_SECONDS = 420, 15
KEPT_OUT = ("sign-out/", "account/*", "account/password/", "account/recovery-codes/", "account/role/")  # they would end the scan's session

ANSWERED = {
    "Unencrypted Channels": "The demonstration runs without TLS; a real site does not start so (config/checks.py).",
    "Secure Flag cookie": "The same: with TLS both cookies are Secure and begin with __Host- (tests/test_settings.py).",
    "HTTP Methods": "OPTIONS names the methods of an address and does nothing; PUT, PATCH, DELETE and TRACE are refused.",
}


def cookies_of(person: str, site: str) -> str:
    """Sign in, and return what a browser would send then."""
    password = import_module("offenders.demo.staff").PASSWORD
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"{site}/sign-in/"
    with opener.open(address, timeout=30) as page:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    said = {"csrfmiddlewaretoken": token[1] if token else "", "username": person, "password": password}
    request = urllib.request.Request(address, urlencode(said).encode(), {"Referer": address})  # noqa: S310 - a site on this machine
    with opener.open(request, timeout=30) as answer:
        if "/sign-in/" in answer.url:
            raise SystemExit(f"{person} cannot sign in at {site}: is it the demonstration?")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def scan(person: str, site: str) -> Path:
    """Let the scanner look at what one person reaches; return its report."""
    report = REPORTS / f"{person}.json"
    bounds = {
        "--depth": 2, "--max-links-per-page": 25, "--max-files-per-dir": 5, "--max-parameters": 20, "--tasks": 4,
        "--max-scan-time": MOST_SECONDS, "--max-attack-time": MODULE_SECONDS,
    }  # fmt: skip
    command = [str(PROGRAM), "--url", f"{site}/", "--scope", "folder", "--module", ",".join(MODULES), "--scan-force", "polite"]
    command += [part for option, most in bounds.items() for part in (option, str(most))]
    command += [part for path in KEPT_OUT for part in ("--exclude", f"{site}/{path}")]
    command += ["--flush-session", "--store-session", str(REPORTS / f"{person}.session"), "--no-bugreport", "--verbose", "0"]
    command += ["--format", "json", "--output", str(report)]
    if person != NOBODY:
        command += ["--cookie-value", cookies_of(person, site)]
    report.unlink(missing_ok=True)
    subprocess.run(command, check=True, timeout=4 * MOST_SECONDS, stdout=subprocess.DEVNULL)
    return report


def findings(report: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each finding of any level: its kind, the address, and what is said of it."""
    said = json.loads(report.read_text(encoding="utf-8"))
    for level in ("vulnerabilities", "anomalies", "additionals"):
        for kind, found in said[level].items():
            yield from ((kind, f"{each['method']} {each['path']}", each["info"]) for each in found)


def main(site: str, *people: str) -> int:
    """Scan as each person; say what was found and return whether something has no answer."""
    if urlsplit(site).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise SystemExit("Only a site on this machine is scanned.")
    REPORTS.mkdir(parents=True, exist_ok=True)
    unanswered = 0
    for person in people or PEOPLE:
        found = list(findings(scan(person, site)))
        new = [each for each in found if each[0] not in ANSWERED]
        unanswered += len(new)
        pages = json.loads((REPORTS / f"{person}.json").read_text(encoding="utf-8"))["infos"]["crawled_pages_nbr"]
        print(f"{person}: {pages} pages and forms, {len(found)} findings, {len(new)} without an answer", flush=True)
        for kind, address, words in new:
            print(f"  {kind}: {address}: {words}", flush=True)
    return 1 if unanswered else 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main(sys.argv[1].rstrip("/"), *sys.argv[2:]))
