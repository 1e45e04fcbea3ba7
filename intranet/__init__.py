"""The intranet of a worker cooperative."""

from intranet.app import create_app

__all__ = ["create_app"]
