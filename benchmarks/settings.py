"""The settings of the service, with two addresses more that serve as baselines."""
from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
