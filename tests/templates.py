"""Templates compiled once for each process of a run, and not again for each application."""

from __future__ import annotations

from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Compiled templates in memory, known by their name, their file and their text.

    Jinja asks with a sum of the text, so a template that changes is compiled again.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template if it was compiled before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled now."""
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def share_templates(app: Flask) -> None:
    """Let an application of the tests use what others compiled.

    All of them have the same settings of Jinja, so they compile a text to the same code.
    """
    app.jinja_env.bytecode_cache = COMPILED
