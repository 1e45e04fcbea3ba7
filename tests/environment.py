"""What the machine must offer to some tests: skipped by name when missing, a failure in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one without windows comes first: the same pages take it a quarter less of the machine."""


def shared_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """One folder for all processes of this run, beside their own temporary folders."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder


def is_continuous_integration() -> bool:
    """Whether a missing tool is a failure."""
    return os.environ.get("CI") == "true"


def missing(what: str) -> NoReturn:
    """Skip the test with a sentence that names what is missing; fail it when CI=true."""
    if is_continuous_integration():
        pytest.fail(f"{what}, and CI=true asks for every test", pytrace=False)
    pytest.skip(what)


def chromium_path() -> str | None:
    """The Chromium of this machine, or the one that CHROMIUM names; None without one."""
    named = os.environ.get("CHROMIUM", "")
    return next(filter(None, map(shutil.which, (named, *CHROMIUM_NAMES))), None)


def require_chromium() -> str:
    """The path of Chromium; without one, the test is skipped or fails as `missing` says."""
    return chromium_path() or missing("Chromium is missing (Debian package chromium)")
