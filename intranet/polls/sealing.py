"""Secret ballots: sealed when they are cast, opened once, and the key destroyed.

The key of each poll lies in a file outside the database and its backups, unless tellers keep it:
then a mark says that the box is theirs, and the share of whoever came first waits beside it. The
server sees a choice for the instant in which it is sealed, and the pages say so.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from nacl.encoding import URLSafeBase64Encoder
from nacl.public import PrivateKey, PublicKey, SealedBox

from intranet.core.durability import keep_name
from intranet.voting.types import Choice

# All sealed ballots have one length, so that the length tells nothing. It holds an option and a
# reason of 4,000 characters of four bytes each.
BOX_BYTES = 16_384
_PADDING = b"\0"

# A code is read aloud and compared by eye: no letter that looks like a digit, no vowel.
CODE_SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 12
_CODE_MARK = "#"


class KeyFolder:
    """Where the opening keys of this installation lie; chosen by the application factory."""

    path: Path | None = None


def use_folder(path: Path) -> None:
    """Keep opening keys in this folder, readable by its owner only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    KeyFolder.path = path


def _folder() -> Path:
    assert KeyFolder.path is not None, "use_folder() comes first"  # noqa: S101
    return KeyFolder.path


def _file(sealing_key: str, kind: str = "key") -> Path:
    return _folder() / f"{sealing_key.rstrip('=')}.{kind}"


def _write(path: Path, content: bytes) -> None:
    """A file for its owner only, that is there once and outlasts a power cut, name and all."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    keep_name(path)


def new_sealing_key() -> str:
    """Make a key pair, keep the opening half on disk, and give the sealing half."""
    private = PrivateKey.generate()
    sealing_key = private.public_key.encode(URLSafeBase64Encoder).decode()
    # The name of the file must outlast a power cut too, or the vote could never be counted.
    _write(_file(sealing_key), private.encode(URLSafeBase64Encoder))
    return sealing_key


def new_code() -> str:
    """A receipt: chance alone, so that it tells neither who nor what."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def _plain(choice: Choice, code: str) -> bytes:
    return f"{_CODE_MARK}{code}\n{choice.option}\n{choice.reason}".encode()


def fits(choice: Choice) -> bool:
    """Whether a choice goes into a box with its receipt."""
    return len(_plain(choice, new_code())) <= BOX_BYTES


def seal(sealing_key: str, choice: Choice, code: str = "") -> bytes:
    """The choice in a box that only the opening key opens; every box has the same length.

    The receipt lies in the box with it. Raises ValueError for a choice that no box can hold.
    """
    plain = _plain(choice, code)
    if len(plain) > BOX_BYTES:
        raise ValueError("this choice is larger than its box")
    public = PublicKey(sealing_key.encode(), URLSafeBase64Encoder)
    return SealedBox(public).encrypt(plain.ljust(BOX_BYTES, _PADDING))


@dataclass(frozen=True)
class Opened:
    """What lay in a box: the choices in an order of chance, and apart from them the receipts,
    sorted. Nothing says which belonged together."""

    choices: list[Choice]
    codes: list[str]


def _unfolded(plain: bytes) -> tuple[Choice, str]:
    """A choice and its receipt; a ballot of before there were receipts has none."""
    text = plain.rstrip(_PADDING).decode()
    code = ""
    if text.startswith(_CODE_MARK):
        first, text = text.split("\n", 1)
        code = first.removeprefix(_CODE_MARK)
    option, reason = text.split("\n", 1)
    return Choice(option, reason), code


def open_boxes(sealing_key: str, boxes: list[bytes], opening_key: bytes | None = None) -> Opened:
    """What lies in all boxes, in an order that has nothing to do with theirs.

    The opening key is read from its file unless tellers gave it. Raises FileNotFoundError when it
    is gone.
    """
    if opening_key is None:
        private = PrivateKey(_file(sealing_key).read_bytes(), URLSafeBase64Encoder)
    else:
        private = PrivateKey(opening_key)
    opener = SealedBox(private)
    ballots = [_unfolded(opener.decrypt(box)) for box in boxes]
    choices = [choice for choice, _ in ballots]
    secrets.SystemRandom().shuffle(choices)
    return Opened(choices, sorted(code for _, code in ballots if code))


def expect_shares(sealing_key: str) -> None:
    """Mark that tellers keep the opening key of a box, so that its traces are erased in time."""
    _write(_file(sealing_key, "tellers"), b"")


def keep_share(sealing_key: str, number: int, share: bytes) -> None:
    """Keep a teller's share, outside the database and its backups, until the next teller comes.
    Alone it opens nothing. Twice changes nothing."""
    path = _file(sealing_key, f"{number}.share")
    if not path.exists():
        _write(path, share)


def kept_shares(sealing_key: str) -> dict[int, bytes]:
    """The shares that wait for the next teller, by number."""
    found = _folder().glob(f"{sealing_key.rstrip('=')}.*.share")
    return {int(path.suffixes[-2].removeprefix(".")): path.read_bytes() for path in found}


def kept_keys() -> list[str]:
    """The sealing halves of the keys still on disk or with tellers, without their padding."""
    return [file.stem for kind in ("key", "tellers") for file in _folder().glob(f"*.{kind}")]


def destroy_key(sealing_key: str) -> None:
    """Overwrite and remove an opening key, or the shares of one. Twice changes nothing."""
    shares = _folder().glob(f"{sealing_key.rstrip('=')}.*.share")
    for path in (_file(sealing_key), *shares, _file(sealing_key, "tellers")):
        if path.exists():
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
