"""Words for ways to decide that exist elsewhere: names, when to use them, where they come from."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LABELS = {
    "preset_group.sarl": _l("The law, for a SCOP in the form of a SARL"),
    "preset_group.sa": _l("The law, for a SCOP in the form of a SA"),
    "preset_group.practice": _l("Every day"),
    "preset_group.enspiral": _l("As at Enspiral"),
    "preset_group.escalation": _l("From the group to the assembly, as at La Cagette"),
    "preset.sarl_ago_1": _l("Ordinary assembly, first vote (SARL)"),
    "preset.sarl_ago_1.use": _l(
        "Accounts, admissions and what does not change the statutes. More than half of all members, "
        "absent ones included. If that is not reached, there is a second vote."
    ),
    "preset.sarl_ago_1.source": _l(
        "Code de commerce, article L. 223-29, first paragraph, counted by person; notice of fifteen "
        "days: article R. 223-20."
    ),
    "preset.sarl_ago_2": _l("Ordinary assembly, second vote (SARL)"),
    "preset.sarl_ago_2.use": _l(
        "The same agenda, when the first vote did not reach the majority. More votes for than "
        "against among the votes cast, however many take part. Some statutes count instead among "
        "the people present or represented: then an abstention weighs as a vote against."
    ),
    "preset.sarl_ago_2.source": _l("Code de commerce, article L. 223-29, second paragraph."),
    "preset.sarl_managers": _l("Election or removal of managers (SARL)"),
    "preset.sarl_managers.use": _l(
        "One name to accept or refuse, by secret ballot: more than half of all members. Whether a "
        "second vote may count otherwise is for your statutes to say: none is foreseen here."
    ),
    "preset.sarl_managers.source": _l(
        "Code de commerce, articles L. 223-18, L. 223-25 and L. 223-29; secret ballot when the "
        "statutes ask for it: law 47-1775 of 10 September 1947, article 8."
    ),
    "preset.sarl_age_1": _l("Extraordinary assembly, first vote (SARL)"),
    "preset.sarl_age_1.use": _l(
        "Changes of the statutes. A quarter of the members take part, and two thirds of the people "
        "present or represented vote for. Statutes may ask for more, never for all."
    ),
    "preset.sarl_age_1.source": _l(
        "Code de commerce, article L. 223-30, for companies created after 4 August 2005, counted by "
        "person; older companies: three quarters of all members, without a quorum."
    ),
    "preset.sarl_age_2": _l("Extraordinary assembly, second vote (SARL)"),
    "preset.sarl_age_2.use": _l(
        "The same agenda, when the quorum of the first vote was missed: a fifth of the members take "
        "part, and two thirds of the people present or represented vote for."
    ),
    "preset.sarl_age_2.source": _l(
        "Code de commerce, article L. 223-30, for companies created after 4 August 2005, counted by "
        "person."
    ),
    "preset.sa_ago_1": _l("Ordinary assembly, first vote (SA)"),
    "preset.sa_ago_1.use": _l(
        "Accounts and what does not change the statutes. A fifth of the members take part; more "
        "votes for than against. Abstentions, blank and void votes are left out."
    ),
    "preset.sa_ago_1.source": _l(
        "Code de commerce, article L. 225-98, counted by person; notice of fifteen days, then ten: "
        "article R. 225-69."
    ),
    "preset.sa_ago_2": _l("Ordinary assembly, second vote (SA)"),
    "preset.sa_ago_2.use": _l(
        "The same agenda, when the quorum of the first vote was missed: no quorum, more votes for "
        "than against."
    ),
    "preset.sa_ago_2.source": _l("Code de commerce, articles L. 225-98 and R. 225-69."),
    "preset.sa_directors": _l("Election of directors (SA)"),
    "preset.sa_directors.use": _l(
        "One name to accept or refuse, by secret ballot, with the quorum and the majority of an "
        "ordinary assembly."
    ),
    "preset.sa_directors.source": _l(
        "Code de commerce, articles L. 225-18 and L. 225-98; secret ballot when the statutes ask "
        "for it: law 47-1775 of 10 September 1947, article 8."
    ),
    "preset.sa_age_1": _l("Extraordinary assembly, first vote (SA)"),
    "preset.sa_age_1.use": _l(
        "Changes of the statutes. A quarter of the members take part, and two thirds of the votes "
        "cast are for. Abstentions, blank and void votes are left out."
    ),
    "preset.sa_age_1.source": _l(
        "Code de commerce, article L. 225-96, counted by person; notice: article R. 225-69."
    ),
    "preset.sa_age_2": _l("Extraordinary assembly, second vote (SA)"),
    "preset.sa_age_2.use": _l(
        "The same agenda, when the quorum of the first vote was missed: a fifth of the members take "
        "part, and two thirds of the votes cast are for."
    ),
    "preset.sa_age_2.source": _l("Code de commerce, articles L. 225-96 and R. 225-69."),
    "preset.everyday_consent": _l("Everyday consent"),
    "preset.everyday_consent.use": _l(
        "Decisions of every day among those who work together. Nobody objects with a reason; a "
        "reservation is kept in the record and stops nothing."
    ),
    "preset.everyday_consent.source": _l("The round of consent of sociocracy."),
    "preset.advice": _l("Asking for advice"),
    "preset.advice.use": _l(
        "What one person can carry: they ask those concerned and those who know, then decide alone "
        "and answer the advice in writing. Three days to advise; resolutions only."
    ),
    "preset.advice.source": _l(
        "The advice process of AES (Dennis Bakke), described by Frederic Laloux; practised so by "
        "Enspiral."
    ),
    "preset.standard": _l("Standard decision"),
    "preset.standard.use": _l(
        "Nobody blocks within three working days; five days here, so that a weekend may lie within."
    ),
    "preset.standard.source": _l("Adapted from Enspiral’s handbook: Standard."),
    "preset.significant": _l("Significant decision"),
    "preset.significant.use": _l(
        "Nobody blocks within five working days, and half of the people take a position. At "
        "Enspiral more than half of the positions must agree: here an abstention is a position."
    ),
    "preset.significant.source": _l("Adapted from Enspiral’s handbook: Significant."),
    "preset.quorum": _l("Decision with a quorum"),
    "preset.quorum.use": _l("Three quarters of the people take a position, and nobody blocks."),
    "preset.quorum.source": _l("Adapted from Enspiral’s handbook: Quorum."),
    "preset.emergency": _l("Decision despite a block"),
    "preset.emergency.use": _l(
        "When a block holds up what cannot wait: ten days, and three quarters of those who take a "
        "position are in favour."
    ),
    "preset.emergency.source": _l("Adapted from Enspiral’s handbook: Emergency."),
    "preset.group_consent": _l("Consent in the working group"),
    "preset.group_consent.use": _l(
        "The group looks for consent; when an objection stays open, the text goes to the forum."
    ),
    "preset.group_consent.source": _l("Adapted from the practice of La Cagette (Montpellier)."),
    "preset.forum_consent": _l("Consent in the forum"),
    "preset.forum_consent.use": _l(
        "The wider circle looks for consent; when an objection stays open, the text goes to the "
        "assembly."
    ),
    "preset.forum_consent.source": _l("Adapted from the practice of La Cagette (Montpellier)."),
    "preset.assembly_majority": _l("Majority in the assembly, last step"),
    "preset.assembly_majority.use": _l(
        "What group and forum could not settle by consent: more votes for than against."
    ),
    "preset.assembly_majority.source": _l("Adapted from the practice of La Cagette (Montpellier)."),
}
