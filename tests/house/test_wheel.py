"""What is released works on a machine that has never seen the repository."""

from __future__ import annotations

import email
import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.served import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery staple"

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run(build, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an empty environment that holds the wheel and its dependencies.

    The dependencies are borrowed from the running environment by a line in a .pth file. Python
    does not read the .pth files of a folder named so, hence not the one by which the working copy
    is installed there.
    """
    environment = tmp_path_factory.mktemp("machine") / "environment"
    venv.create(environment, with_pip=False)
    programs = environment / "bin"
    uv = Path(sys.executable).parent / "uv"
    run(
        [
            str(uv),
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--offline",
            "--python",
            environment,
            wheel,
        ]
    )
    packages = next(environment.glob("lib/python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def without_working_copy(**settings: str) -> dict[str, str]:
    """The environment of a program, in which nothing points at the repository."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, **settings}


def run(command: list[object], **options: object) -> str:
    """Run a program to its end, away from the repository; its output is shown when it fails."""
    options = {"cwd": "/", "env": without_working_copy(), **options}
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stdout
    return str(done.stdout)


def fetch(address: str, patience: float = 120) -> tuple[int, str]:
    """Status and text of a page, asked for again until the server answers 200."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@contextmanager
def served(program: Path, instance: Path) -> Iterator[str]:
    """The address of the installed product, serving this instance."""
    port = free_port()
    server = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        cwd="/",
        env=without_working_copy(INTRANET_INSTANCE=str(instance)),
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def test_the_wheel_carries_everything_that_is_not_python(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    beside = [*(ROOT / "templates").rglob("*"), *(ROOT / "static").rglob("*")]
    within = [
        path
        for path in (ROOT / "intranet").rglob("*")
        if path.suffix in {".po", ".mo", ".mako", ".ini", ".json", ".md", ".yml", ".csv"}
    ]
    wanted = {f"intranet/{path.relative_to(ROOT)}" for path in beside if path.is_file()}
    wanted |= {str(path.relative_to(ROOT)) for path in within}
    assert wanted
    assert wanted - inside == set()


def pins() -> dict[str, str]:
    """The version of each package in the lock file, by its canonical name."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = (line.split(" ")[0].split("==") for line in lines if re.match(r"[\w.-]+==", line))
    return {canonicalize_name(name): version for name, version in found}


def asked_for(lines: Iterable[str]) -> list[Requirement]:
    """What a package needs on this machine, extras left out."""
    wanted = map(Requirement, lines)
    return [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]


def test_the_lock_pins_whatever_the_wheel_asks_for(wheel: Path) -> None:
    """The other tests borrow the dependencies: this one knows that an installation finds them."""
    with zipfile.ZipFile(wheel) as inside:
        name = next(name for name in inside.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(inside.read(name))
    waiting = asked_for(metadata.get_all("Requires-Dist", []))
    assert len(waiting) >= 10
    pinned, seen, wrong = pins(), set(), []
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name not in pinned or not one.specifier.contains(pinned[name]):
            wrong.append(f"{one}, pinned at {pinned.get(name)}")
        elif name not in seen:
            waiting += asked_for(distribution(name).requires or [])
        seen.add(name)
    assert wrong == []


def test_the_installed_product_is_not_the_working_copy(installed: Path) -> None:
    where = run([installed / "python", "-c", "import intranet; print(intranet.__file__)"])
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_the_installed_product_is_set_up_and_serves_a_page(installed: Path, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    owner = ["--name", "Les Copeaux", "--email", "amel@example.org", "--locale", "fr"]
    run(
        [installed / "intranet", "init", *owner, "--password-stdin"],
        env=without_working_copy(INTRANET_INSTANCE=str(instance)),
        input=PASSWORD,
    )
    with served(installed / "intranet", instance) as address:
        assert fetch(f"{address}/healthz")[0] == 200
        status, page = fetch(f"{address}/sign-in")
        assert status == 200
        assert '<html lang="fr"' in page
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert fetch(address + style)[0] == 200
