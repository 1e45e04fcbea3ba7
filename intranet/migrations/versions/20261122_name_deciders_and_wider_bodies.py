"""Let rules name who may change them, bodies stand above others, rounds and mandates end for a reason.

Revision 3b7d0c5ae914, after 307676ce5ad5.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = '3b7d0c5ae914'
down_revision = '307676ce5ad5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deciders', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('deciders_decision', sa.String(), nullable=True))

    with op.batch_alter_table('proposal_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deciders', sa.Text(), server_default='[]', nullable=False))

    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_because', sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column('external_voices', sa.Integer(), server_default='0', nullable=False)
        )

    with op.batch_alter_table('voter', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('is_external', sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_decision_number', sa.String(), nullable=True))

    op.execute(
        'ALTER TABLE body ADD COLUMN parent_id INTEGER '
        'CONSTRAINT ck_body_not_its_own_parent CHECK (parent_id IS NULL OR parent_id <> id) '
        'CONSTRAINT fk_body_parent_id_body REFERENCES body (id)'
    )
    place_bodies()


def place_bodies() -> None:
    """Where a text already goes on to another body, that body stands above from now on."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text('SELECT key, body_id, course, retired FROM procedure ORDER BY key, version')
    )
    last = {key: (body, json.loads(course), retired) for key, body, course, retired in rows}
    above: dict[int, int] = {}
    for body, course, retired in last.values():
        wider = last.get(course.get('escalation', ''))
        if wider is None or retired or wider[2] or body in above:
            continue
        if body not in _upwards(above, wider[0]):
            above[body] = wider[0]
    for body, wider_body in above.items():
        connection.execute(
            sa.text('UPDATE body SET parent_id = :above WHERE id = :body'),
            {'above': wider_body, 'body': body},
        )


def _upwards(above: dict[int, int], body: int) -> list[int]:
    """A body and those above it so far."""
    found = [body]
    while found[-1] in above:
        found.append(above[found[-1]])
    return found


def downgrade() -> None:
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.drop_constraint('fk_body_parent_id_body', type_='foreignkey')
        batch_op.drop_constraint('ck_body_not_its_own_parent', type_='check')
        batch_op.drop_column('parent_id')

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_column('end_decision_number')

    with op.batch_alter_table('voter', schema=None) as batch_op:
        batch_op.drop_column('is_external')

    with op.batch_alter_table('poll', schema=None) as batch_op:
        batch_op.drop_column('external_voices')
        batch_op.drop_column('ended_because')

    with op.batch_alter_table('proposal_version', schema=None) as batch_op:
        batch_op.drop_column('deciders')

    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.drop_column('deciders_decision')
        batch_op.drop_column('deciders')
