"""Keep rights, profiles and ways into the cooperative.

Revision 935f35dac792, after e3bf44e15e86.
"""

import sqlalchemy as sa
from alembic import op

revision = '935f35dac792'
down_revision = 'e3bf44e15e86'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('step_template',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_step_template_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step_template'))
    )
    op.create_table('dossier',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('wish', sa.String(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('sponsor_id', sa.Integer(), nullable=True),
    sa.Column('works_since', sa.Date(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('outcome_on', sa.Date(), nullable=True),
    sa.Column('outcome_words', sa.Text(), nullable=False),
    sa.Column('decision_number', sa.String(), nullable=True),
    sa.Column('year_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(outcome = '') = (outcome_on IS NULL)", name=op.f('ck_dossier_outcome_has_its_day')),
    sa.CheckConstraint("outcome IN ('', 'accepted', 'refused', 'withdrawn')", name=op.f('ck_dossier_known_outcome')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_dossier_opened_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_dossier_person_id_person')),
    sa.ForeignKeyConstraint(['sponsor_id'], ['person.id'], name=op.f('fk_dossier_sponsor_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier'))
    )
    with op.batch_alter_table('dossier', schema=None) as batch_op:
        batch_op.create_index('uq_dossier_open', ['person_id'], unique=True, sqlite_where=sa.text("outcome = ''"), postgresql_where=sa.text("outcome = ''"))

    op.create_table('portrait',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_portrait_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_portrait'))
    )
    op.create_table('dossier_step',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_dossier_step_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_step'))
    )
    with op.batch_alter_table('dossier_step', schema=None) as batch_op:
        batch_op.create_index('ix_dossier_step_dossier', ['dossier_id'], unique=False)

    with op.batch_alter_table('cooperative', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rights', sa.Text(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('rights_decision', sa.String(), nullable=True))

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_told_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('skills', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('languages', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('presence', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('visible_to', sa.String(), server_default='workers', nullable=False))
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('erased_at')
        batch_op.drop_column('visible_to')
        batch_op.drop_column('presence')
        batch_op.drop_column('languages')
        batch_op.drop_column('skills')

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_column('end_told_at')

    with op.batch_alter_table('cooperative', schema=None) as batch_op:
        batch_op.drop_column('rights_decision')
        batch_op.drop_column('rights')

    with op.batch_alter_table('dossier_step', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_step_dossier')

    op.drop_table('dossier_step')
    op.drop_table('portrait')
    with op.batch_alter_table('dossier', schema=None) as batch_op:
        batch_op.drop_index('uq_dossier_open', sqlite_where=sa.text("outcome = ''"), postgresql_where=sa.text("outcome = ''"))

    op.drop_table('dossier')
    op.drop_table('step_template')
