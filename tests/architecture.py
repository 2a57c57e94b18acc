"""The rules of the layout, as functions that read source files and name each place that breaks one."""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("ui", "accounts", "audit", "actions", "offenders", "intelligence", "sharing", "disclosure", "governance", "guide")

# Accounts is two layers: the choke point, on which the trail stands, and the pages about people, which leave traces in the trail.
CHOKE_POINT = {"access", "apps", "choices", "ciphers", "errors", "models", "permissions", "querysets", "replica", "roles", "migrations"}
LAYERS = ("ui", "accounts (choke point)", "audit", "accounts", *APPS[3:], "config", "tests")

BANNED_NAMES = {"core", "common", "utils", "helpers", "mixins", "managers", "signals", "admin"}
EVERY_APP = {"__init__", "apps", "models", "choices", "querysets", "services", "guards", "rules", "reports", "documents", "forms", "views"}
EVERY_APP |= {"urls", "tasks", "api", "management", "migrations", "templatetags", "personal", "disposal", "health", "help"}
# What an app has besides, and why nothing in the usual list would say it.
OWN_NAMES = {
    # how things look
    "ui": {"calendars", "charts", "checks", "fields", "frontend", "languages"}
    | {"networks", "pdf", "renderers", "sheets", "storage", "widgets"},
    # choke point, ways in
    "accounts": {"access", "authentication", "ciphers", "errors", "middleware", "oauth"}
    | {"passwords", "permissions", "replica", "roles", "sessions", "throttles"},
    # the trail; its pages
    "audit": {"context", "disposing", "erasing", "logs", "masking", "middleware", "receivers", "references", "seals", "viewer"},
    # whole subjects
    "offenders": {"cards", "demo", "history", "imports", "merging", "periods", "references", "routes", "search", "timeline"},
    # ways to other systems; what the synthetic force shows; who a traveller is; layouts of reports; the line of time
    "intelligence": {"adapters", "demo", "matching", "parsing", "routes", "timeline"},
    "sharing": {"adapters", "demo", "references", "routes", "timeline"},
    "disclosure": {"demo", "references", "routes", "timeline"},
    "governance": {"demo", "routes"},
}

REFUSALS = {"DomainError", "StaleRecord", "DoorClosed"}
TELLING = {"raise_action", "raise_for", "Action", "tell", "tell_of_actions", "Notification"}
# What an edge may take from a manager: rows of one user, rows a reason would open to that user, no rows, staff names for pickers.
SCOPED = {"for_user", "newest_for_user", "reachable_by_reason", "none", "colleagues_of"}
# Other lookups in edges, each with its reason.
UNSCOPED_LOOKUPS = {
    ("accounts/views/sign_in.py", "User.objects.filter"): "nobody has signed in yet; only the trail learns whom a failed attempt named",
}


@cache
def tree_of(source: str) -> ast.Module:
    """The syntax tree of a module, made once for all rules."""
    return ast.parse(source)


def modules(root: Path, *folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every module below these folders with its syntax tree; migrations are history and stay out."""
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(root), tree_of(path.read_text(encoding="utf-8"))


def layer(module: str) -> int | None:
    """Where a module stands in the line; None for other people's modules."""
    head, _, rest = module.partition(".")
    if head == "accounts" and rest.split(".")[0] in CHOKE_POINT:
        head = "accounts (choke point)"
    return LAYERS.index(head) if head in LAYERS else None


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each imported module with its line, imports inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def imports_point_downwards(root: Path) -> Iterator[str]:
    """An app imports only itself and apps to its left."""
    for path, tree in modules(root, *APPS):
        own = layer(".".join(path.with_suffix("").parts))
        for line, name in imported(tree):
            if (other := layer(name)) is not None and own is not None and other > own and not is_for_types(tree, line):
                yield f"{path}:{line} imports {name}"


def is_for_types(tree: ast.Module, line: int) -> bool:
    """Whether an import serves type checking only, so that it couples nothing when the program runs."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return any(block.lineno <= line <= (block.end_lineno or 0) for block in blocks)


def files_have_known_names(root: Path) -> Iterator[str]:
    """Each file has one of a few names, so that a newcomer can guess where a thing is."""
    for path, _ in modules(root, *APPS):
        app, name = path.parts[0], Path(path.parts[1]).stem
        if name not in EVERY_APP | OWN_NAMES.get(app, set()):
            yield f"{path}: not one of the names that {app} may have"
        elif empty := BANNED_NAMES & {Path(part).stem for part in path.parts}:
            yield f"{path}: {empty} says nothing"


def commands_are_verb_and_noun(root: Path) -> Iterator[str]:
    """An operator's command is called <verb>_<noun>."""
    for path, _ in modules(root, *APPS):
        if path.parts[1:3] == ("management", "commands") and path.stem != "__init__" and not re.fullmatch(r"[a-z]+(_[a-z]+)+", path.stem):
            yield f"{path}: not <verb>_<noun>"


def modules_say_what_they_are_for(root: Path) -> Iterator[str]:
    """A module opens with one line that says what it is for; more may follow after a blank one."""
    for path, tree in modules(root, *APPS, "config", "tests", "benchmarks"):
        if tree.body and not (ast.get_docstring(tree) or "").split("\n")[0].endswith("."):
            yield f"{path}: no docstring whose first line is a sentence"


def is_edge(path: Path) -> bool:
    """Whether a module translates between people or programs and the services."""
    return bool({"views", "forms", "api", "serializers", "viewer"} & {Path(part).stem for part in path.parts[1:]})


def edges_reach_rows_through_for_user(root: Path) -> Iterator[str]:
    """`Model.objects.<anything>` in an edge is a row that nobody filtered."""
    for path, tree in modules(root, *APPS):
        if not is_edge(path):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and is_manager(node.value) and not is_scoped(path, node):
                yield f"{path}:{node.lineno} {ast.unparse(node)}"


def is_manager(node: ast.AST) -> bool:
    """Whether an expression is a model's manager."""
    return isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}


