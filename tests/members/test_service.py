"""People write about themselves; administrators name the cooperative."""

from __future__ import annotations

import pytest

from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.members import queries, service
from intranet.members.models import Person
from tests.cast import Cast, acting
from tests.journal import happened

LOCALES = frozenset({"fr", "en"})


def write(by: int, about: str, person_id: int | None = None) -> None:
    with acting(by) as tx:
        service.update_profile(tx, person_id or by, service.OwnWords(about))


def about(person_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Person, person_id).about


def test_a_person_writes_about_themselves_once(cast: Cast) -> None:
    write(cast.amel, " Menuisière.\r\nÀ l’atelier le lundi. ")
    write(cast.amel, "Menuisière.\nÀ l’atelier le lundi.")
    assert about(cast.amel) == "Menuisière.\nÀ l’atelier le lundi."
    assert happened() == ["ProfileUpdated"]


@pytest.mark.parametrize("by", ["bruno", "gwen", "farid"])
def test_nobody_writes_about_somebody_else(cast: Cast, by: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(getattr(cast, by), "Rumeur", cast.amel)
    assert refusal.value.verdict.reason == "members.only_own_profile"
    assert about(cast.amel) == ""


def test_a_former_member_writes_no_more(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        write(cast.david, "Encore là")
    assert refusal.value.verdict.reason == "members.former"


def test_a_text_has_an_end(cast: Cast) -> None:
    write(cast.amel, "x" * service.LONGEST_ABOUT)
    with pytest.raises(Invalid) as wrong:
        write(cast.amel, "x" * (service.LONGEST_ABOUT + 1))
    assert wrong.value.errors == {"about": "members.about_too_long"}


def test_a_person_who_does_not_exist_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        write(cast.amel, "x", 9999)


def test_administrators_change_the_settings_once(cast: Cast) -> None:
    for _ in range(2):
        with acting(cast.gwen) as tx:
            service.change_settings(
                tx, " Rabots & Rayons ", "plum", "en", LOCALES, external_members=True
            )
    card = queries.cooperative(db.session())
    assert (card.name, card.accent, card.locale) == ("Rabots & Rayons", "plum", "en")
    assert card.external_members
    assert happened() == ["SettingsChanged"]


@pytest.mark.parametrize("by", ["amel", "chloe", "david"])
def test_nobody_else_changes_the_settings(cast: Cast, by: str) -> None:
    with pytest.raises(Refused) as refusal, acting(getattr(cast, by)) as tx:
        service.change_settings(tx, "Moi", "plum", "fr", LOCALES, external_members=False)
    assert refusal.value.verdict.reason == "members.only_administrators"


def test_settings_that_make_no_sense_are_named(cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong, acting(cast.gwen) as tx:
        service.change_settings(tx, " ", "red; }", "xx", LOCALES, external_members=False)
    assert set(wrong.value.errors) == {"name", "accent", "locale"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "chat", "https://", "ftp://x.example"])
def test_only_an_address_of_the_web_becomes_the_link_to_the_chat_room(
    cast: Cast, address: str
) -> None:
    with pytest.raises(Invalid) as wrong, acting(cast.gwen) as tx:
        service.change_settings(
            tx, "Moi", "plum", "fr", LOCALES, external_members=False, chat_url=address
        )
    assert set(wrong.value.errors) == {"chat_url"}
