"""Which release of this software is running."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def software_version() -> str:
    """The release that is installed, as 0.1.0, or that it runs from a folder that is not."""
    try:
        return version("intranet")
    except PackageNotFoundError:
        return "a working copy that is not installed"
