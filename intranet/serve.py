"""Serve the web pages and run the worker, together under one parent process."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from sqlalchemy.exc import OperationalError

from intranet.app import create_app
from intranet.auth.setup import setup_link
from intranet.config import UnsafeSettings, instance_folder
from intranet.core import heartbeat
from intranet.core.db import db
from intranet.memory import give_back_what_is_free, share_what_is_loaded
from intranet.migrate import DatabaseTooNew, upgrade
from intranet.web_process import WebProcess

WEB_PROCESSES = 2
THREADS = 4
STOP_WITHIN = 10.0
LONGEST_PAUSE = 30.0
BEHIND_PAGES = 5

Work = Callable[[Flask, Callable[[], bool]], None]
log = logging.getLogger("intranet.serve")


class CannotServe(Exception):
    """The intranet cannot start; the message says why, and what to do, in one sentence."""


def serve(host: str, port: int, work: Work, instance: Path | None = None) -> None:
    """Serve until SIGINT or SIGTERM: web processes and one worker, restarted when they die.

    `work` is what the worker does with the application, until the question it is given with it,
    whether to leave, is answered by yes. The instance folder, its secret key and the database are
    made or upgraded first. Raises CannotServe, and otherwise ends by SystemExit.
    """
    os.umask(0o077)
    give_back_what_is_free()
    check_port(host, port)
    app = ready_app(instance or instance_folder())
    # A sign of life left by an earlier start must not be taken for a new one.
    (Path(app.instance_path) / heartbeat.FILE).unlink(missing_ok=True)
    _Server(app, host, port, work).run()


def check_port(host: str, port: int) -> None:
    """Raise CannotServe unless this address can be listened on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise CannotServe(f"{port} is not a port: choose one from 1024 to 65535.") from error
        except OSError as error:
            raise CannotServe(_why_no_port(error, host, port)) from error


