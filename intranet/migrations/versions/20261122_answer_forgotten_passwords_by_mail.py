"""Answer forgotten passwords by mail.

Revision 009279b421fb, after 935f35dac792.
"""

import sqlalchemy as sa
from alembic import op

revision = '009279b421fb'
down_revision = '935f35dac792'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('reset_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('reset_request', schema=None) as batch_op:
        batch_op.drop_column('answered_at')
