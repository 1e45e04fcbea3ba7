"""Changes of rules as the register keeps them, and as people see them."""

from __future__ import annotations

from intranet.core.block_changes import BlockChange
from intranet.core.markdown import render
from intranet.decisions.addresses import Addresses
from intranet.proposals.kinds.amendment import as_markdown
from intranet.web import differences


def shown(text: str) -> list[tuple[str, list[tuple[object, str, str]]]]:
    """The pieces of a decision of this text: words, and what changes after them."""
    html = render(text, Addresses(), language="fr").html
    return [
        (
            str(words).strip(),
            [(c["kind"], str(c.get("before", "")), str(c.get("after", ""))) for c in changes],
        )
        for words, changes in differences.of_record(html)
    ]


def test_the_changes_of_an_amendment_are_read_back_from_the_record() -> None:
    changes = [
        BlockChange("replace", "a", "Deux jours **par** semaine.", "Trois jours **par** semaine."),
        BlockChange("insert_after", "a", "", "Le <vendredi> & le lundi.\n\n- à midi"),
        BlockChange("remove", "b", "Sauf en août.", ""),
    ]
    first, second, third, last = shown(f"Pour que cela tienne.\n\n{as_markdown(changes)}")
    assert first[0] == "<p>Pour que cela tienne.</p>"
    assert first[1] == [
        (
            "changed",
            "<del>Deux</del> jours **par** semaine.",
            "<ins>Trois</ins> jours **par** semaine.",
        )
    ]
    assert second[0] == third[0] == ""
    assert [kind for kind, _, _ in second[1]] == ["added", "added"]
    assert "Le &lt;vendredi&gt; &amp; le lundi." in second[1][0][2]
    assert third[1] == [("removed", "Sauf en août.", "")]
    assert last == ("", [])


def test_other_fences_and_words_stay_as_they_are() -> None:
    for text in (
        "```diff\n une ligne\n+ ajoutée\n```",
        "```diff\n+ dans le\n- désordre\n```",
        "```\n- une liste\n```",
        "- une liste\n- de mots",
    ):
        [(words, changes)] = shown(text)
        assert changes == []
        assert ("<code" in words) is ("```" in text)
