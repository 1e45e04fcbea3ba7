"""Templates compiled once for each run, and not again for each application and process."""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from pathlib import Path
from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Compiled templates in memory, known by their name, their file and their text, and in a folder
    where the other processes of the run find them.

    Jinja asks with a sum of the text, so a template that changes is compiled again.
    """

    folder: Path | None = None

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template if it was compiled before."""
        known = bucket.key, bucket.checksum
        if known not in self._kept and self.folder:
            with suppress(FileNotFoundError):
                self._kept[known] = marshal.loads(self._file(bucket, self.folder).read_bytes())
        bucket.code = self._kept.get(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled now."""
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code
        if self.folder:
            file = self._file(bucket, self.folder)
            coming = file.with_suffix(f".{os.getpid()}")
            coming.write_bytes(marshal.dumps(bucket.code))
            coming.replace(file)

    def _file(self, bucket: Bucket, folder: Path) -> Path:
        return folder / f"{bucket.key}-{bucket.checksum}.code"


COMPILED = Compiled()


def share_templates(app: Flask) -> None:
    """Let an application of the tests use what others compiled.

    All of them have the same settings of Jinja, so they compile a text to the same code.
    """
    app.jinja_env.bytecode_cache = COMPILED
