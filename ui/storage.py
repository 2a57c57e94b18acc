"""Static files with hashed names, also inside our own JavaScript modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_MODULE_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001  (Django offers no other way to name them)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Rewrites imports in static/app only.

    Django's own switch does it for every script, and then a comment in one of htmx's extensions
    looks like an import and stops collectstatic.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("app/*.js", _MODULE_IMPORTS))
