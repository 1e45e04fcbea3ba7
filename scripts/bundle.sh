#!/bin/sh
# Build static/build with esbuild. Nothing to do when node_modules could not be installed.
set -eu
[ ! -e .stamps/without-bundle ] || exit 0
PATH="$PATH:$(pwd)/.venv/bin"
node -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null ||
    PATH="$(pwd)/.venv/bin:$PATH"
exec node scripts/bundle.mjs
