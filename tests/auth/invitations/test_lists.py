"""A list of people to invite is read as people write such lists."""

from __future__ import annotations

import time

import pytest

from intranet.auth.invitations.lists import Row, rows

WORDS = {"salarié·e": "employee", "sympathisant·e": "sympathiser", "employee": "employee"}


@pytest.mark.parametrize(
    "line",
    [
        "Noé Vial <noe@example.org>",
        "Noé Vial noe@example.org",
        '"Noé Vial" <noe@example.org>',
        "Noé Vial ; noe@example.org",
        "Noé Vial, noe@example.org",
        "Noé Vial\tnoe@example.org",
        "\ufeffNom;Courriel\nNoé  Vial;noe@example.org",
        "e-mail,name\nnoe@example.org,Noé Vial",
    ],
)
def test_a_name_and_an_address_are_found_however_they_are_written(line: str) -> None:
    (row,) = rows(line, "employee")
    assert (row.name, row.email, row.status) == ("Noé Vial", "noe@example.org", "employee")


@pytest.mark.parametrize("word", ["salarié·e", "Salariée", "SALARIÉ", "salarie", "employee"])
def test_a_status_is_understood_in_every_gender_and_without_accents(word: str) -> None:
    (row,) = rows(f"Noé;noe@example.org;{word}", "applicant", WORDS)
    assert row.status == "employee"


def test_an_unknown_status_stays_as_it_was_typed() -> None:
    (row,) = rows("Noé;noe@example.org;gérant", "applicant", WORDS)
    assert row.status == "gérant"


def test_lines_keep_the_number_that_an_editor_shows() -> None:
    found = rows(
        "nom;e-mail;statut;instance\n\n# note\nNoé;noe@example.org;salarié;RC\n", "", WORDS
    )
    assert found == [Row(4, "Noé", "noe@example.org", "employee", "RC")]


@pytest.mark.parametrize("line", ["a" * 200_000, " " * 200_000 + "x", f"N;a@b.c;{'e' * 200_000}x"])
def test_i4_no_line_takes_longer_than_its_length(line: str) -> None:
    began = time.thread_time()
    rows(line, "", WORDS)
    assert time.thread_time() - began < 2