def is_scoped(path: Path, node: ast.Attribute) -> bool:
    """Whether a lookup narrows to a user, or is the `queryset` that a viewset names and ApiEdge narrows for each request."""
    is_viewset_default = "api" in path.parts and node.attr == "all"
    return node.attr in SCOPED or is_viewset_default or (str(path), ast.unparse(node)) in UNSCOPED_LOOKUPS


def no_catch_all(root: Path) -> Iterator[str]:
    """Errors are named where they are caught; only config/errors.py speaks for all."""
    for path, tree in modules(root, *APPS):
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}):
                yield f"{path}:{node.lineno} catches everything"


def nothing_sleeps(root: Path) -> Iterator[str]:
    """A request, a task or a test that sleeps hides a race."""
    for path, tree in modules(root, *APPS, "tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}:
                yield f"{path}:{node.lineno} sleeps"


def refusals_can_be_translated(root: Path) -> Iterator[str]:
    """A refusal is one of the catalogue's texts with parts, not a text put together on the spot, nor one that is not marked for it."""
    for path, tree in modules(root, *APPS):
        plain = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
        unmarked = {ast.unparse(target) for node in plain for target in node.targets}
        refusals = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in REFUSALS]
        for node in refusals:
            if any(isinstance(each, ast.JoinedStr | ast.BinOp) or ast.unparse(each) in unmarked for each in node.args):
                yield f"{path}:{node.lineno} refuses in words that no catalogue knows"


def titles_and_texts_can_be_translated(root: Path) -> Iterator[str]:
    """What an action is called and what people are told is marked for the catalogue where it stands, or joined from parts that are."""
    plain = {f"{'.'.join(path.with_suffix('').parts)}.{name}" for path, tree in modules(root, *APPS) for name in plain_names(tree)}
    for path, tree in modules(root, *APPS):
        unmarked = plain_names(tree) | {name.rpartition(".")[2] for _, name in imported(tree) if name in plain}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLING:
                said = [keyword.value for keyword in node.keywords if keyword.arg in {"title", "text", "told"}]
                if any(has_plain_words(each, unmarked) for each in said):
                    yield f"{path}:{node.lineno} tells people what no catalogue knows"


def plain_names(tree: ast.Module) -> set[str]:
    """The names of a module that stand for words which are not marked for the catalogue."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {ast.unparse(target) for target in targets if has_plain_words(node.value, set())}
    return found


def has_plain_words(node: ast.AST | None, unmarked: set[str]) -> bool:
    """Whether an expression, or a part of it that gives its words, is written plainly; what a call returns is not looked into."""
    match node:
        case ast.Constant(value=str(words)):
            return any(sign.isalpha() for sign in words)
        case ast.Name(id=name):
            return name in unmarked
        case ast.JoinedStr(values=parts) | ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            return any(has_plain_words(part, unmarked) for part in parts)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return has_plain_words(one, unmarked) or has_plain_words(other, unmarked)
        case ast.FormattedValue(value=inner) | ast.Subscript(value=inner) | ast.ListComp(elt=inner):
            return has_plain_words(inner, unmarked)
    return False


def nothing_but_the_trail_receives(root: Path) -> Iterator[str]:
    """No signals: the one receiver stamps the actor on entries of the change log."""
    for path, tree in modules(root, *APPS):
        for line, name in imported(tree):
            if str(path) != "audit/receivers.py" and (name.startswith("django.dispatch") or ".signals" in name):
                yield f"{path}:{line} imports {name}"


def nothing_marks_markup_as_safe(root: Path) -> Iterator[str]:
    """Text becomes markup through templates and format_html only."""
    for path, tree in modules(root, *APPS, "config"):
        yield from (f"{path}:{line} imports {name}" for line, name in imported(tree) if name.endswith(".mark_safe"))


def migrations_have_names(root: Path) -> Iterator[str]:
    """A migration's name says what it does."""
    for path in sorted(root.glob("*/migrations/0*.py")):
        if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem) or "_auto_" in path.stem or re.search(r"_\d{4,}", path.stem):
            yield f"{path.relative_to(root)}: give it a name"


