#!/bin/sh
# The catalogues: update them from the code, check that nobody forgot to, or compile them.
# A product without a catalogue yet is served in English.
# Usage: translations.sh update|check|compile
set -eu
PATH="$(pwd)/.venv/bin:$PATH"
folder=intranet/translations
template=.stamps/messages.pot

extract() {
    # Babel leaves out folders like templates/_macros unless it is told what to leave out.
    pybabel -q extract --ignore-dirs='.*' -F babel.cfg -k lazy_gettext -k _l -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
        --no-location --sort-output --project intranet -o "$template" intranet templates
}

update() {
    pybabel -q update -i "$template" -d "$folder" -l fr --no-fuzzy-matching --no-wrap \
        --ignore-pot-creation-date "$@"
}

has_catalogue() {
    [ -n "$(find "$folder" -name '*.po' 2>/dev/null)" ]
}

case "$1" in
update)
    extract
    update --init-missing
    ;;
check)
    has_catalogue || exit 0
    extract
    update --check || {
        echo "The catalogues do not match the code: call make translations, then fill in $folder." >&2
        exit 1
    }
    ;;
compile)
    has_catalogue || exit 0
    echo "Compiling the translations"
    pybabel -q compile -d "$folder"
    ;;
esac
