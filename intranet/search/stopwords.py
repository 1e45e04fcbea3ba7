"""Words too common to be required, folded, in French and in English together (pure).

One list for both languages, so that a word has the same weight whatever the language of the text
and of the person who searches. Words that decide a meaning in a cooperative stay out of it:
contre, sans, avant, apres, non, pas, but (the aim), plus, entre.
"""

_FRENCH = """
a ai ait as au aussi aux avaient avait avec avez avoir avons ayant c ce ceci cela celle celles
celui ces cet cette ceux chez combien comme d dans de des donc dont du elle elles en es est et
etaient etait ete etes etre eu eux fait il ils j je l la le les leur leurs lui ma mais me meme mes
moi mon n ne ni nos notre nous on ont or ou par pour pourquoi qu quand que quel quelle quelles
quels qui quoi s sa se sera ses si soi soit sommes son sont sur t ta te tes toi ton tous tout toute
toutes tu un une vos votre vous y
"""
_ENGLISH = """
an and any are at be been being by can did do does for from had has have he her his how i if in
into is it its may my no not of or our she so than that the their them then there these they this
those to too us was we were what when where which who why will with would you your
"""

STOP_WORDS = frozenset((_FRENCH + _ENGLISH).split())
