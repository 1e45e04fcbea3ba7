"""Amend changes of several rules.

Revision 4c1f9d27ab63, after b7e3c05d91fa.
"""

import sqlalchemy as sa
from alembic import op

revision = '4c1f9d27ab63'
down_revision = 'b7e3c05d91fa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('page_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_suggestion_page_id_page'), 'page', ['page_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_suggestion_page_id_page'), type_='foreignkey')
        batch_op.drop_column('page_id')