FORBIDDEN_MARKUP = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b"),
    "an address of another server": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
TEMPLATE_LINES = 120


def templates_are_plain(root: Path) -> Iterator[str]:
    """Templates fit the strict content policy, escape everything, and are short enough to read."""
    for path in sorted([*root.glob("templates/**/*.html"), *root.glob("*/templates/**/*.html")]):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(root)
        for what, pattern in FORBIDDEN_MARKUP.items():
            yield from (f"{place}:{text[: found.start()].count(chr(10)) + 1} has {what}" for found in pattern.finditer(text))
        if (lines := text.count("\n")) > TEMPLATE_LINES:
            yield f"{place}: {lines} lines"


# Functions of services that nobody acts in: the trail itself, and what the system does by the clock.
WITHOUT_ACTOR: dict[str, set[str]] = {
    "audit/services.py": {"describe_event", "row_of", "nominal_of", "record_event", "record_read", "flush_events"},
    # As whoever handed the file in; a lock; what the database looks at afterwards.
    "offenders/services/imports.py": {"run_import", "resume_imports", "cancel_import", "alone", "gather_statistics"},
    "offenders/services/scans.py": {"scan_content"},  # a question to the scanner, which changes nothing
    "offenders/services/notices.py": {"mail_notice"},
    "intelligence/services/alerts.py": {"receive_alerts"},  # in nobody's name: what came through a door
    "intelligence/services/demo_alerts.py": {"demo_source"},  # of the demonstration
    "offenders/services/records.py": {"lock_nominal"},  # holds a record for a service of a higher app
    "offenders/services/visits_due.py": {"known_rows"},  # asks only
    "actions/services/clocks.py": {"reckon_rule"},  # reckons only
    "actions/services/periods.py": {"hold_latest", "require_not_past", "end_before"},  # hold and end rows for services of higher apps
    "intelligence/services/practice.py": {"follow", "end"},  # let a row follow or end for services of higher apps
    "intelligence/services/information_givers.py": {"pseudonym"},  # reckons only
    "actions/services/occurrences.py": {"match_later"},  # has a worker look
    "offenders/services/searches.py": {"delete_old_searches"},
    "intelligence/services/report_search.py": {"delete_old_report_searches"},
    "accounts/services/answers.py": {"delete_old_answers"},
    "accounts/services/tokens.py": {"issue_token"},  # the client proves in it who it is
    "accounts/services/people.py": {"add_account"},  # by the operator at the server, before anybody can sign in
}


def services_name_their_actor(root: Path) -> Iterator[str]:
    """A service that others call takes keywords only, `actor` first; questions (`is_`, `count_`) change nothing and need none."""
    for path, tree in modules(root, *APPS):
        if Path(path.parts[1]).stem != "services":
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and acts(root, path, node.name) and not names_actor(node):
                yield f"{path}:{node.lineno} {node.name} is not (*, actor, ...)"


def acts(root: Path, path: Path, function: str) -> bool:
    """Whether a function is a service that somebody acts in."""
    is_question = function.startswith(("is_", "has_", "count_"))
    return not is_question and function not in WITHOUT_ACTOR.get(str(path), set()) and is_called_from_outside(root, path, function)


def names_actor(node: ast.FunctionDef) -> bool:
    """Whether its arguments are keywords only and begin with the actor."""
    keywords = [argument.arg for argument in node.args.kwonlyargs]
    return keywords[:1] == ["actor"] and not node.args.args and not node.args.posonlyargs


def is_called_from_outside(root: Path, path: Path, function: str) -> bool:
    """Whether a module outside the app's services uses the function."""
    name = f"{'.'.join(path.with_suffix('').parts)}.{function}"
    users = (other for other, used in used_names(root) if name in used)
    return any(Path(other.parts[1]).stem != "services" or other.parts[0] != path.parts[0] for other in users)


@cache
def used_names(root: Path) -> list[tuple[Path, set[str]]]:
    """What each module of the apps imports by name, or reaches through a module that it imports."""
    return [(path, set(names_in(tree))) for path, tree in modules(root, *APPS)]


def names_in(tree: ast.Module) -> Iterator[str]:
    """Yield `a.b.c` for `from a.b import c`, and for `b.c` after `from a import b`."""
    names = {name for _, name in imported(tree)}
    yield from names
    by_last = {name.rpartition(".")[2]: name for name in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in by_last:
            yield f"{by_last[node.value.id]}.{node.attr}"
