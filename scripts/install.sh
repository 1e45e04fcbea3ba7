#!/bin/sh
# Install one lock file, every download checked against its hash, then the product itself.
# Usage: install.sh requirements.lock
set -eu
log=.stamps/install.log

refuse() {
    echo "$1 (details in $log)" >&2
    exit 1
}

install() {
    .venv/bin/uv pip install --quiet --python .venv "$@" 2>"$log"
}

echo "Installing the Python packages of $1"
install --require-hashes -r "$1" -r scripts/requirements-build.lock ||
    refuse "The Python packages could not be installed: check the network, then call make again"
install --no-deps --no-build-isolation -e . ||
    refuse "The product could not be installed into .venv: pyproject.toml needs a look"
