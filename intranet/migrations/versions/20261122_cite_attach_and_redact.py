"""Cite, attach and redact.

Revision 87bb35c4e550, after 9df8f4b7874c.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = '87bb35c4e550'
down_revision = '9df8f4b7874c'
branch_labels = None
depends_on = None

KINDS = "'amends', 'supersedes', 'repeals', 'annuls', 'suspends', 'rectifies', 'implements', 'requires'"
STOPS = "'repeals', 'supersedes', 'annuls', 'suspends'"
CIRCLE = (
    f"NEW.kind IN ({STOPS}) AND EXISTS (SELECT 1 FROM decision_link AS back WHERE"
    " back.from_number = NEW.to_number AND back.to_number = NEW.from_number"
    f" AND back.kind IN ({STOPS}))"
)
EMPTIED = " AND ".join(
    [
        *(
            f"NEW.{name} = ''"
            for name in ("motivation", "motivation_html", "text", "text_html")
        ),
        "NEW.changes = '[]'",
        "NEW.options = '[]'",
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in (
                "id",
                "proposal_id",
                "number",
                "title",
                "base_revision_id",
                "links",
                "procedure",
                "seats",
                "effective_on",
                "review_on",
                "author_id",
                "at",
            )
        ),
    ]
)
RECORD = "is a record: it is never changed"
CITATION = re.compile(
    r'(?<!<span class="provenance">)<a [^<>]*?href="/decisions/([^"#?/<>]+)"'
)
NUMBER = re.compile(r"(?:([A-Z][A-Z0-9-]*)-)?([0-9]{4})-([0-9]{1,5})")
TEXTS = (
    (
        "page",
        "SELECT page.id, rendering.html FROM page JOIN revision ON revision.page_id = page.id"
        " JOIN rendering ON rendering.revision_id = revision.id WHERE revision.number ="
        " (SELECT max(number) FROM revision AS later WHERE later.page_id = page.id)",
    ),
    ("decision", "SELECT decision_id, html FROM decision_shelf"),
    ("comment", "SELECT id, html FROM comment"),
    (
        "proposal",
        "SELECT proposal_id, text_html || motivation_html FROM proposal_version AS version"
        " WHERE number = (SELECT max(number) FROM proposal_version AS later"
        " WHERE later.proposal_id = version.proposal_id)",
    ),
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table('citation',
    sa.Column('source_kind', sa.String(), nullable=False),
    sa.Column('source_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('source_kind', 'source_id', 'number', name=op.f('pk_citation'))
    )
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.create_index('ix_citation_number', ['number'], unique=False)

    op.create_table('attachment',
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('bytes >= 0', name=op.f('ck_attachment_bytes_not_negative')),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_attachment_whole_digest')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_attachment_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_digest', ['digest'], unique=False)
        batch_op.create_index('ix_attachment_subject', ['subject_kind', 'subject_id'], unique=False)

    op.append_only('attachment', '1 = 1')
    instant = "DATETIME" if is_sqlite else "TIMESTAMP WITH TIME ZONE"
    op.execute(f"ALTER TABLE text_body ADD COLUMN redacted_at {instant}")
    op.execute(
        "ALTER TABLE text_body ADD COLUMN redacted_by_id INTEGER"
        " CONSTRAINT fk_text_body_redacted_by_id_person REFERENCES person (id)"
    )
    _know_kinds(KINDS, is_sqlite)
    if is_sqlite:
        _on_sqlite()
    else:
        _on_postgresql()
    _find_citations()


def _know_kinds(kinds: str, is_sqlite: bool) -> None:
    """Let links be of these kinds. SQLite changes no constraint: the table is made anew."""
    if not is_sqlite:
        op.execute("ALTER TABLE decision_link DROP CONSTRAINT ck_decision_link_known_kind")
        op.execute(
            "ALTER TABLE decision_link ADD CONSTRAINT ck_decision_link_known_kind"
            f" CHECK (kind IN ({kinds}))"
        )
        return
    op.create_table(
        'decision_link_new',
        sa.Column('from_id', sa.Integer(), nullable=True),
        sa.Column('from_number', sa.String(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=True),
        sa.Column('to_number', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('from_id IS NOT NULL OR to_id IS NOT NULL', name=op.f('ck_decision_link_one_end_is_known')),
        sa.CheckConstraint('from_number <> to_number', name=op.f('ck_decision_link_not_to_itself')),
        sa.CheckConstraint(f'kind IN ({kinds})', name=op.f('ck_decision_link_known_kind')),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_decision_link_by_id_person')),
        sa.ForeignKeyConstraint(['from_id'], ['decision.id'], name=op.f('fk_decision_link_from_id_decision')),
        sa.ForeignKeyConstraint(['to_id'], ['decision.id'], name=op.f('fk_decision_link_to_id_decision')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_link')),
        sa.UniqueConstraint('from_number', 'to_number', 'kind', name=op.f('uq_decision_link_from_number_to_number_kind')),
    )
    columns = "from_id, from_number, to_id, to_number, kind, at, by_id, id"
    op.execute(f"INSERT INTO decision_link_new ({columns}) SELECT {columns} FROM decision_link")
    op.drop_table('decision_link')
    op.rename_table('decision_link_new', 'decision_link')
    op.create_index('ix_decision_link_to', 'decision_link', ['to_number'])
    op.create_index('ix_decision_link_from', 'decision_link', ['from_number'])
    op.append_only('decision_link', '1 = 1')


def _on_sqlite() -> None:
    bind = op.get_bind()
    bind.exec_driver_sql(
        f"CREATE TRIGGER decision_link_no_circle BEFORE INSERT ON decision_link WHEN {CIRCLE}"
        " BEGIN SELECT RAISE(ABORT, 'decision_link refuses circle'); END"
    )
    bind.exec_driver_sql("DROP TRIGGER proposal_version_no_update")
    bind.exec_driver_sql(
        f"CREATE TRIGGER proposal_version_no_update BEFORE UPDATE ON proposal_version"
        f" WHEN NOT ({EMPTIED}) BEGIN SELECT RAISE(ABORT, 'proposal_version {RECORD}'); END"
    )


def _on_postgresql() -> None:
    bind = op.get_bind()
    bind.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION decision_link_no_circle() RETURNS trigger AS $$"
        f" BEGIN IF {CIRCLE} THEN RAISE EXCEPTION 'decision_link refuses circle'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END"
        " $$ LANGUAGE plpgsql"
    )
    bind.exec_driver_sql(
        "CREATE TRIGGER decision_link_no_circle BEFORE INSERT ON decision_link"
        " FOR EACH ROW EXECUTE FUNCTION decision_link_no_circle()"
    )
    bind.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION proposal_version_no_update() RETURNS trigger AS $$"
        f" BEGIN IF NOT ({EMPTIED}) THEN RAISE EXCEPTION 'proposal_version {RECORD}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END"
        " $$ LANGUAGE plpgsql"
    )


def _find_citations() -> None:
    """Note what the texts that stand already cite, as every text does when it is written."""
    bind = op.get_bind()
    found = set()
    for kind, texts in TEXTS:
        for number, html in bind.execute(sa.text(texts)):
            found |= {(kind, number, _in_full(typed)) for typed in CITATION.findall(html)}
    table = sa.table(
        'citation',
        sa.column('source_kind', sa.String()),
        sa.column('source_id', sa.Integer()),
        sa.column('number', sa.String()),
    )
    names = ('source_kind', 'source_id', 'number')
    op.bulk_insert(table, [dict(zip(names, row, strict=True)) for row in sorted(found)])


def _in_full(typed: str) -> str:
    match = NUMBER.fullmatch(typed.strip().upper())
    if match is None:
        return typed.strip()
    series = f"{match[1]}-" if match[1] else ""
    return f"{series}{match[2]}-{match[3].zfill(3)}"


def downgrade() -> None:
    raise RuntimeError("the former tables cannot hold the new links, files and removals")
