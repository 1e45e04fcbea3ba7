"""The statuses a person can have, and what each may do (pure).

One status at a time, with dates. The defaults follow the working paper of a real cooperative;
the law asks only that members vote and that nobody else does.
"""

from __future__ import annotations

import json
from enum import StrEnum


class Status(StrEnum):
    """What a person is to the cooperative, at a date."""

    MEMBER_EMPLOYEE = "member_employee"
    EMPLOYEE = "employee"
    APPLICANT = "applicant"
    SYMPATHISER = "sympathiser"
    MEMBER_EXTERNAL = "member_external"
    FORMER = "former"


class Right(StrEnum):
    """One thing a person may do."""

    READ = "read"
    COMMENT = "comment"
    WRITE = "write"
    PROPOSE = "propose"
    VOTE = "vote"
    RECORD = "record"
    ADMINISTER = "administer"


class Audience(StrEnum):
    """For whom a text is: each is wider than the one before."""

    MEMBERS = "members"
    WORKERS = "workers"
    OPEN = "open"


VOTING_STATUSES = frozenset({Status.MEMBER_EMPLOYEE, Status.MEMBER_EXTERNAL})

_WORKING = frozenset({Right.READ, Right.COMMENT, Right.WRITE, Right.PROPOSE})

RIGHTS: dict[Status, frozenset[Right]] = {
    Status.MEMBER_EMPLOYEE: _WORKING | {Right.VOTE, Right.RECORD},
    Status.MEMBER_EXTERNAL: _WORKING | {Right.VOTE},
    Status.EMPLOYEE: _WORKING,
    Status.APPLICANT: _WORKING,
    Status.SYMPATHISER: frozenset({Right.READ, Right.COMMENT}),
    Status.FORMER: frozenset(),
}

_DAILY = (Right.COMMENT, Right.WRITE, Right.PROPOSE)

CHOOSABLE: dict[Status, tuple[Right, ...]] = {
    Status.MEMBER_EMPLOYEE: (),
    Status.EMPLOYEE: _DAILY,
    Status.APPLICANT: _DAILY,
    Status.SYMPATHISER: (Right.COMMENT, Right.PROPOSE),
    Status.MEMBER_EXTERNAL: _DAILY,
    Status.FORMER: (),
}
"""What a cooperative may give to a status or take from it. The rest is the law's, or follows from
it: members vote and nobody else does, employed members keep the records, who has left has left."""


def rights_of(status: str, said: str) -> frozenset[Right]:
    """The rights of a status in a cooperative that `said` this of its rights table, as JSON by
    status; what it does not say is as in `RIGHTS`."""
    known = Status(status)
    told: dict[str, list[str]] = json.loads(said)
    if known not in told:
        return RIGHTS[known]
    chosen = {right for right in CHOOSABLE[known] if right in told[known]}
    return (RIGHTS[known] - set(CHOOSABLE[known])) | chosen


AUDIENCES: dict[Status, frozenset[Audience]] = {
    Status.MEMBER_EMPLOYEE: frozenset(Audience),
    Status.MEMBER_EXTERNAL: frozenset(Audience),
    Status.EMPLOYEE: frozenset({Audience.WORKERS, Audience.OPEN}),
    Status.APPLICANT: frozenset({Audience.WORKERS, Audience.OPEN}),
    Status.SYMPATHISER: frozenset({Audience.OPEN}),
    Status.FORMER: frozenset(),
}

INVITABLE = (Status.EMPLOYEE, Status.APPLICANT, Status.SYMPATHISER)
"""The statuses an invitation can give. Those with a vote come only by a decision."""

ADVISORY_STATUSES = (Status.EMPLOYEE, Status.APPLICANT, Status.SYMPATHISER)
"""The statuses that speak without a vote: whose advice can be asked beside a vote."""

ACCENTS = ("teal", "brick", "plum", "forest", "ocean", "ochre")
"""The colours a cooperative can choose for its pages; the style sheet knows each by name."""


def of_statuses(audience: str) -> bool:
    """Whether an audience is made of statuses, and not of a body or a list of people."""
    return audience in set(map(str, Audience))


def narrowest(*audiences: str) -> str:
    """The audience that all of these admit: the one with the fewest people. A body or a list of
    people counts as narrower than any status."""
    order = list(map(str, Audience))
    return min(audiences, key=lambda one: order.index(one) if one in order else -1)


def readers_of_a_record(audience: str) -> str:
    """For whom a decision or a rule is whose text came from this audience. What all decided is not
    for some people only: a body or a list becomes all members."""
    return audience if of_statuses(audience) else Audience.MEMBERS.value


def is_open_to(audience: str, readers: str) -> bool:
    """Whether all readers of one audience may read what is for another. Everybody in a body or a
    list whom it opens anything works here or is a member."""
    if audience == readers:
        return True
    order = list(map(str, Audience))
    if audience not in order:
        return False
    within = readers if readers in order else str(Audience.WORKERS)
    return order.index(audience) >= order.index(within)


def status_opens(status: str | None, audience: str) -> bool:
    """Whether a status opens the texts of an audience."""
    return status is not None and audience in AUDIENCES[Status(status)]
