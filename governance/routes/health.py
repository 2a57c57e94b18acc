"""Addresses of the health of the system; those of probes and metrics are the customary ones."""

from django.urls import URLPattern, path

from governance.views import health

urlpatterns: list[URLPattern] = [
    path("health/", health.HealthPage.as_view(), name="health"),
    path("healthz", health.Alive.as_view(), name="alive"),
    path("readyz", health.Ready.as_view(), name="ready"),
    path("metrics", health.Metrics.as_view(), name="metrics"),
]
