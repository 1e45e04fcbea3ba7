"""Let a proposal plan what is to be done, and say why it applies from a day that is past.

Revision 4f0c7a91d2be, after 887532ec6550.
"""

import sqlalchemy as sa
from alembic import op

revision = '4f0c7a91d2be'
down_revision = '887532ec6550'
branch_labels = None
depends_on = None

RECORD = "is a record: it is never changed"
WORDS = {
    "motivation": "",
    "motivation_html": "",
    "text": "",
    "text_html": "",
    "changes": "[]",
    "options": "[]",
    "reasons": "[]",
    "particulars": "{}",
    "past_because": "",
    "actions": "[]",
}
UNTOUCHED = (
    "id", "proposal_id", "number", "title", "base_revision_id", "links", "procedure", "seats",
    "deciders", "procedure_key", "effective_on", "review_on", "ends_on", "author_id", "at",
)  # fmt: skip
EMPTIED = " AND ".join(
    (
        *(f"NEW.{name} = '{left}'" for name, left in WORDS.items()),
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in UNTOUCHED
        ),
    )
)


def upgrade() -> None:
    with op.batch_alter_table('proposal_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('procedure_key', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('past_because', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('actions', sa.Text(), server_default='[]', nullable=False))
    _may_be_emptied()


def _may_be_emptied() -> None:
    """Let these words go with the others of a wording, and nothing else."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        bind.exec_driver_sql("DROP TRIGGER proposal_version_no_update")
        bind.exec_driver_sql(
            "CREATE TRIGGER proposal_version_no_update BEFORE UPDATE ON proposal_version"
            f" WHEN NOT ({EMPTIED}) BEGIN SELECT RAISE(ABORT, 'proposal_version {RECORD}'); END"
        )
    else:
        bind.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION proposal_version_no_update() RETURNS trigger AS $$"
            f" BEGIN IF NOT ({EMPTIED}) THEN RAISE EXCEPTION 'proposal_version {RECORD}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END"
            " $$ LANGUAGE plpgsql"
        )


def downgrade() -> None:
    raise RuntimeError("the former tables cannot hold planned actions")
