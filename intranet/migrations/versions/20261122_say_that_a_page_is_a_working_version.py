"""Say that a page is a working version.

Revision 5d1c7a90be24, after 009279b421fb.
"""

import sqlalchemy as sa
from alembic import op

revision = '5d1c7a90be24'
down_revision = '009279b421fb'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_working', sa.Boolean(), server_default=sa.false(), nullable=False))
    # Until now a tag said so.
    op.execute("""UPDATE page SET is_working = (1 = 1) WHERE kind = 'ordinary' AND id IN
        (SELECT page_id FROM page_tag
        WHERE lower(tag) IN ('version de travail', 'document de travail', 'working version'))""")


def downgrade() -> None:
    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.drop_column('is_working')
