"""See who writes on a page, and keep what each person said to have seen.

Revision 8d20b6f43c15, after 5c1f0e7a9d42.
"""

import sqlalchemy as sa
from alembic import op

revision = '8d20b6f43c15'
down_revision = '5c1f0e7a9d42'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'page_presence',
        sa.Column('page_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('renewed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_page_presence_page_id_page')),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_page_presence_person_id_person')
        ),
        sa.PrimaryKeyConstraint('page_id', 'person_id', name=op.f('pk_page_presence')),
    )
    op.create_table(
        'page_seen',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('page_id', sa.Integer(), nullable=False),
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_page_seen_page_id_page')),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_page_seen_person_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['revision_id'], ['revision.id'], name=op.f('fk_page_seen_revision_id_revision')
        ),
        sa.PrimaryKeyConstraint('person_id', 'page_id', name=op.f('pk_page_seen')),
    )
    op.create_table(
        'changes_seen',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_changes_seen_person_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['revision_id'], ['revision.id'], name=op.f('fk_changes_seen_revision_id_revision')
        ),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_changes_seen')),
    )


def downgrade() -> None:
    op.drop_table('changes_seen')
    op.drop_table('page_seen')
    op.drop_table('page_presence')
