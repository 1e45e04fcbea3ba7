"""Passwords that many people choose, long enough to be accepted otherwise (pure; our own list)."""

from __future__ import annotations

_WORDS = """
0000000000 0123456789 01234567890 0987654321 1111111111 1212121212 123123123123 1234512345
1234554321 123456123456 1234567890 12345678900 1234567891 12345678910 1234567899 123456789a
123456789abc 1a2z3e4r5t 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 2345678901 9876543210 987654321a
a123456789 a1234567890 abc123456789 abcd123456 abcde12345 abcdef123456 abcdefghij abcdefghijk
admin12345 admin123456 adminadmin administrateur administration administrator alexandre1
aqwzsxedcrfv asdfghjkl1 asdfghjklm assemblee1 assembleegenerale associe1234 autogestion
autogestion1 automne2026 azerty1234 azerty12345 azerty123456 azerty2024 azerty2025 azerty2026
azerty2027 azertyazerty azertyuiop azertyuiop123 azertyuiopq batman1234 bienvenue1 bienvenue123
bienvenue2024 bienvenue2025 bienvenue2026 bonjour123 bonjour1234 bonjourbonjour camille123
changeme123 changemoi1 changezmoi charlie123 chocolat12 chocolat123 chouchou12 cooperative
cooperative1 cooperative123 cooperative2026 coopérative coopérative1 decembre2025 demo123456
doudou1234 dragon1234 entreprise facebook123 football12 football123 france1234 france2024
france2025 francefrance fromage123 google1234 iloveyou12 iloveyou123 intranet12 intranet123
intranet1234 intranet2026 invite1234 janvier2026 jetaime123 jetaime1234 jetaimejetaime
julien1234 lemotdepasse letmein123 liberte123 liberté123 linkedin123 loulou1234 marseille1
marseille13 master1234 michael123 monamour123 monkey1234 monmotdepasse motdepasse motdepasse1
motdepasse12 motdepasse123 motdepasse1234 motdepassemotdepasse nicolas123 novembre2026
ordinateur p@ssw0rd123 p@ssword123 paris12345 paris75000 passw0rd123 password12 password123
password1234 password12345 password123456 passwordpassword pokemon123 princess123 princesse1
printemps2026 psg1234567 qsdfghjklm qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop
qwertyuiop123 qwertzuiop rootroot12 scop123456 scopscop12 secret1234 secretsecret shadow1234
societaire soleil1234 soleil12345 starwars123 sunshine123 superman123 test123456 testtest12
testtesttest thomas1234 topsecret123 toulouse31 utilisateur vacances123 vote123456 welcome123
welcome1234 wxcvbnqsdf zxcvbnmasd
"""

COMMON = frozenset(_WORDS.split()) | {"mot de passe", "le mot de passe", "mon mot de passe"}