def _why_no_port(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program: choose another one, "
            f"for example make run PORT={port + 55}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for administrators: choose one from 1024, as PORT=5055."
    return f"The address {host} is not one of this machine ({error.strerror or error})."


def ready_app(instance: Path) -> Flask:
    """The application on an instance folder that is made, keyed and migrated.

    Raises CannotServe for an unwritable folder, unsafe settings, a database that cannot be
    reached or that is newer than the code.
    """
    try:
        app = create_app(instance)
        copy = upgrade(app)
    except OSError as error:
        raise CannotServe(
            f"The instance folder {instance} cannot be written ({error.strerror}): "
            "correct its rights, or choose another one with INTRANET_INSTANCE."
        ) from error
    except (UnsafeSettings, DatabaseTooNew) as error:
        raise CannotServe(str(error)) from error
    except OperationalError as error:
        raise CannotServe(f"The database cannot be opened: {error.orig}") from error
    if copy:
        click.echo(f"Database upgraded; the former one is kept as {copy}")
    return app


def announce(app: Flask, address: str) -> None:
    """Print where the intranet is, and the one-time link while it is not set up."""
    click.echo(f"The intranet is on {address} (Ctrl-C stops it)")
    with app.app_context():
        link = setup_link(app)
        # No connection may be open while processes are made: two of them would share it.
        db.session.remove()
        db.engine.dispose()
    if link:
        click.echo(f"Set it up, once, with this link: {urljoin(address, link)}")


def give_place(arbiter: Arbiter, process: WebProcess) -> None:
    """Tell a new web process, before it is made, which place among the others it takes."""
    process.take_place(other.place for other in arbiter.WORKERS.values())


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, given the application already loaded and no command line of its own."""

    def __init__(self, app: Flask, host: str, port: int, work: Work) -> None:
        self.app = app
        self.work = work
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn's settings: two processes of four threads, and silence while all is well."""
        shared_memory = Path("/dev/shm")  # noqa: S108
        settings = {
            "bind": self.bind,
            "worker_class": WebProcess,
            "workers": WEB_PROCESSES,
            "threads": THREADS,
            "preload_app": True,
            "keepalive": 15,
            "graceful_timeout": int(STOP_WITHIN),
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": str(shared_memory) if shared_memory.is_dir() else None,
            "when_ready": lambda _arbiter: self._before_processes(),
            "pre_fork": give_place,
            "child_exit": lambda _arbiter, process: process.leave_place(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def _before_processes(self) -> None:
        announce(self.app, f"http://{self.bind}")
        share_what_is_loaded()

    def load(self) -> Flask:
        """The application, loaded before the processes are made so that they share its memory."""
        return self.app

    def run(self) -> None:
        """Serve until a signal."""
        _Parent(self, self.work).run()


class _Parent(Arbiter):  # type: ignore[misc]
    """Gunicorn's parent process, which also keeps one worker process alive."""

    def __init__(self, server: _Server, work: Work) -> None:
        super().__init__(server)
        self.work = work
        self.work_pid = 0
        self.work_started = 0.0
        self.pause = 1.0

    def manage_workers(self) -> None:
        """Keep the web processes at their number, and the worker at one."""
        super().manage_workers()
        if not self.work_pid and time.monotonic() - self.work_started >= self.pause:
            self._start_work()

    def reap_workers(self) -> None:
        """Notice a worker that ended before Gunicorn takes it for a stranger."""
        if self.work_pid:
            try:
                pid, status = os.waitpid(self.work_pid, os.WNOHANG)
            except ChildProcessError:
                pid, status = self.work_pid, 0
            if pid:
                self._work_ended(os.waitstatus_to_exitcode(status))
        super().reap_workers()

    def stop(self, graceful: bool = True) -> None:
        """Stop the worker and the web processes; one that does not listen is killed."""
        if self.work_pid:
            os.kill(self.work_pid, signal.SIGTERM)
        super().stop(graceful)
        deadline = time.monotonic() + STOP_WITHIN
        while self.work_pid and time.monotonic() < deadline:
            self.reap_workers()
            time.sleep(0.05)
        if self.work_pid:
            os.kill(self.work_pid, signal.SIGKILL)
            os.waitpid(self.work_pid, 0)
            self.work_pid = 0

    def _work_ended(self, code: int) -> None:
        self.work_pid = 0
        lasted = time.monotonic() - self.work_started
        self.pause = 1.0 if lasted > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        # Code 0 means that another process of this instance already does the work.
        if self.LISTENERS and code != 0:
            log.error("The worker ended (%s); it starts again within %.0f s.", code, self.pause)

    def _start_work(self) -> None:
        self.work_started = time.monotonic()
        parent = os.getpid()
        # A signal between the fork and the child's own handlers would be lost in a copied queue.
        signal.pthread_sigmask(signal.SIG_BLOCK, Arbiter.SIGNALS)
        self.work_pid = os.fork()
        if self.work_pid == 0:
            _be_the_worker(self, parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, Arbiter.SIGNALS)


def _be_the_worker(arbiter: _Parent, parent: int) -> None:
    """The life of the worker process: its work, until SIGTERM or the death of its parent."""
    asked = []
    for name in Arbiter.SIGNALS:
        signal.signal(name, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # Ctrl-C reaches the whole group; the parent alone decides the order of stopping.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Noted and no more: an exception raised by a signal is lost when it comes at a bad moment.
    signal.signal(signal.SIGTERM, lambda *signalled: asked.append(signalled))
    code = 1
    try:
        for listener in arbiter.LISTENERS:
            listener.close()
        # What people wait for comes first: the worker takes the time that pages leave.
        os.nice(BEHIND_PAGES)
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, Arbiter.SIGNALS)
        arbiter.work(arbiter.app.app, lambda: bool(asked))
        code = 0
    except BaseException:
        log.exception("The worker met an unexpected error")
    finally:
        # Everything above belongs to the parent: leave without unwinding its stack.
        logging.shutdown()
        os._exit(code)


def _follow(parent: int) -> None:
    """End this process soon after its parent died, even if it was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN)
    os._exit(1)
