"""Small pictures of large ones. They follow from files that are kept, so they are no record: one
that is missing is made again."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from PIL import Image, ImageOps

from intranet.core.stored_files import path_of

WIDTH, HEIGHT = 480, 360
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 24_000_000
"""How many pixels are taken into memory at most; a photograph is read smaller than it is."""
MOST_DECLARED = 120_000_000
"""How many pixels a picture may say that it has before it is looked into at all."""


class ThumbnailFolder:
    """Where small pictures lie; chosen by the application factory."""

    path: Path | None = None


def use_folder(path: Path) -> None:
    """Keep small pictures in this folder, readable by its owner only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    ThumbnailFolder.path = path


def thumbnail(digest: str) -> Path | None:
    """The small picture of a kept file, made now when it is not there yet.

    It holds pixels only: no place, camera or date of the photograph. None for what is no picture,
    is broken, or would take too much memory.
    """
    assert ThumbnailFolder.path is not None, "use_folder() comes first"  # noqa: S101
    place = ThumbnailFolder.path / path_of(digest).name
    if place.is_file():
        return place
    coming = ThumbnailFolder.path / f".coming-{secrets.token_hex(8)}"
    try:
        small = _small(path_of(digest))
        if small is None:
            return None
        kind = "PNG" if small.mode == "RGBA" else "JPEG"
        descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            small.save(target, kind)
        coming.replace(place)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    finally:
        coming.unlink(missing_ok=True)
    return place


def _small(path: Path) -> Image.Image | None:
    """The picture within its frame, upright, copied so that nothing but pixels comes along."""
    with Image.open(path, formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_DECLARED:
            return None
        # A photograph is read at a fraction of its size: the rest is never in memory.
        opened.draft("RGB", (2 * WIDTH, 2 * HEIGHT))
        if opened.width * opened.height > MOST_PIXELS:
            return None
        upright = ImageOps.exif_transpose(opened)
        has_holes = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        plain = upright.convert("RGBA" if has_holes else "RGB")
        plain.thumbnail((WIDTH, HEIGHT))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
