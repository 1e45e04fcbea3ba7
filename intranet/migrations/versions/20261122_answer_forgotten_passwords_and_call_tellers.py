"""Answer forgotten passwords by mail, call tellers, tell of rules to read.

Revision 009279b421fb, after 935f35dac792.
"""

import sqlalchemy as sa
from alembic import op

revision = '009279b421fb'
down_revision = '935f35dac792'
branch_labels = None
depends_on = None


KINDS = "kind IN ('vote', 'reminder', 'objection', 'mention', 'mine', 'result', 'proposal', 'in_force', {}'review', 'watched')"


def let_kinds_be(more: str) -> None:
    for table in ('notice', 'chosen_way'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_known_kind'), type_='check')
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_known_kind'), KINDS.format(more))


def upgrade() -> None:
    with op.batch_alter_table('reset_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tellers_asked_at', sa.DateTime(timezone=True), nullable=True))
    let_kinds_be("'reading', ")


def downgrade() -> None:
    op.execute("DELETE FROM chosen_way WHERE kind = 'reading'")
    op.execute("UPDATE notice SET kind = 'in_force' WHERE kind = 'reading'")
    let_kinds_be('')
    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.drop_column('tellers_asked_at')
    with op.batch_alter_table('reset_request', schema=None) as batch_op:
        batch_op.drop_column('answered_at')
