"""What Prometheus is told: read from the database and the broker when it asks, so that it is the same whichever process answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.conf import settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from audit.health import State
from governance.models import JobRun
from governance.reports.broker import broker, count_waiting, requests_key
from governance.reports.health import SILENT, findings
from governance.services.requests import BUCKETS

STATES = list(State)
LIMITS = [*map(str, BUCKETS), "+Inf"]


def metrics_text() -> bytes:
    """Return everything in the text format of Prometheus. Of a part that does not answer, only its check tells."""
    registry = CollectorRegistry()
    registry.register(Figures())
    return generate_latest(registry)


class Figures(Collector):
    """Reads the figures."""

    def collect(self) -> Iterator[Metric]:
        """Yield each family."""
        version = GaugeMetricFamily("vigil_version", "Which version runs.", labels=["version"])
        version.add_metric([settings.VERSION], 1)
        yield version
        yield from of_checks()
        for figures in (of_queue, of_jobs, of_requests):
            try:
                yield from list(figures())
            except SILENT:
                continue


def of_checks() -> Iterator[Metric]:
    """Yield the state and the figure of each check of the page."""
    states = GaugeMetricFamily("vigil_check_state", "0 good, 1 look at it, 2 bad.", labels=["check"])
    figures = GaugeMetricFamily("vigil_check_figure", "The figure of the check: seconds, percent or a number.", labels=["check"])
    for finding in findings():
        states.add_metric([finding.check.code], STATES.index(finding.reading.state))
        if finding.reading.value is not None:
            figures.add_metric([finding.check.code], finding.reading.value)
    yield from (states, figures)


def of_queue() -> Iterator[Metric]:
    """Yield how many tasks wait and are being done."""
    tasks = GaugeMetricFamily("vigil_tasks", "Tasks in the broker.", labels=["state"])
    for state, number in zip(("waiting", "taken"), count_waiting(), strict=True):
        tasks.add_metric([state], number)
    yield tasks


def of_jobs() -> Iterator[Metric]:
    """Yield when each job ran last, for how long, and how often it ran and failed."""
    ended = GaugeMetricFamily("vigil_job_ended_seconds", "When the last run ended, in seconds since 1970.", labels=["job"])
    succeeded = GaugeMetricFamily("vigil_job_succeeded_seconds", "When a run last ended well, in seconds since 1970.", labels=["job"])
    took = GaugeMetricFamily("vigil_job_duration_seconds", "How long the last run took.", labels=["job"])
    runs = CounterMetricFamily("vigil_job_runs", "Runs.", labels=["job"])
    failures = CounterMetricFamily("vigil_job_failures", "Runs that failed.", labels=["job"])
    for run in JobRun.objects.all():
        ended.add_metric([run.name], run.ended_at.timestamp())
        if run.succeeded_at:
            succeeded.add_metric([run.name], run.succeeded_at.timestamp())
        took.add_metric([run.name], run.seconds)
        runs.add_metric([run.name], run.runs)
        failures.add_metric([run.name], run.failures)
    yield from (ended, succeeded, took, runs, failures)


def of_requests() -> Iterator[Metric]:
    """Yield how many requests each route answered how, and in which time."""
    counts: dict[tuple[str, str], dict[str, float]] = {}
    counted = cast("dict[bytes, bytes]", broker().hgetall(requests_key()))
    for field, number in counted.items():
        route, status, bucket = field.decode().rsplit(" ", 2)
        counts.setdefault((route, status), {})[bucket] = float(number)
    family = HistogramMetricFamily("vigil_request_seconds", "Duration of requests by route.", labels=["route", "status"])
    for labels, found in sorted(counts.items()):
        total, buckets = 0.0, []
        for limit in LIMITS:
            total += found.get(limit, 0)
            buckets.append((limit, total))
        family.add_metric(list(labels), buckets, sum_value=found.get("sum", 0))
    yield family
