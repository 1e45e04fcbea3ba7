"""Citations of decisions: live at each reading, listed at both ends, for those who may see both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from intranet.citations import queries
from intranet.core import clock
from intranet.decisions.citing_queries import candidates, meant
from intranet.decisions.effects import link
from intranet.decisions.statuses import State
from intranet.members.queries import today
from intranet.proposals import service as proposals
from tests.cast import Cast, Client, acting, as_reader
from tests.decisions.register import entered
from tests.proposals.stage import Stage, a_resolution, set_up
from tests.wiki.test_queries import counted
from tests.wiki.writing import revise, write


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def decided(cast: Cast, title: str, **changes: object) -> str:
    with acting(cast.amel) as tx:
        return entered(tx, cast, title, **changes).number


def test_a_cited_decision_shows_its_title_and_its_state_of_today(
    client: Client, cast: Cast
) -> None:
    old = decided(cast, "Fermer le <lundi>")
    short = old.removeprefix("AG-").replace("-0", "-")
    slug = write(cast.amel, "Horaires", f"Voir [[{old}]] et [[{short}|elle]].")
    browser = client.sign_in("amel")
    before = page(browser, f"/wiki/{slug}")
    title = 'title="Fermer le &lt;lundi&gt;"'
    assert before.count(f'<a class="citation" href="/decisions/{old}" {title}>') == 2
    assert before.count("badge--good") == 2
    new = decided(cast, "Ouvrir le lundi")
    with acting(cast.amel) as tx:
        link(tx, new, old, "repeals")
    after = page(browser, f"/wiki/{slug}")
    assert after.count("badge--bad") == 2
    assert "badge--good" not in after


def test_a_citation_of_what_one_may_not_see_is_as_if_it_were_not_there(
    client: Client, cast: Cast
) -> None:
    hidden = decided(cast, "Salaires de chacun", audience="members")
    slug = write(cast.amel, "Paie", f"Voir [[{hidden}]] et [[AG-1999-001]].")
    assert "Salaires de chacun" in page(client.sign_in("amel"), f"/wiki/{slug}")
    said = page(client.application.test_client().sign_in("chloe"), f"/wiki/{slug}")  # type: ignore[attr-defined]
    assert "Salaires" not in said
    assert "citation" not in said
    assert f'<a href="/decisions/{hidden}">{hidden}</a>' in said
    assert queries.cited_by(as_reader(cast.chloe), hidden) != ()
    secret = write(cast.amel, "Réservé", f"Voir [[{hidden}]].", audience="members")
    assert secret not in [one.key for one in queries.cited_by(as_reader(cast.chloe), hidden)]


def test_a_number_without_its_body_means_the_only_one_there_is(client: Client, cast: Cast) -> None:
    number = decided(cast, "Un four")
    short = number.removeprefix("AG-")
    look = as_reader(cast.amel)
    assert meant(look, [short])[short].number == number
    browser = client.sign_in("amel")
    assert browser.get(f"/decisions/{short}").headers["Location"].endswith(f"/decisions/{number}")
    other = decided(cast, "Un autre", body_id=cast.meeting, body_code="RC")
    look = as_reader(cast.amel)
    assert meant(look, [short]) == {}
    assert candidates(look, short) == [number, other]
    said = browser.get(f"/decisions/{short}", follow_redirects=True).get_data(as_text=True)
    assert number in said
    assert other in said


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return set_up(cast)


def test_every_kind_of_text_is_listed_with_what_it_cites(
    client: Client, cast: Cast, stage: Stage
) -> None:
    number = decided(cast, "Un four")
    slug = write(cast.amel, "Cuisine", f"Voir [[{number}]].")
    later = decided(cast, "Deux fours", text=f"En plus de [[{number}]].")
    proposal = a_resolution(stage)
    with acting(cast.amel) as tx:
        proposals.comment_proposal(tx, proposal, f"Et [[{number}]] ?")
    found = queries.cited_by(as_reader(cast.amel), number)
    assert [(one.kind, one.key) for one in found] == [
        ("page", slug),
        ("decision", later),
        ("comment", str(proposal)),
    ]
    browser = client.sign_in("amel")
    said = page(browser, f"/decisions/{number}")
    assert f'href="/wiki/{slug}"' in said
    assert f'href="/proposals/{proposal}#comment-' in said
    assert 'class="citation"' in page(browser, f"/proposals/{proposal}")
    assert 'class="citation"' in page(browser, f"/decisions/{later}")
    revise(cast.amel, slug, "Plus rien.")
    found = queries.cited_by(as_reader(cast.amel), number)
    assert "page" not in {one.kind for one in found}


def test_living_texts_that_cite_what_ended_are_listed_in_constant_statements(
    client: Client, cast: Cast
) -> None:
    old, ended = decided(cast, "Un four"), decided(cast, "Deux fours")
    for number in range(3):
        write(cast.amel, f"Page {number}", f"Voir [[{old}]] et [[{ended}]].")
    write(cast.amel, "Réservée", f"Voir [[{ended}]].", audience="members")
    later = decided(cast, "Trois fours", text=f"Contre [[{ended}]].")
    assert queries.outdated(as_reader(cast.amel)) == ()
    with acting(cast.amel) as tx:
        link(tx, later, ended, "annuls")
    (found,) = queries.outdated(as_reader(cast.amel))
    assert (found.mark.number, found.mark.state) == (ended, State.ANNULLED)
    titles = [one.title for one in found.texts]
    assert titles == ["Page 0", "Page 1", "Page 2", "Réservée", "Trois fours"]
    (seen,) = queries.outdated(as_reader(cast.chloe))
    assert "Réservée" not in [one.title for one in seen.texts]
    with counted() as few:
        queries.outdated(as_reader(cast.amel))
    for number in range(3, 9):
        write(cast.amel, f"Page {number}", f"Voir [[{ended}]].")
    with counted() as many:
        queries.outdated(as_reader(cast.amel))
    assert len(many) == len(few)
    assert "Page 8" in page(client.sign_in("amel"), "/decisions/citations")


def test_d8_citations_turn_with_the_day_and_not_with_a_save(
    app: Flask, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today(as_reader(cast.amel))
    trial = decided(cast, "Essai", decided_on=day, ends_on=day)
    slug = write(cast.amel, "Horaires", f"Voir [[{trial}]].")
    browser = client.sign_in("amel")
    assert "badge--good" in page(browser, f"/wiki/{slug}")
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    said = page(browser, f"/wiki/{slug}")
    assert "#hourglass" in said
    assert "badge--good" not in said
