"""Say where the chat room of the cooperative is.

Revision b7e3c05d91fa, after 5d1c7a90be24.
"""

import sqlalchemy as sa
from alembic import op

revision = 'b7e3c05d91fa'
down_revision = '5d1c7a90be24'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('cooperative') as batch_op:
        batch_op.add_column(sa.Column('chat_url', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('cooperative') as batch_op:
        batch_op.drop_column('chat_url')
