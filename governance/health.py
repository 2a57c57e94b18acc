"""How the system does: what is looked at here belongs to no other app."""

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop, ngettext

from accounts.replica import REPLICA, UNREACHABLE, position_now
from actions.models import Notification
from audit.health import Reading, State, check, graded, lasted
from governance.models import JobRun
from governance.reports.broker import broker, count_waiting
from governance.reports.jobs import jobs_of

BACKUP, MAIL = "backup", "actions.tasks.mail_notifications"
LONG_FAILED = timedelta(hours=1)
# Whether it follows, the bytes that it lacks, and how old the last commit is that it has.
BEHIND = """
SELECT pg_is_in_recovery(), pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn()),
       extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float
"""


@check(gettext_noop("Database"), gettext_noop("See whether PostgreSQL runs; after an update, migrate as the owner."))
def database() -> Reading:
    """Whether it answers, and has the tables of this version."""
    begun = perf_counter()
    missing = count_missing_migrations()
    seconds = perf_counter() - begun
    if missing:
        words = ngettext("%(number)s migration is not applied", "%(number)s migrations are not applied", missing)
        return Reading(State.BAD, words % {"number": missing}, seconds)
    return graded(seconds, gettext("Answers in %(time)s ms, up to date") % {"time": f"{seconds * 1000:.0f}"}, look=0.5, bad=5)


@check(
    gettext_noop("Replica"),
    gettext_noop("See whether it runs and follows the database. Until it does, searches and figures are answered by the database itself."),
)
def replica() -> Reading:
    """How far the copy of the database that searches and figures read is behind."""
    if REPLICA not in settings.DATABASES:
        return Reading(State.GOOD, gettext("None is set up"), 0)
    position = position_now()
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(BEHIND, [position])
            follows, lacks, seconds = cursor.fetchone()
    except UNREACHABLE as error:
        return Reading(State.LOOK, gettext("Does not answer: %(error)s") % {"error": type(error).__qualname__})
    if not follows:
        return Reading(State.BAD, gettext("Follows the database no longer: take it out of DATABASE_REPLICA_URL"))
    if lacks <= 0:
        return Reading(State.GOOD, gettext("Has everything"), 0)
    return graded(seconds, gettext("Is %(time)s behind") % {"time": lasted(seconds)}, look=30, bad=3600)


def count_missing_migrations() -> int:
    """Return how many migrations of this version the database has not."""
    applied = set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))
    return len(known_migrations() - applied)


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this version; its files do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


@check(gettext_noop("Broker"), gettext_noop("See whether Valkey runs and takes the password in REDIS_URL."))
def valkey() -> Reading:
    """Whether it answers, and how quickly."""
    begun = perf_counter()
    broker().ping()
    seconds = perf_counter() - begun
    return graded(seconds, gettext("Answers in %(time)s ms") % {"time": f"{seconds * 1000:.0f}"}, look=0.1, bad=0.5)


@check(gettext_noop("Queue of work"), gettext_noop("See whether the worker runs. If it does and the queue grows, start a second one."))
def queue() -> Reading:
    """How many tasks wait for a worker."""
    waiting, taken = count_waiting()
    return graded(waiting, gettext("%(waiting)s waiting, %(taken)s being done") % {"waiting": waiting, "taken": taken}, look=100, bad=1000)


@check(gettext_noop("Worker"), gettext_noop("See whether worker and beat run, and restart the worker: some job is due every minute."))
def worker() -> Reading:
    """How long ago a worker last finished something, from beat through the broker to the table of jobs."""
    last = JobRun.objects.exclude(name=BACKUP).aggregate(last=Max("ended_at"))["last"]
    if last is None:
        return Reading(State.LOOK, gettext("No job has run yet"))
    age = now() - last
    return graded(age.total_seconds(), gettext("Last finished a job %(time)s ago") % {"time": lasted(age)}, look=180, bad=600)


@check(gettext_noop("Jobs"), gettext_noop("Look below at which are late or failed, and in the worker's log for the error."))
def jobs() -> Reading:
    """How many jobs of the clock are late or failed."""
    found = jobs_of(list(JobRun.objects.all()), now())
    states = [job.state for job in found]
    wrong = len(states) - states.count(State.GOOD)
    state = State.BAD if State.BAD in states else State.LOOK if wrong else State.GOOD
    return Reading(state, gettext("%(wrong)s of %(all)s late or failed") % {"wrong": wrong, "all": len(found)}, wrong)


@check(gettext_noop("Clock"), gettext_noop("Set both hosts by the same time servers: deadlines and seals go by these clocks."))
def clock() -> Reading:
    """How far the clocks of application and database are apart."""
    before = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    drift = abs((there - (before + (now() - before) / 2)).total_seconds())
    return graded(drift, gettext("%(seconds)s seconds apart") % {"seconds": f"{drift:.1f}"}, look=2, bad=30)


@check(gettext_noop("Disk"), gettext_noop("Make room: remove old backups and logs from this disk, or enlarge it."))
def disk() -> Reading:
    """How full the fullest disk is that holds files of the service."""
    places = [settings.MEDIA_ROOT, settings.DISPOSAL_LIST_FILE.parent]
    usages = [shutil.disk_usage(existing(Path(place))) for place in places]
    fullest = max(usages, key=lambda usage: usage.used / usage.total)
    share = 100 * (1 - fullest.free / fullest.total)
    said = {"share": f"{share:.0f}", "free": f"{fullest.free / 1024**3:.0f}"}
    return graded(share, gettext("%(share)s%% full, %(free)s GB free") % said, look=85, bad=95)


def existing(path: Path) -> Path:
    """Return the folder, or the nearest above it that is there already."""
    return next(each for each in (path, *path.parents) if each.exists())


@check(
    gettext_noop("Backup"),
    gettext_noop("Run make_backup, see why the host's scheduler did not, and that the copy leaves this host."),
)
def backup() -> Reading:
    """How old the last good backup is; as long as there was none, how long jobs have been noted."""
    run = JobRun.objects.filter(name=BACKUP).first()
    since = run.succeeded_at if run and run.succeeded_at else JobRun.objects.aggregate(since=Min("since"))["since"]
    age = (now() - since).total_seconds() if since else 0.0
    made = bool(run and run.succeeded_at)
    words = gettext("Last made %(time)s ago") % {"time": lasted(age)} if made else gettext("None was made yet")
    graded_by_age = graded(age, words, look=26 * 3600 if made else 0, bad=3 * 86_400)
    if run and run.failed and graded_by_age.state == State.GOOD:
        return Reading(State.LOOK, failed_last(words, run), age)
    return graded_by_age


@check(
    gettext_noop("Mail"),
    gettext_noop("See whether the relay in EMAIL_HOST takes mail; notifications wait and go with the next job that succeeds."),
)
def mail() -> Reading:
    """How many notifications wait to be mailed, and whether the job that mails them fails."""
    waiting = Notification.objects.to_mail().count()
    words = ngettext("%(number)s notification waiting", "%(number)s notifications waiting", waiting) % {"number": waiting}
    run = JobRun.objects.filter(name=MAIL).first()
    if not run or not run.failed:
        return Reading(State.GOOD, words, waiting)
    is_long = (run.succeeded_at or run.since) < now() - LONG_FAILED
    return Reading(State.BAD if is_long else State.LOOK, failed_last(words, run), waiting)


def failed_last(words: str, run: JobRun) -> str:
    """Add that the last attempt failed."""
    return gettext("%(words)s, the last attempt failed: %(error)s") % {"words": words, "error": run.error}
