"""The settings of the service, with its baselines for the benchmarks."""
from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = [*MIDDLEWARE, "benchmarks.baselines.Baselines"]
