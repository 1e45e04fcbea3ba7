"""Addresses of style sheets and scripts: the bundle when it was built, else the plain files."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, url_for


def install(app: Flask) -> None:
    """Give templates the function `asset(name)`, whose address changes with the content."""
    root = Path(app.static_folder or "")
    known: dict[str, str] = {}

    def asset(name: str) -> str:
        """The address of a file under static/, or of its built form under static/build/.

        It is worked out once for each name: a page asks for dozens.
        """
        if name not in known or app.config["TEMPLATES_AUTO_RELOAD"]:
            built = f"build/{name}"
            chosen = built if (root / built).exists() else name
            path = root / chosen
            stamp = int(path.stat().st_mtime) if path.exists() else 0
            known[name] = url_for("static", filename=chosen, v=stamp)
        return known[name]

    app.jinja_env.globals["asset"] = asset
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000
