#!/bin/sh
# Install one lock file, every download checked against its hash, then the product itself.
# Usage: install.sh requirements.lock
set -eu
log=.stamps/install.log

echo "Installing the Python packages of $1"
if .venv/bin/uv pip install --quiet --python .venv --require-hashes -r "$1" 2>"$log" &&
    .venv/bin/uv pip install --quiet --python .venv --require-hashes \
        -r scripts/requirements-build.lock 2>>"$log" &&
    .venv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation -e . 2>>"$log"; then
    exit 0
fi
echo "The Python packages could not be installed: check the network, then call make again (details in $log)." >&2
exit 1
