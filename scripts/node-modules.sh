#!/bin/sh
# Bring node_modules in step with package-lock.json. Without Node 18 on the machine, Node comes
# from PyPI into .venv. A registry that fails never blocks the product: see bundle.sh.
set -eu
log=.stamps/npm.log
PATH="$PATH:$(pwd)/.venv/bin"

has_node() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null
}

: >"$log"
rm -f .stamps/without-bundle
if ! has_node; then
    PATH="$(pwd)/.venv/bin:$PATH"
    has_node || echo "Installing Node into .venv"
    has_node || .venv/bin/uv pip install --quiet --python .venv --require-hashes \
        -r scripts/requirements-node.lock 2>>"$log" || true
fi
echo "Installing the front-end packages"
if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >>"$log" 2>&1; then
    exit 0
fi
touch .stamps/without-bundle
echo "Warning: the npm registry did not answer, so the product runs without its bundle and texts are edited in the plain text field; try again with make bundle (details in $log)." >&2
[ "${CI:-}" != true ]
