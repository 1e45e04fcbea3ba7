"""What somebody around the cooperative finds on the first page: open pages, and the chat room."""

from __future__ import annotations

import pytest

from intranet.members import service
from tests.cast import Cast, Client, acting
from tests.wiki.writing import write

CHAT = "https://chat.example.org/atelier"


@pytest.fixture
def pages(cast: Cast) -> None:
    """An open page, one for those who work here, and a chat room."""
    write(cast.amel, "Bienvenue", audience="open")
    write(cast.amel, "Nos comptes")
    with acting(cast.gwen) as tx:
        service.change_settings(
            tx, "Essai", "teal", "fr", frozenset({"fr"}), external_members=False, chat_url=CHAT
        )


@pytest.mark.usefixtures("pages")
def test_a_sympathiser_finds_the_open_pages_and_the_chat_room(client: Client, cast: Cast) -> None:
    page = client.sign_in("farid").get("/").get_data(as_text=True)
    assert 'id="open"' in page
    assert "/wiki/bienvenue" in page
    assert CHAT in page
    assert "Nos comptes" not in page


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("who", "has_chat"), [("amel", True), ("gwen", False), ("david", False)])
def test_the_chat_room_is_for_whoever_reads_here_and_not_for_an_administrator_as_such(
    client: Client, cast: Cast, who: str, has_chat: bool
) -> None:
    page = client.sign_in(who).get("/").get_data(as_text=True)
    assert (CHAT in page) == has_chat
    assert 'id="open"' not in page
