"""Secret ballots: sealed when they are cast, opened once, and the key destroyed.

The key of each poll lies in a file outside the database and its backups. The server sees a
choice for the instant in which it is sealed, and the pages say so.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from nacl.encoding import URLSafeBase64Encoder
from nacl.public import PrivateKey, PublicKey, SealedBox

from intranet.core.durability import keep_name
from intranet.voting.types import Choice

# All sealed ballots have one length, so that the length tells nothing. It holds an option and a
# reason of 4,000 characters of four bytes each.
BOX_BYTES = 16_384
_PADDING = b"\0"


class KeyFolder:
    """Where the opening keys of this installation lie; chosen by the application factory."""

    path: Path | None = None


def use_folder(path: Path) -> None:
    """Keep opening keys in this folder, readable by its owner only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    KeyFolder.path = path


def _file(sealing_key: str) -> Path:
    assert KeyFolder.path is not None, "use_folder() comes first"  # noqa: S101
    return KeyFolder.path / f"{sealing_key.rstrip('=')}.key"


def new_sealing_key() -> str:
    """Make a key pair, keep the opening half on disk, and give the sealing half."""
    private = PrivateKey.generate()
    sealing_key = private.public_key.encode(URLSafeBase64Encoder).decode()
    path = _file(sealing_key)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private.encode(URLSafeBase64Encoder))
        file.flush()
        os.fsync(file.fileno())
    # The name of the file must outlast a power cut too, or the vote could never be counted.
    keep_name(path)
    return sealing_key


def seal(sealing_key: str, choice: Choice) -> bytes:
    """The choice in a box that only the opening key opens; every box has the same length.

    Raises ValueError for a choice that no box can hold.
    """
    plain = f"{choice.option}\n{choice.reason}".encode()
    if len(plain) > BOX_BYTES:
        raise ValueError("this choice is larger than its box")
    public = PublicKey(sealing_key.encode(), URLSafeBase64Encoder)
    return SealedBox(public).encrypt(plain.ljust(BOX_BYTES, _PADDING))


def _choice(plain: bytes) -> Choice:
    option, reason = plain.rstrip(_PADDING).decode().split("\n", 1)
    return Choice(option, reason)


def open_boxes(sealing_key: str, boxes: list[bytes]) -> list[Choice]:
    """The choices of all boxes, in an order that has nothing to do with theirs.

    Raises FileNotFoundError when the opening key is gone.
    """
    private = PrivateKey(_file(sealing_key).read_bytes(), URLSafeBase64Encoder)
    opener = SealedBox(private)
    choices = [_choice(opener.decrypt(box)) for box in boxes]
    secrets.SystemRandom().shuffle(choices)
    return choices


def kept_keys() -> list[str]:
    """The sealing halves of the keys still on disk, without their padding."""
    assert KeyFolder.path is not None, "use_folder() comes first"  # noqa: S101
    return [file.stem for file in KeyFolder.path.glob("*.key")]


def destroy_key(sealing_key: str) -> None:
    """Overwrite and remove an opening key. Twice changes nothing."""
    path = _file(sealing_key)
    if path.exists():
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
