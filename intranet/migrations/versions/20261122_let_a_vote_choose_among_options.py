"""Let a vote choose among several options.

Revision 5c1e9a7d3b42, after fb01383ae8f5.
"""

import sqlalchemy as sa
from alembic import op

revision = '5c1e9a7d3b42'
down_revision = 'fb01383ae8f5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('candidates', sa.Text(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('seats', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('proposal_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('options', sa.Text(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('seats', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('proposal_version', schema=None) as batch_op:
        batch_op.drop_column('seats')
        batch_op.drop_column('options')

    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.drop_column('seats')
        batch_op.drop_column('candidates')
