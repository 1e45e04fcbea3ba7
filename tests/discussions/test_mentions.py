"""A name after an @ calls one person, or nobody and says so."""

from __future__ import annotations

import pytest

from intranet.discussions.mentions import mentions

PEOPLE = (
    (1, "Amel Benali"),
    (2, "Claire Dupont"),
    (3, "Claire Durand"),
    (4, "Loïc L’Hermitte"),
    (5, "Anne-Sophie Le Goff"),
    (6, "Anne Petit"),
)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Amel qu’en dis-tu ?", (1,)),
        ("Merci @amel benali, et @LOIC.", (1, 4)),
        ("@Claire Durand sait.", (3,)),
        ("@Anne-Sophie Le Goff", (5,)),
        ("@Anne vient", (6,)),
        ("écris à amel@example.org, ou @ personne", ()),
        ("`@Amel` et @Inconnue", ()),
    ],
)
def test_the_longest_name_that_fits_is_meant(text: str, people: tuple[int, ...]) -> None:
    assert mentions(text, PEOPLE).people == people


def test_a_name_of_several_people_calls_nobody_and_says_whom_it_may_mean() -> None:
    found = mentions("@Claire, tu viens ?", PEOPLE)
    assert found.people == ()
    assert found.unclear == (("Claire", ("Claire Dupont", "Claire Durand")),)
