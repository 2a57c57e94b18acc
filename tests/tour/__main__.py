"""`make screens` and `make demo-tour`: what to make, and the address of a demonstration unless a fresh one is to be started."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(f"tests.tour.{sys.argv[1]}").main(*sys.argv[2:])
