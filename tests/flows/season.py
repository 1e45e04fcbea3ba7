"""A season of a cooperative's life, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from intranet import worker
from intranet.auth.invitations import service as invitations
from intranet.auth.invitations.service import Guest
from intranet.proposals import service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from tests.cast import acting
from tests.flows.crowd import more_members
from tests.proposals.stage import (
    Stage,
    a_resolution,
    an_amendment,
    cast_one,
    conclude,
    decide,
    end,
    open_it,
)
from tests.wiki.writing import page_id, revise, write

WELCOME = """Bienvenue dans notre maison. Commencez par [[Accueillir une personne]], puis lisez
[[Télétravail]]. Il manque encore la page [[Clés du local]].

## Ce que l’on trouve ici

- les règles, que l’on change par une proposition ;
- les pages de travail, que chacun·e corrige.

| Jour | Qui ouvre |
|---|---|
| Lundi | Amel |
| Mardi | Bruno |

## Écrire

> On écrit pour la personne qui arrive demain.
"""


@dataclass(frozen=True)
class Season:
    """Where to find what happened: numbers of proposals and addresses of pages."""

    adopted: int
    rejected: int
    lapsed: int
    discussed: int
    voting: int
    secret: int
    consent: int
    draft: int
    counted_in_secret: int


def _pages(stage: Stage) -> None:
    slug = write(stage.cast.amel, "Bienvenue", WELCOME, tags=("accueil", "vie commune"))
    below = page_id(slug)
    child = write(
        stage.cast.bruno, "Accueillir une personne", "Faire le tour de l’atelier.", parent_id=below
    )
    revise(
        stage.cast.bruno, child, "Faire le tour de l’atelier, puis du quartier.", summary="quartier"
    )
    write(stage.cast.esther, "Idées en vrac", "", tags=("version de travail",))


def _elect(stage: Stage, proposal_id: int, choices: dict[int, str]) -> None:
    poll_id = open_it(stage, proposal_id)
    for person, option in choices.items():
        cast_one(poll_id, person, option)
    end(poll_id)
    conclude(proposal_id)


def live(stage: Stage, site: Flask) -> Season:
    """Play the season, then let the worker do what is due."""
    cast = stage.cast
    _pages(stage)
    voters = (*cast.members, *more_members())
    adopted = an_amendment(stage)
    _elect(stage, adopted, dict.fromkeys(voters, "for") | {cast.esther: "abstain"})
    rejected = a_resolution(stage)
    decide(stage, rejected, "against")
    lapsed = a_resolution(stage, "consent")
    end(open_it(stage, lapsed))
    conclude(lapsed)
    counted = a_resolution(stage, "secret")
    _elect(stage, counted, dict.fromkeys(voters, "for") | {cast.esther: "against"})
    season = Season(adopted, rejected, lapsed, *_under_way(stage), counted)
    with acting(cast.gwen) as tx:
        invitations.invite(tx, Guest("kim@example.org", "Kim Renard", "employee"))
    worker.work_once(site)
    return season


def _under_way(stage: Stage) -> tuple[int, int, int, int, int]:
    cast = stage.cast
    discussed = a_resolution(stage, author=cast.esther)
    with acting(cast.bruno) as tx:
        first = service.comment_proposal(tx, discussed, "Qui l’entretient ?")
    with acting(cast.amel) as tx:
        service.comment_proposal(tx, discussed, "L’atelier, **chaque mois**.", first)
    voting = a_resolution(stage, author=cast.bruno)
    cast_one(open_it(stage, voting, cast.bruno), cast.bruno, "for", "Il servira tous les jours.")
    secret = a_resolution(stage, "secret", cast.bruno)
    open_it(stage, secret, cast.bruno)
    consent = a_resolution(stage, "consent")
    round_of_consent = open_it(stage, consent)
    cast_one(round_of_consent, cast.bruno, "objection", "Nous n’avons pas de place pour le garer.")
    cast_one(round_of_consent, cast.chloe, "consent")
    with acting(cast.amel) as tx:
        wording = Wording("Repeindre l’entrée", "", "Nous repeignons l’entrée.")
        draft = service.draft(tx, NewProposal("resolution", wording, "consent"))
    return discussed, voting, secret, consent, draft
