"""A link to a page that only some readers may see leads those, and nobody else learns of it."""

from __future__ import annotations

from intranet.wiki import service
from tests.cast import Cast, Client, acting
from tests.wiki.writing import page_id, write


def _link(client: Client, person: str, slug: str) -> str:
    page = client.sign_in(person).get(f"/wiki/{slug}").get_data(as_text=True)
    return page.partition("Voir <a ")[2].partition(">")[0]


def test_whoever_may_see_a_page_is_led_to_it_and_others_see_it_missing(
    client: Client, cast: Cast
) -> None:
    write(cast.amel, "Comptes", "Chiffres.", audience="members")
    slug = write(cast.amel, "Accueil", "Voir [[Comptes]].", audience="workers")
    assert _link(client, "amel", slug) == 'href="/wiki/comptes" title="Comptes"'
    assert _link(client, "chloe", slug).startswith(
        'class="red-link" href="/wiki/new?title=Comptes"'
    )


def test_it_leads_to_the_page_that_was_meant_after_a_renaming(client: Client, cast: Cast) -> None:
    write(cast.amel, "Comptes", "Chiffres.", audience="members")
    slug = write(cast.amel, "Accueil", "Voir [[Comptes]].", audience="workers")
    number = page_id("comptes")
    with acting(cast.amel) as tx:
        service.rename_page(tx, number, "Trésorerie", 1)
    assert _link(client, "amel", slug) == 'href="/wiki/tresorerie" title="Trésorerie"'
    assert 'class="red-link"' in _link(client, "chloe", slug)


def test_a_page_in_the_archive_or_not_written_stays_missing(client: Client, cast: Cast) -> None:
    slug = write(cast.amel, "Accueil", "Voir [[Rien]].", audience="workers")
    assert 'class="red-link"' in _link(client, "amel", slug)
