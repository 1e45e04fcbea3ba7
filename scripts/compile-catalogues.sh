#!/bin/sh
# Compile the translations. A product without a catalogue yet is served in English.
set -eu
[ -n "$(find intranet/translations -name '*.po' 2>/dev/null)" ] || exit 0
echo "Compiling the translations"
.venv/bin/pybabel -q compile -d intranet/translations
