"""Settings: everything that differs between machines comes from the environment; see docs/operations.md."""
import json
import tomllib
from ipaddress import ip_network
from pathlib import Path

from csp.constants import NONE, SELF

from config import env
from config.schedule import BEAT_SCHEDULE, DEMO_SCHEDULE, LONG, LONG_JOBS, QUEUES

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

DEMO = env.flag("DEMO", False)
DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # earlier keys, for as long as what they made must still be read
LEAK_CHECK_KEY = env.text("LEAK_CHECK_KEY")  # empty: derived from SECRET_KEY
SOURCE_KEY = env.text("SOURCE_KEY")  # the same; of the digests by which contacts of one source are counted
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SECOND_FACTOR = env.flag("SECOND_FACTOR", True)
BEHIND_TLS = env.flag("BEHIND_TLS", not (DEMO or DEBUG))

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "guardian",
    "auditlog",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "oauth2_provider",
    "ui",
    "django.forms",
    "accounts",
    "audit",
    "actions",
    "offenders",
    "intelligence",
    "sharing",
    "disclosure",
    "governance",
    "guide",
    "config",
]

MIDDLEWARE = [
    "config.probes.Probes",
    "config.probes.RequestCount",
    "config.proxies.CallerAddress",
    "config.encryption.EncryptedCalls",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ui.languages.ChosenLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.SessionLimits",
    "audit.middleware.Trail",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactorRequired",
    "accounts.middleware.PersonLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],  # every page has words
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ]
        },
    }
]
FORM_RENDERER = "ui.renderers.GovUKRenderer"

# The application's role owns nothing; migrations and tests connect as the owner (docs/operations.md).
# Behind a pooler in transaction mode a connection to the server is ours for one transaction: no cursor outlives it.
DATABASE_POOLED = env.flag("DATABASE_POOLED", False)
CONNECTIONS = {
    "CONN_MAX_AGE": env.number("CONN_MAX_AGE", 0 if DATABASE_POOLED else 60),
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": DATABASE_POOLED,
}
DATABASES = {"default": env.database("DATABASE_URL") | CONNECTIONS}
DATABASE_ROUTERS = ["accounts.replica.Router"]
# A copy that follows the database, asked by searches and figures; one that does not answer is given up in seconds.
if env.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = env.database("DATABASE_REPLICA_URL") | CONNECTIONS | {"TEST": {"MIRROR": "default"}}
    DATABASES["replica"]["OPTIONS"] = {"connect_timeout": 2, "tcp_user_timeout": 5000} | DATABASES["replica"]["OPTIONS"]
DATABASE_APP_ROLE = "vigil_app"
# The log's seal (docs/decisions/0026-the-seal.md): only the worker that seals and verifies needs the address of that role.
DATABASE_AUDIT_URL = env.text("DATABASE_AUDIT_URL")
AUDIT_ANCHOR_MAIL = env.words("AUDIT_ANCHOR_MAIL")
AUDIT_ANCHOR_URL = env.text("AUDIT_ANCHOR_URL")
AUDIT_ANCHOR_TOKEN = env.text("AUDIT_ANCHOR_TOKEN")
AUDIT_VERIFY_DAYS = env.number("AUDIT_VERIFY_DAYS", 7)
# Read by make_backup and restore_backup alone; web, worker and beat need none of them.
DATABASE_BACKUP_URL = env.text("DATABASE_BACKUP_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL")
BACKUP_PASSPHRASE = env.text("BACKUP_PASSPHRASE")
BACKUP_KEYS = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "LEAK_CHECK_KEY", "SOURCE_KEY")  # what goes along, encrypted by the passphrase
PG_PROGRAMS = env.text("PG_PROGRAMS")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.authentication.PeopleOnly"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.OtherThanOurWords"},
    {"NAME": "accounts.passwords.NotLeaked"},
]
TEMPORARY_PASSWORD_HOURS = env.number("TEMPORARY_PASSWORD_HOURS", 72)
LEAKED_PASSWORDS = env.text("LEAKED_PASSWORDS")
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
ANONYMOUS_USER_NAME = None  # guardian: no stand-in user for people who have not signed in
# Rows come from for_user(), not from a permission backend, so guardian's own backend stays out (docs/access.md).
# Wrong passwords shut the account from every address, so no change of address gets around that.
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "axes.W006"]

SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = 2 * SESSION_ABSOLUTE_SECONDS  # the limits above come first, and say why a session ended
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = "__Host-vigil" if BEHIND_TLS else "vigil"
CSRF_COOKIE_NAME = "__Host-vigil-form" if BEHIND_TLS else "vigil-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message may name somebody; a cookie would carry it
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.sign_in.locked_out"
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in, when and from where stands in accounts.SignIn and the trail, not a third time
OTP_TOTP_ISSUER = "Vigil"

LANGUAGE_CODE = "en-gb"  # also of whatever is stored, logged or answered to a program (docs/languages.md)
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
LANGUAGE_COOKIE_NAME = "__Host-vigil-language" if BEHIND_TLS else "vigil-language"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "build" / "static", BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ui.storage.StaticStorage"},
}
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / ".vigil" / "files")))
AUDIT_ANCHOR_FILE = env.text("AUDIT_ANCHOR_FILE", str(MEDIA_ROOT.parent / "anchor" / "seals.jsonl"))
# Which records were disposed of, kept beside the files and outside the database: a restored backup is put right by it.
DISPOSAL_LIST_FILE = Path(env.text("DISPOSAL_LIST_FILE", str(MEDIA_ROOT.parent / "disposals.list")))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PHOTOGRAPH_MAX_BYTES = 8 * 1024 * 1024
IMPORT_MAX_BYTES = 100 * 1024 * 1024
DOCUMENT_MAX_BYTES = env.number("DOCUMENT_MAX_BYTES", 50 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "config.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMAV_SOCKET = env.text("CLAMAV_SOCKET")
CLAMAV_HOST = env.text("CLAMAV_HOST")
CLAMAV_PORT = env.number("CLAMAV_PORT", 3310)
CHECK_CONNECTIONS = json.loads(env.text("CHECK_CONNECTIONS", "{}"))  # by code of the source: {"pnc": {"url": ..., "token": ...}}
# Doors of reports from the border, each by code of its source; docs/operations.md says how to connect them.
ALERT_MAILBOXES = json.loads(env.text("ALERT_MAILBOXES", "{}"))
ALERT_FOLDERS = json.loads(env.text("ALERT_FOLDERS", "{}")) | ({"border-demo": str(BASE_DIR / ".vigil" / "border")} if DEMO else {})
ALERT_GATEWAYS = env.words("ALERT_GATEWAYS")
ALERT_LIMITS = {
    "mail_bytes": env.number("ALERT_MAIL_MAX_BYTES", 25 * 1024 * 1024),
    "file_bytes": env.number("ALERT_FILE_MAX_BYTES", 250 * 1024 * 1024),
    "attachments": env.number("ALERT_MAX_ATTACHMENTS", 50),
    "nesting": env.number("ALERT_MAX_NESTING", 10),
    "unpacked_bytes": env.number("ALERT_MAX_UNPACKED_BYTES", 200 * 1024 * 1024),
    "rows": env.number("ALERT_MAX_ROWS", 1_000_000),
    "seconds": env.number("ALERT_READ_SECONDS", 500),
}
ALERT_API_MAX_REPORTS = env.number("ALERT_API_MAX_REPORTS", 1000)

EMAIL_BACKEND = env.text("EMAIL_BACKEND", f"django.core.mail.backends.{'filebased' if DEMO else 'smtp'}.EmailBackend")
EMAIL_FILE_PATH = BASE_DIR / ".vigil" / "mail"  # where the demonstration leaves its mail
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "vigil@force.invalid")

AUDITLOG_MASK_CALLABLE = "audit.masking.hide_value"
AUDITLOG_DISABLE_REMOTE_ADDR = True  # the header can be forged; audit.Event keeps the address of the connection

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SessionWithSecondFactor"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "ALLOWED_VERSIONS": ["v1"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.api_exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Vigil",
    "VERSION": "v1",
    "DESCRIPTION": "People managed by a MOSOVO unit, as far as the caller may know of them.",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "PurposeEnum": "sharing.choices.agreements.Purpose",
        "RequestStateEnum": ["received", "taken", "question", "answered", "refused"],
        "SharedStateEnum": ["to_accept", "open"],
        "AgreementStateEnum": ["suspended", "ended", "not begun", "in force"],
    },
}

