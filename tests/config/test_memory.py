"""Threads of a web server share one heap of the C library, so that what one frees the others use."""
import subprocess
import sys
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parents[2]
THREADS = 4
PROGRAM = f"""
import ctypes, sys, threading
from config.memory import share_one_heap
if "shared" in sys.argv: share_one_heap()
all_here = threading.Barrier({THREADS})
def work():
    held = [bytes(5_000) for _ in range(50)]  # too large for the store that Python itself keeps
    all_here.wait()
threads = [threading.Thread(target=work) for _ in range({THREADS})]
for each in threads: each.start()
for each in threads: each.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""


def heaps(*arguments: str) -> int:
    """Return from how many heaps the threads of a process took memory."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="it is about glibc")
def test_threads_share_one_heap() -> None:
    assert heaps() > 1
    assert heaps("shared") == 1
