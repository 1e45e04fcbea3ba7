#!/bin/sh
# Make .venv with uv in it, or say in one sentence which package is missing.
# Usage: create-environment.sh [python3]
set -eu
python=${1:-python3}

refuse() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 ||
    refuse "Python 3.11 or later is needed: install the Debian package python3."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    refuse "Python 3.11 or later is needed and $python is $("$python" -c 'import platform; print(platform.python_version())'): install a newer python3, or name one with make PYTHON=python3.12."
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    refuse "Python's venv module is needed: install the Debian package python3-venv."

echo "Making the Python environment in .venv"
rm -rf .venv 2>/dev/null && "$python" -m venv .venv 2>.stamps/venv.log ||
    refuse "The folder $(pwd) is not writable for you, so .venv cannot be made (details in .stamps/venv.log)."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r scripts/requirements-uv.lock 2>.stamps/uv.log ||
    refuse "The installer uv could not be downloaded: check the network, then call make again (details in .stamps/uv.log)."
