"""A teller's key as words that can be written on paper, read aloud and typed again (pure).

Sixteen words of a list of 256 carry 128 bits. No two words begin with the same four letters, so
that a word misread is seen.
"""

from __future__ import annotations

import secrets
import unicodedata

LENGTH = 16
_LIST = """
abeille abri acier adresse agenda aigle album algue amande ancre anneau arbre armoire asile
atelier aube auteur avion avril bagage balcon bambou banc barque bassin bateau beurre biche
billet blanc bocal bonnet bouton brique brume buffle bureau cabane cactus cadre cahier caillou
camion canal carotte castor cerise cheval cidre cigale citron clair cloche clou coffre colline
compas concert copain corde coton coude crabe crayon cuivre culture danse datte dauphin demain
dentelle dessin diamant digue dindon docteur domino dragon drap duvet école écran écume effort
élan émail encre enfant envie épice érable escale espace étage étoile exemple fable facteur
falaise farine fauteuil fenouil feuille ficelle figue filtre flacon fleur foin fontaine forge
foule fraise frère front fruit fusain galet garage gâteau gerbe gilet girafe glace gomme gourde
grain grenier griffe guide guitare hamac hanche haricot herbe héron hibou homard hôtel huile
humour image indigo insecte iris ivoire jardin jasmin jeudi jongleur joueur jumelle jupe kayak
kiosque koala lacet lagune laine lampe lapin laurier lavande lecture légume lézard libre lierre
limace linge lionne livre loisir losange loupe lumière lundi lutin machine magie maison mangue
matin melon merle métal miel minute miroir modèle moineau montre moulin mouton murmure musique
nacre nappe nature navire neige noisette nombre nuage oasis objet océan olive ombre oncle orange
oreille orme otarie ouvrage ovale page palmier panier papier parfum patin pavot peinture perle
phare piano pierre pigeon pinceau pirate plaine plume poire pomme porte potage poule prairie
prune puits quai quatre rabot racine radis raisin rameau refrain reine requin rivière robe
rosier ruban ruche
"""
WORDS: tuple[str, ...] = tuple(_LIST.split())


def _bare(text: str) -> str:
    """Small letters without accents; everything else is a space between words."""
    plain = unicodedata.normalize("NFD", text).casefold()
    return "".join(
        sign if "a" <= sign <= "z" else "" if unicodedata.combining(sign) else " " for sign in plain
    )


_PLACES = {_bare(word): place for place, word in enumerate(WORDS)}


class UnknownWords(ValueError):
    """What was typed is not sixteen words of the list; `words` names those it does not hold."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(", ".join(words))
        self.words = words


def new_seed() -> bytes:
    """Sixteen random bytes, the whole secret of a teller."""
    return secrets.token_bytes(LENGTH)


def spoken(seed: bytes) -> tuple[str, ...]:
    """The words of a seed, one for each byte."""
    return tuple(WORDS[byte] for byte in seed)


def heard(typed: str) -> bytes:
    """The seed that was typed, whatever the case, accents, numbers and signs between the words.

    Raises UnknownWords.
    """
    said = _bare(typed).split()
    unknown = tuple(word for word in said if word not in _PLACES)
    if unknown or len(said) != LENGTH:
        raise UnknownWords(unknown)
    return bytes(_PLACES[word] for word in said)
