"""Let one person decide after advice, and answer it.

Revision 6b21d0f4a9c3, after b9378815075e.
"""

import sqlalchemy as sa
from alembic import op

revision = '6b21d0f4a9c3'
down_revision = 'b9378815075e'
branch_labels = None
depends_on = None

SAME = "coalesce(CAST(NEW.{0} AS TEXT), '') = coalesce(CAST(OLD.{0} AS TEXT), '')"
EMPTIED = " AND ".join(
    [
        "NEW.answer = ''",
        *(SAME.format(one) for one in ("id", "poll_id", "proposal_id", "person_id", "choice", "at")),
    ]
)


def upgrade() -> None:
    op.create_table('advised_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("choice IN ('adopt', 'revise', 'give_up')", name=op.f('ck_advised_decision_known_choice')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_advised_decision_person_id_person')),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_advised_decision_poll_id_poll')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_advised_decision_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advised_decision')),
    sa.UniqueConstraint('poll_id', name=op.f('uq_advised_decision_poll_id'))
    )
    with op.batch_alter_table('advised_decision', schema=None) as batch_op:
        batch_op.create_index('ix_advised_decision_proposal', ['proposal_id', 'id'], unique=False)

    op.append_only('advised_decision', '1 = 1', EMPTIED)


def downgrade() -> None:
    with op.batch_alter_table('advised_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_advised_decision_proposal')

    op.drop_table('advised_decision')
