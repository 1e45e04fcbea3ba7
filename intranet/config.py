"""One typed Settings, read from the instance folder and the environment; unsafe values refused."""

from __future__ import annotations

import os
import runpy
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

SEARCH_BACKENDS: Mapping[str, bool | None] = {"whoosh": None, "fts5": True, "postgres": False}
"""Where the search index lies; True for what needs SQLite, False for what needs PostgreSQL."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class UnsafeSettings(Exception):
    """The application refuses to start with these settings; the message says why."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation can choose outside its database.

    Each value comes from INTRANET_<NAME> in the environment, else from `config.py` in the
    instance folder (NAME in capitals), else from the default here.
    """

    instance_path: Path
    secret_key: str
    database_url: str = ""
    search_backend: str = "whoosh"
    base_url: str = ""
    trusted_hosts: str = ""
    https: bool = False
    proxies: int = 0
    development: bool = False
    testing: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_client_secret_file: str = ""
    oidc_name: str = "OpenID Connect"
    max_upload_megabytes: int = 2
    max_file_megabytes: int = 25
    mail_server: str = ""
    mail_port: int = 587
    mail_starttls: bool = True
    mail_user: str = ""
    mail_password_file: str = ""
    mail_sender: str = ""
    digest_hour: int = 7
    chat_room_file: str = ""
    chat_room_chat: str = ""

    @property
    def database(self) -> str:
        """The address of the database; by default a SQLite file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_path / 'intranet.db'}"

    @property
    def hosts(self) -> list[str] | None:
        """The host names this installation answers to, or None for any."""
        return self.trusted_hosts.split() or None


def instance_folder() -> Path:
    """The instance folder named by INTRANET_INSTANCE, by default `instance` where one stands."""
    return Path(os.environ.get("INTRANET_INSTANCE", "instance")).absolute()


def _secret_key(instance: Path) -> str:
    """The installation's own secret, made at the first start and readable by its owner only."""
    path = instance / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _typed(kind: object, value: object) -> object:
    if kind in (bool, "bool"):
        return value if isinstance(value, bool) else str(value).lower() in {"1", "true", "yes"}
    if kind in (int, "int"):
        return int(str(value))
    return value


def load(instance: Path, overrides: Mapping[str, object] | None = None) -> Settings:
    """The settings of the installation whose files lie in `instance`, created when missing.

    Raises UnsafeSettings with a sentence, and OSError when the folder cannot be written.
    """
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = instance / "config.py"
    given = runpy.run_path(str(written)) if written.exists() else {}
    values: dict[str, object] = {"instance_path": instance}
    for field in fields(Settings):
        name = field.name.upper()
        value = os.environ.get(f"INTRANET_{name}", given.get(name))
        if value is not None and field.name != "instance_path":
            values[field.name] = _typed(field.type, value)
    if "DATABASE_URL" in os.environ:
        values.setdefault("database_url", os.environ["DATABASE_URL"])
    values.update(overrides or {})
    values.setdefault("secret_key", _secret_key(instance))
    return _checked(Settings(**values))  # type: ignore[arg-type]


def _checked(settings: Settings) -> Settings:
    if len(settings.secret_key) < 32:
        raise UnsafeSettings("SECRET_KEY must have at least 32 characters.")
    if settings.development and settings.https:
        raise UnsafeSettings("DEVELOPMENT must be off on a public address (HTTPS is on).")
    issuer = urlsplit(settings.oidc_issuer)
    if settings.oidc_issuer and issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
        raise UnsafeSettings("OIDC_ISSUER must begin with https://.")
    if settings.search_backend not in SEARCH_BACKENDS:
        raise UnsafeSettings(f"SEARCH_BACKEND must be one of {', '.join(SEARCH_BACKENDS)}.")
    needed = SEARCH_BACKENDS[settings.search_backend]
    if needed is not None and needed != settings.database.startswith("sqlite"):
        wanted = "SQLite" if needed else "PostgreSQL"
        raise UnsafeSettings(f"SEARCH_BACKEND {settings.search_backend} needs {wanted}.")
    _check_post(settings)
    return settings


def _check_post(settings: Settings) -> None:
    """Mail needs a sender and the address that its links lead to; passwords need a closed line."""
    if settings.mail_server:
        if "@" not in settings.mail_sender or not settings.base_url:
            raise UnsafeSettings("MAIL_SERVER needs MAIL_SENDER and BASE_URL.")
        if not settings.mail_starttls and settings.mail_server not in LOOPBACK:
            raise UnsafeSettings("MAIL_STARTTLS can be off for a server on this machine only.")
        if settings.mail_user and not settings.mail_password_file:
            raise UnsafeSettings("MAIL_USER needs MAIL_PASSWORD_FILE.")
    if settings.chat_room_file and not settings.base_url:
        raise UnsafeSettings("CHAT_ROOM_FILE needs BASE_URL.")
    if not 0 <= settings.digest_hour <= 23:
        raise UnsafeSettings("DIGEST_HOUR must be an hour of the day, 0 to 23.")
    for path in filter(None, (settings.mail_password_file, settings.chat_room_file)):
        if not Path(path).is_file():
            raise UnsafeSettings(f"{path} is not there.")
