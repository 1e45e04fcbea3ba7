"""The list of names, as it is typed and as the search uses it (pure)."""

from __future__ import annotations

from intranet.core.text import fold

MOST_GROUPS, MOST_NAMES = 200, 8
LONGEST_NAME, LONGEST_TEXT = 80, 20_000

SHIPPED = """\
AG = assemblée générale
AGE = assemblée générale extraordinaire
AGO = assemblée générale ordinaire
CA = conseil d’administration
CDD = contrat à durée déterminée
CDI = contrat à durée indéterminée
CET = compte épargne-temps
CSE = comité social et économique
DUERP = document unique d’évaluation des risques
NAO = négociation annuelle obligatoire
PV = procès-verbal = compte rendu
RI = règlement intérieur
RTT = réduction du temps de travail
SCIC = société coopérative d’intérêt collectif
SCOP = société coopérative et participative
adhérent = sociétaire
bénéfices = excédents
courriel = e-mail = email = mail
fiche de paie = bulletin de paie = bulletin de salaire
mutuelle = complémentaire santé
procuration = pouvoir
télétravail = télé-travail = travail à distance
vacances = congés
"""
"""What holds until a cooperative writes a list of its own."""


def groups_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of each thing; lines with fewer than two names say nothing."""
    found = []
    for line in text.splitlines():
        names = dict.fromkeys(filter(None, map(str.strip, line.split("="))))
        if len({fold(name) for name in names}) > 1:
            found.append(tuple(names))
    return tuple(found)


def problem_of(text: str) -> str:
    """What is wrong with a list, as a code for web/messages; empty when it can be used."""
    groups = groups_of(text)
    if len(text) > LONGEST_TEXT or len(groups) > MOST_GROUPS:
        return "search.too_many_names"
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != len(groups):
        return "search.line_without_names"
    if any(len(names) > MOST_NAMES for names in groups):
        return "search.too_many_names"
    if any(len(name) > LONGEST_NAME for names in groups for name in names):
        return "search.name_too_long"
    return ""
