"""The name a file is shown under, and the kind of thing its first bytes say that it is."""

from __future__ import annotations

import re
import unicodedata

from intranet.core.text import UnusableLine, clean_line

LONGEST = 200
FALLBACK = "file"
_SEPARATORS = re.compile(r"[/\\]")
_UNSAFE = re.compile(r'[<>:"|?*]')

# What a browser may be told; all else is bytes. Nothing here can run anything.
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
BYTES = "application/octet-stream"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def clean_name(typed: str) -> str:
    """The name without folders, control characters and signs that file systems refuse, at most
    200 characters with its ending; `file` when nothing readable is left."""
    last = _SEPARATORS.split(typed)[-1]
    bare = _UNSAFE.sub("-", unicodedata.normalize("NFC", last)).lstrip(". ").rstrip(". ")
    try:
        name = clean_line(bare, len(bare) + 1).lstrip(".") or FALLBACK
    except UnusableLine:
        return FALLBACK
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def media_type(beginning: bytes) -> str:
    """The kind of a file by its first bytes, never by its name."""
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in SIGNATURES if beginning.startswith(sign)), BYTES)
