"""What is free goes back to the system, and what is loaded is looked through no more."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from tests.served import ROOT

FREED = """
import runpy, sys
memory = runpy.run_path("intranet/memory.py")
if sys.argv[1] == "given back":
    memory["give_back_what_is_free"]()

def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

# From the first large piece that it frees the C library learns to keep twice as much.
large = bytes(30_000_000)
del large
before = held()
pieces = [bytes(50_000) for _ in range(1000)]
del pieces
print(held() - before)
"""


def kept_after(how: str) -> int:
    """How many bytes a process still holds of 50 MB that it has freed."""
    asked = [sys.executable, "-c", FREED, how]
    return int(subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library than glibc")
def test_what_is_free_goes_back_to_the_system() -> None:
    assert kept_after("left alone") > 40_000_000
    assert kept_after("given back") < 5_000_000


FROZEN = """
import gc, runpy
runpy.run_path("intranet/memory.py")["share_what_is_loaded"]()
print(gc.get_freeze_count())
"""


def test_what_is_loaded_is_looked_through_no_more() -> None:
    asked = [sys.executable, "-c", FROZEN]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    assert int(done.stdout) > 1000
