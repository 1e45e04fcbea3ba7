"""Messages that wait for the next page: each is said once, however often it was meant."""

from __future__ import annotations

from flask import Flask, Response, session


def install(app: Flask) -> None:
    """Keep the first of messages that are alike: a form sent twice has one thing to say, and the
    cookie that carries them stays small."""

    @app.after_request
    def say_once(response: Response) -> Response:
        waiting = session.get("_flashes", ())
        # A message comes back from the cookie as a tuple or as a list.
        once = list(dict.fromkeys(map(tuple, waiting)))
        if len(once) < len(waiting):
            session["_flashes"] = once
        return response
