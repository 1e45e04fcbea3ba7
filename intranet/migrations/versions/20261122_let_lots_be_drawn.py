"""Let lots be drawn: the seeds said in public, and the one that settled a vote.

Revision 8d3f60b1c7a4, after 8e41d27fb650.
"""

import sqlalchemy as sa
from alembic import op

revision = '8d3f60b1c7a4'
down_revision = '8e41d27fb650'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('said_seed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_said_seed_person_id_person')),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_said_seed_poll_id_poll')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_said_seed'))
    )
    with op.batch_alter_table('said_seed', schema=None) as batch_op:
        batch_op.create_index('ix_said_seed_poll', ['poll_id', 'id'], unique=False)

    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seed', sa.String(), nullable=True))

    op.append_only('said_seed', '1 = 1')


def downgrade() -> None:
    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.drop_column('seed')

    with op.batch_alter_table('said_seed', schema=None) as batch_op:
        batch_op.drop_index('ix_said_seed_poll')

    op.drop_table('said_seed')
