"""Put pages in the trash.

Revision 5c1f0e7a9d42, after 4f0c7a91d2be.
"""

import sqlalchemy as sa
from alembic import op

revision = '5c1f0e7a9d42'
down_revision = '4f0c7a91d2be'
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True).compile(dialect=op.get_bind().dialect)
    op.execute('ALTER TABLE page ADD COLUMN trashed_because VARCHAR')
    op.execute(
        'ALTER TABLE page ADD COLUMN trashed_by_id INTEGER '
        'CONSTRAINT fk_page_trashed_by_id_person REFERENCES person (id)'
    )
    op.execute(
        f'ALTER TABLE page ADD COLUMN trashed_at {moment} '
        'CONSTRAINT ck_page_trash_has_a_reason '
        'CHECK ((trashed_at IS NULL) = (trashed_because IS NULL)) '
        'CONSTRAINT ck_page_no_rule_in_the_trash '
        "CHECK (trashed_at IS NULL OR kind = 'ordinary')"
    )


def downgrade() -> None:
    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.drop_constraint('ck_page_no_rule_in_the_trash', type_='check')
        batch_op.drop_constraint('ck_page_trash_has_a_reason', type_='check')
        batch_op.drop_constraint('fk_page_trashed_by_id_person', type_='foreignkey')
        batch_op.drop_column('trashed_because')
        batch_op.drop_column('trashed_by_id')
        batch_op.drop_column('trashed_at')
