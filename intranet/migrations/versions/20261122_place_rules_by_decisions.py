"""Give rules their places by decisions, each from its day; keep who could change them on a day.

Revision 887532ec6550, after ada2cac8febc.
"""

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '887532ec6550'
down_revision = "ada2cac8febc"
branch_labels = None
depends_on = None

PAGE = sa.table("page", sa.column("id"), sa.column("deciders"), sa.column("deciders_decision"))
DECISION = sa.table("decision", sa.column("number"), sa.column("decided_on", sa.Date()))
REVISION = sa.table(
    "revision",
    sa.column("page_id"),
    sa.column("number"),
    sa.column("in_force_on", sa.Date()),
    sa.column("decision_number"),
)
PLACE = sa.table(
    "rule_place",
    sa.column("page_id"),
    sa.column("place"),
    sa.column("after_id"),
    sa.column("carried", sa.Boolean()),
    sa.column("in_force_on", sa.Date()),
    sa.column("decision_number"),
    sa.column("at", sa.DateTime(timezone=True)),
)
DECIDERS = sa.table(
    "rule_deciders",
    sa.column("page_id"),
    sa.column("keys"),
    sa.column("in_force_on", sa.Date()),
    sa.column("decision_number"),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table('rule_deciders',
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('keys', sa.Text(), nullable=False),
    sa.Column('in_force_on', sa.Date(), nullable=False),
    sa.Column('decision_number', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_rule_deciders_page_id_page')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_deciders'))
    )
    with op.batch_alter_table('rule_deciders', schema=None) as batch_op:
        batch_op.create_index('ix_rule_deciders_page', ['page_id', 'in_force_on'], unique=False)

    op.create_table('rule_place',
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=True),
    sa.Column('carried', sa.Boolean(), nullable=False),
    sa.Column('in_force_on', sa.Date(), nullable=False),
    sa.Column('decision_number', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['page.id'], name=op.f('fk_rule_place_after_id_page')),
    sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_rule_place_page_id_page')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_place'))
    )
    with op.batch_alter_table('rule_place', schema=None) as batch_op:
        batch_op.create_index('ix_rule_place_page', ['page_id', 'in_force_on'], unique=False)

    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.add_column(sa.Column('current_place_id', sa.Integer(), nullable=True))

    op.append_only('rule_deciders', '1 = 1')
    op.append_only('rule_place', '1 = 1')
    place_rules()
    keep_deciders()


def place_rules() -> None:
    """Each rule gets the place at which the tree shows it, from its first day on."""
    connection = op.get_bind()
    first = {
        page_id: (day, number)
        for page_id, day, number in connection.execute(
            sa.select(REVISION.c.page_id, REVISION.c.in_force_on, REVISION.c.decision_number)
            .where(REVISION.c.decision_number.is_not(None))
            .order_by(REVISION.c.page_id, REVISION.c.number.desc())
        )
    }
    before, rows = None, []
    for page_id in _walked(connection):
        if page_id in first:
            day, number = first[page_id]
            rows.append(
                {
                    "page_id": page_id,
                    "place": str(len(rows) + 1),
                    "after_id": before,
                    "carried": False,
                    "in_force_on": day,
                    "decision_number": number,
                    "at": datetime.now(UTC),
                }
            )
            before = page_id
    for row in rows:
        connection.execute(PLACE.insert().values(**row))
    connection.execute(
        sa.text(
            "UPDATE page SET current_place_id ="
            " (SELECT id FROM rule_place WHERE rule_place.page_id = page.id)"
        )
    )


def _walked(connection: sa.Connection) -> list[int]:
    """The rules from the top and down each branch, as the tree is read."""
    rows = connection.execute(
        sa.text("SELECT id, parent_id, kind FROM page ORDER BY position DESC, title_key DESC")
    ).all()
    below = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    waiting, found = list(below[None]), []
    while waiting:
        row = waiting.pop()
        if row.kind == "rule":
            found.append(row.id)
        waiting += below.get(row.id, [])
    return found


def keep_deciders() -> None:
    """Who may change a rule was kept as it is today only: from the day of the last decision on."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(PAGE.c.id, PAGE.c.deciders, PAGE.c.deciders_decision, DECISION.c.decided_on)
        .join(DECISION, DECISION.c.number == PAGE.c.deciders_decision)
        .where(DECISION.c.decided_on.is_not(None))
    ).all()
    for page_id, keys, number, day in rows:
        row = {"page_id": page_id, "keys": keys, "in_force_on": day, "decision_number": number}
        connection.execute(DECIDERS.insert().values(**row, at=datetime.now(UTC)))


def downgrade() -> None:
    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.drop_column('current_place_id')

    op.drop_table('rule_place')
    op.drop_table('rule_deciders')
