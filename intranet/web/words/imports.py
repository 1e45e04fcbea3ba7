"""Words for what comes into the wiki from elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "import.only_the_worker": _l("Only the worker says that an import is over."),
}

CONFLICTS = {
    "import.is_over": _l("This import is over or was given up. Send the archive again."),
}

LABELS = {
    "form.auto": _l("find out by the files"),
    "form.markdown": _l("Markdown"),
    "form.obsidian": _l("Obsidian"),
    "form.outline": _l("Outline"),
    "form.bookstack": _l("BookStack"),
    "form.dokuwiki": _l("DokuWiki"),
    "import_state.looked_at": _l("looked at, not yet imported"),
    "import_state.confirmed": _l("under way"),
    "import_state.done": _l("imported"),
    "import_state.failed": _l("stopped"),
    "import_state.given_up": _l("given up"),
}

HINTS = {
    "import.link": _l("a link to another file"),
    "import.unreadable": _l("it cannot be read"),
    "import.unreadable_name": _l("its name is in no known coding"),
    "import.unsafe_path": _l("its path leads out of the folder or is too long"),
    "import.locked": _l("it is locked by a password"),
    "import.doubled": _l("another file has the same path"),
    "import.damaged": _l("it is damaged"),
    "import.empty": _l("empty file"),
    "import.too_long": _l("longer than %(detail)s characters"),
    "import.zero_bytes": _l("not a text: it holds zero bytes"),
    "import.half_letters": _l("not a text: it holds halves of letters"),
    "import.not_of_the_wiki": _l("neither a text nor a file of the wiki"),
    "import.missing": _l("named in the export, but not in it"),
    "import.no_page": _l("there is no page beside which it could lie"),
    "import.not_beside": _l("you may not lay files beside its page"),
    "import.file_too_large": _l("larger than %(detail)s megabytes"),
    "import.words_removed": _l("its words were removed here for a person’s sake"),
    "import.changed_on_both_sides": _l("the same paragraph changed in the file and in the wiki"),
    "import.is_a_rule": _l("the page is a rule now: it changes by a decision"),
    "import.is_archived": _l("the page is archived"),
    "import.in_the_trash": _l("the page is in the trash: take it out first"),
    "import.not_open": _l("a page that is not open to you came from this file"),
    "import.not_yours": _l("you may not change this page"),
    "import.failed": _l("it could not be written: %(detail)s"),
    "import.no_pandoc": _l(
        "a document of a word processor needs the program pandoc, which is not installed here"
    ),
    "import.pandoc_failed": _l("pandoc could not read it"),
}

FIELD_ERRORS = {
    "import.no_zip": _l("This is no ZIP file, or it is damaged."),
    "import.too_many": _l("The archive holds more than 20,000 files: divide it."),
    "import.too_large": _l("Unpacked, the archive is larger than 1,024 megabytes: divide it."),
    "import.no_bookstack": _l("This is no export of BookStack: its file data.json is missing."),
    "import.no_dokuwiki": _l("This is no folder of DokuWiki: it needs “pages” and “media”."),
    "import.nothing": _l("Nothing in this archive can become a page."),
}
