#!/bin/sh
# Bring node_modules in step with package-lock.json (packages), or build static/build (bundle).
# Without Node 18 on the machine, Node comes from PyPI into .venv. A registry that fails never
# blocks the product: it then runs without its bundle. In continuous integration it does block.
# Usage: front-end.sh packages|bundle
set -eu
log=.stamps/npm.log
without=.stamps/without-bundle

has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

has_node || PATH="$(pwd)/.venv/bin:$PATH"

packages() {
    rm -f "$without"
    if ! has_node; then
        echo "Installing Node into .venv"
        .venv/bin/uv pip install --quiet --python .venv --require-hashes \
            -r scripts/requirements-node.lock 2>"$log" || return 1
    fi
    echo "Installing the front-end packages"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$log" 2>&1
}

case "$1" in
packages)
    packages || {
        touch "$without"
        echo "Warning: the front-end packages could not be downloaded, so the product runs without its bundle and texts are edited in a plain field; try again with make bundle (details in $log)." >&2
        [ "${CI:-}" != true ]
    }
    ;;
bundle)
    [ -e "$without" ] || exec node scripts/bundle.mjs
    ;;
esac
