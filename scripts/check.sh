#!/bin/sh
# Run the checks in the order of their speed; the first that fails ends the run.
# Usage: check.sh [lint]     (lint leaves out the types and the tests)
set -eu
PATH="$(pwd)/.venv/bin:$PATH"
# Compiled modules are kept, even where the machine says otherwise: the tests start the product in
# many processes, and each would spend seconds on compiling it and its libraries again.
export PYTHONDONTWRITEBYTECODE="" PYTHONPYCACHEPREFIX="$(pwd)/.stamps/bytecode"

step() {
    echo "== $1"
}

step "style (ruff check)"
ruff check --quiet .
step "format (ruff format)"
ruff format --quiet --check . || { ruff format --check . ; exit 1; }
step "templates (djlint)"
if [ -n "$(find templates -name '*.html')" ]; then
    djlint --quiet --lint templates
fi
step "dependencies (deptry)"
deptry intranet 2>.stamps/deptry.log || { cat .stamps/deptry.log >&2; exit 1; }
[ "${1:-}" != lint ] || exit 0

step "types (mypy --strict)"
mypy --no-error-summary
step "translations (pybabel)"
sh scripts/translations.sh check
step "tests (pytest)"
# The tests write thousands of small files that nobody keeps: in memory, where there is room.
if [ -z "${PYTEST_DEBUG_TEMPROOT:-}" ] && [ -w /dev/shm ] &&
    [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
    PYTEST_DEBUG_TEMPROOT="$(mktemp -d /dev/shm/intranet-tests.XXXXXX)"
    export PYTEST_DEBUG_TEMPROOT
    trap 'rm -rf "$PYTEST_DEBUG_TEMPROOT"' EXIT
fi
# Neighbours stay with one process, which makes once what they share, until another one is idle.
pytest -n "${PYTEST_WORKERS:-2}" --dist worksteal