# Machine clients of agencies (docs/decisions/0017-agency-clients.md): no other grant, no token in an address, none kept in clear.
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "accounts.oauth.AgencyValidator",
    "SCOPES_BACKEND_CLASS": "accounts.oauth.AgencyScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": env.number("API_TOKEN_SECONDS", 600),
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}
TOKENS_PER_MINUTE = env.number("TOKENS_PER_MINUTE", 30)
API_CALLS_PER_MINUTE = env.number("API_CALLS_PER_MINUTE", 300)
REFUSED_CALLS_PER_MINUTE = env.number("REFUSED_CALLS_PER_MINUTE", 60)
# What one person may open, and what may fail from one address (docs/security.md, “Too much at once”).
PAGES_PER_MINUTE = env.number("PAGES_PER_MINUTE", 120)
FILES_PER_MINUTE = env.number("FILES_PER_MINUTE", 20)
FAILED_SIGN_INS_PER_MINUTE = env.number("FAILED_SIGN_INS_PER_MINUTE", 60)
TRUSTED_PROXIES = [ip_network(word) for word in env.words("TRUSTED_PROXIES")]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("REDIS_URL"),
        "KEY_PREFIX": "vigil",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # pages ask it, and go on without its answer
    },
}

CELERY_BROKER_URL = env.text("REDIS_URL")
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
# A worker that is not told which lines it serves serves both.
CELERY_TASK_QUEUES = {name: {"exchange": name, "routing_key": name} for name in QUEUES}
CELERY_TASK_ROUTES = {name: {"queue": LONG} for name in LONG_JOBS}
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "audit.logs.RequestId"}},
    "formatters": {
        "json": {"()": "audit.logs.WithoutValues"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    # At debug level these two would write tokens and names of clients, so they keep their own level whatever the root's is.
    # What a damaged PDF holds stands in the warnings of its reader; the message says in its own words that it cannot be read.
    "loggers": {"oauthlib": {"level": "WARNING"}, "oauth2_provider": {"level": "WARNING"}, "pypdf": {"level": "CRITICAL"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE | (DEMO_SCHEDULE if DEMO else {})
# What apps above the records add to the synthetic force.
DEMO_CHAPTERS = [f"intelligence.demo.add_{name}" for name in ("flags", "travel", "information", "links", "taskings", "duplicates")]
DEMO_CHAPTERS += [f"sharing.demo.add_{name}" for name in ("agreements", "media", "decisions", "releases", "requests")]
DISCLOSED = ("applications", "outcomes", "freedom", "prosecutions", "subject_access")
DEMO_CHAPTERS += [f"disclosure.demo.add_{name}" for name in DISCLOSED]
DEMO_CHAPTERS += ["governance.demo.add_figures"]
DEMO_CHAPTERS += ["governance.demo.add_looks"]
DEMO_CHAPTERS += ["governance.demo.add_retention"]
# What waits in apps above actions: each takes user and moment, and returns a list of Work.
WORK_LISTS = [f"intelligence.reports.{name}.work_of" for name in ("alerts", "flag_reviews", "link_suggesting")]
WORK_LISTS += ["sharing.reports.decisions.work_of", "disclosure.reports.subject_access.work_of", "governance.reports.quality.work_of"]
# What apps above the records add to a record's line of time.
TIMELINE_SOURCES = [f"intelligence.timeline.of_{name}" for name in ("checks", "briefings", "crossings", "reports")]
# What each table is to the person that a record is about; each app keeps its own.
KEEPERS = ("accounts", "audit", "actions", "offenders", "intelligence", "sharing", "disclosure", "governance")
PERSONAL_DATA = [f"{name}.personal.PERSONAL_DATA" for name in KEEPERS]
# What becomes of each table when a record is disposed of.
DISPOSAL = ["audit.disposing.DISPOSAL", *(f"{name}.disposal.DISPOSAL" for name in KEEPERS if name != "audit")]
TIMELINE_SOURCES += ["disclosure.timeline.of_applications"]
# What the page Health looks at; each app says so itself, and governance what belongs to none.
OF_THE_SYSTEM = ("database", "replica", "valkey", "queue", "worker", "jobs", "mail", "clock", "disk", "backup")
HEALTH_CHECKS = [f"governance.health.{name}" for name in OF_THE_SYSTEM]
HEALTH_CHECKS += [f"audit.health.{name}" for name in ("sealing", "verification", "months")]
HEALTH_CHECKS += ["intelligence.health.feeds", "sharing.health.notices"]
METRICS_TOKEN = env.text("METRICS_TOKEN")  # empty: there is no /metrics
RUNBOOK_URL = env.text("RUNBOOK_URL")  # where docs/operations.md can be read; empty: the page Health names its heading
OCCURRENCE_TASK = "intelligence.tasks.match_occurrences"  # matches what happened with those who want to be told
