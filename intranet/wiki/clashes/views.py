"""The screen on which somebody decides between two texts, paragraph by paragraph."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext as _

from intranet.core.merge import Conflict as Clash
from intranet.web import compared, signed_in
from intranet.wiki import conflicts, history
from intranet.wiki.clashes.forms import ChoiceForm
from intranet.wiki.conflicts import Choice
from intranet.wiki.forms import TextForm
from intranet.wiki.history import EditBase


def screen(slug: str, form: TextForm, said: str) -> str:
    """Mine, theirs and what stood before, with a choice for each paragraph; all that was typed
    travels with it."""
    head = history.edit_base(signed_in.reader(), slug)
    return _screen(slug, form, head, (), said)


def _screen(
    slug: str, form: TextForm, theirs: EditBase, choices: tuple[Choice, ...], said: str
) -> str:
    reader = signed_in.reader()
    base = history.edit_base(reader, slug, form.base or None)
    found = conflicts.clashes(base.source, form.text, theirs.source)
    return render_template(
        "wiki/conflict.html",
        page=theirs.page,
        base=base,
        form=form,
        said=said,
        clashes=[_shown(clash) for clash in found],
        choices=choices or (Choice(),) * len(found),
        is_asked_again=bool(choices),
        theirs=theirs,
        latest=history.revision_card(reader, slug, theirs.number),
    )


def _shown(clash: Clash) -> dict[str, object]:
    """The three readings of a paragraph, with the words that each side changed."""
    return {
        "mine": compared.with_marks(clash.base, clash.mine),
        "theirs": compared.with_marks(clash.base, clash.theirs),
        "base": clash.base,
    }


def take_choices(slug: str, form: TextForm) -> str | None:
    """Put what was chosen into the form, as a text that goes on from what the others saved; or
    give the screen again, when something is not decided yet."""
    typed = ChoiceForm.from_request(request.form)
    reader = signed_in.reader()
    base = history.edit_base(reader, slug, form.base or None)
    theirs = history.edit_base(reader, slug, typed.theirs or None)
    text = conflicts.decided(base.source, form.text, theirs.source, typed.choices)
    if text is None:
        said = _("Choose for each paragraph which words stay.")
        return _screen(slug, form, theirs, typed.choices, said)
    form.text, form.base = text, theirs.revision_id
    return None
