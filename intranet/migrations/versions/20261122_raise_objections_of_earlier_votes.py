"""Make objects of the objections that were cast before objections were objects.

Revision 8e41d27fb650, after 3b7d0c5ae914.

Each voter's ballots are read in their order, as casting reads them now: an objection or a block
raises an objection, another answer lifts it. The journal says so from today on, in lines of its
own; outcomes do not change.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '8e41d27fb650'
down_revision = '3b7d0c5ae914'
branch_labels = None
depends_on = None

STOPPING = {'consent': 'objection', 'consensus': 'block'}

AT = sa.DateTime(timezone=True)
OBJECTION = sa.table(
    'objection',
    sa.column('id', sa.Integer),
    sa.column('poll_id', sa.Integer),
    sa.column('voter_id', sa.Integer),
    sa.column('ballot_id', sa.Integer),
    sa.column('raised_at', AT),
)
OBJECTION_END = sa.table(
    'objection_end',
    sa.column('objection_id', sa.Integer),
    sa.column('ballot_id', sa.Integer),
    sa.column('because', sa.Text),
    sa.column('at', AT),
)
BALLOT = sa.table(
    'open_ballot',
    sa.column('id', sa.Integer),
    sa.column('poll_id', sa.Integer),
    sa.column('voter_id', sa.Integer),
    sa.column('option', sa.String),
    sa.column('cast_at', AT),
)
EVENT = sa.table(
    'event',
    sa.column('id', sa.Integer),
    sa.column('name', sa.String),
    sa.column('version', sa.Integer),
    sa.column('actor_id', sa.Integer),
    sa.column('at', AT),
    sa.column('payload', sa.Text),
    sa.column('digest', sa.String),
)
HEAD = sa.table(
    'chain_head',
    sa.column('id', sa.Integer),
    sa.column('event_id', sa.Integer),
    sa.column('digest', sa.String),
)
POLL = sa.table(
    'poll',
    sa.column('id', sa.Integer),
    sa.column('procedure_id', sa.Integer),
    sa.column('secret', sa.Boolean),
)
PROCEDURE = sa.table('procedure', sa.column('id', sa.Integer), sa.column('method', sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    told: list[tuple[str, dict[str, int]]] = []
    standing: dict[int, int] = {}
    for ballot, stopping in _ballots(connection):
        held = standing.get(ballot.voter_id)
        if ballot.option == stopping and held is None:
            number = _raise(connection, ballot)
            standing[ballot.voter_id] = number
            told.append(('ObjectionRaised', {'poll_id': ballot.poll_id, 'objection_id': number}))
        elif ballot.option != stopping and held is not None:
            del standing[ballot.voter_id]
            connection.execute(
                sa.insert(OBJECTION_END).values(
                    objection_id=held, ballot_id=ballot.id, because='', at=ballot.cast_at
                )
            )
            told.append(('ObjectionLifted', {'poll_id': ballot.poll_id, 'objection_id': held}))
    _tell(connection, told)


def _ballots(connection: sa.Connection) -> Iterator[tuple[sa.Row, str]]:
    """The ballots of the voters who have no objection yet, with the answer that is one."""
    known = set(connection.scalars(sa.select(OBJECTION.c.voter_id)))
    query = (
        sa.select(BALLOT, PROCEDURE.c.method)
        .join(POLL, POLL.c.id == BALLOT.c.poll_id)
        .join(PROCEDURE, PROCEDURE.c.id == POLL.c.procedure_id)
        .where(POLL.c.secret.is_(False), PROCEDURE.c.method.in_(list(STOPPING)))
        .order_by(BALLOT.c.id)
    )
    for row in connection.execute(query).all():
        if row.voter_id not in known:
            yield row, STOPPING[row.method]


def _raise(connection: sa.Connection, ballot: sa.Row) -> int:
    given = sa.insert(OBJECTION).values(
        poll_id=ballot.poll_id,
        voter_id=ballot.voter_id,
        ballot_id=ballot.id,
        raised_at=ballot.cast_at,
    )
    return int(connection.scalar(given.returning(OBJECTION.c.id)))


def _tell(connection: sa.Connection, told: list[tuple[str, dict[str, int]]]) -> None:
    """Add lines to the end of the journal, each digest covering all lines before it."""
    if not told:
        return
    head = connection.execute(sa.select(HEAD)).one()
    number, digest, now = head.event_id, head.digest, datetime.now(UTC).replace(microsecond=0)
    stored = now.replace(tzinfo=None) if connection.dialect.name == 'sqlite' else now
    for name, values in told:
        number += 1
        payload = _canonical(values)
        line = [digest, number, name, 1, None, now.isoformat(), payload]
        digest = hashlib.sha256(_canonical(line).encode()).hexdigest()
        connection.execute(
            sa.insert(EVENT).values(
                id=number,
                name=name,
                version=1,
                actor_id=None,
                at=stored,
                payload=payload,
                digest=digest,
            )
        )
    connection.execute(
        sa.update(HEAD).where(HEAD.c.id == head.id).values(event_id=number, digest=digest)
    )


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=False)


def downgrade() -> None:
    """What was raised stays: an objection is a record."""
