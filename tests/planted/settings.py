"""The settings of the service, with the app whose migrations are planted; PLANTED names their folder."""
import os

from config.settings import *  # noqa: F403 - everything but two lines is as it is
from config.settings import INSTALLED_APPS as OF_THE_SERVICE

INSTALLED_APPS = [*OF_THE_SERVICE, "tests.planted"]
MIGRATION_MODULES = {"planted": f"tests.planted.{os.environ['PLANTED']}"}
