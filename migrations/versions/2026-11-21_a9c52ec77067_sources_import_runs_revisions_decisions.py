"""sources, import runs, revisions, decisions

Revision: a9c52ec77067
After: 531bb1e8eaad
"""

import sqlalchemy as sa
from alembic import op

revision = "a9c52ec77067"
down_revision = "531bb1e8eaad"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["paper.id"], name=op.f("fk_decision_other_id_paper")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_decision_paper_id_paper")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_decision_user_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_user_id"), ["user_id"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_import_run_user_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_started_at"), ["started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_run_user_id"), ["user_id"], unique=False)

    op.create_table(
        "digest_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digest.id"], name=op.f("fk_digest_revision_digest_id_digest"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_revision")),
        sa.UniqueConstraint("digest_id", "sha256", name=op.f("uq_digest_revision_digest_id_sha256")),
    )
    with op.batch_alter_table("digest_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_revision_sha256"), ["sha256"], unique=False)

    op.create_table(
        "entry_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("stated_arxiv_id", sa.String(), nullable=False),
        sa.Column("title_key", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_entry_pin_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digest.id"], name=op.f("fk_entry_pin_digest_id_digest"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_entry_pin_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_pin")),
        sa.UniqueConstraint(
            "digest_id", "stated_arxiv_id", "title_key", name=op.f("uq_entry_pin_digest_id_stated_arxiv_id_title_key")
        ),
    )
    with op.batch_alter_table("entry_pin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_pin_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_pin_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "imported_file",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digest.id"], name=op.f("fk_imported_file_digest_id_digest"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_imported_file_run_id_import_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_imported_file")),
    )
    with op.batch_alter_table("imported_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_file_digest_id"), ["digest_id"], unique=False)

    op.create_table(
        "merged_paper",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_merged_paper_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["paper.id"], name=op.f("fk_merged_paper_into_id_paper"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_merged_paper_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_merged_paper")),
    )
    with op.batch_alter_table("merged_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_paper_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merged_paper_into_id"), ["into_id"], unique=False)

    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="folder", nullable=False))
        batch_op.add_column(sa.Column("is_registered", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("commit", sa.String(), nullable=True))

    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("modified_ns", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("vanished_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.drop_column("vanished_at")
        batch_op.drop_column("modified_ns")
        batch_op.drop_column("size")

    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_column("commit")
        batch_op.drop_column("read_at")
        batch_op.drop_column("is_registered")
        batch_op.drop_column("kind")

    with op.batch_alter_table("merged_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merged_paper_into_id"))
        batch_op.drop_index(batch_op.f("ix_merged_paper_decision_id"))

    op.drop_table("merged_paper")
    with op.batch_alter_table("imported_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_file_digest_id"))

    op.drop_table("imported_file")
    with op.batch_alter_table("entry_pin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_pin_paper_id"))
        batch_op.drop_index(batch_op.f("ix_entry_pin_decision_id"))

    op.drop_table("entry_pin")
    with op.batch_alter_table("digest_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_revision_sha256"))

    op.drop_table("digest_revision")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_user_id"))
        batch_op.drop_index(batch_op.f("ix_import_run_started_at"))

    op.drop_table("import_run")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_user_id"))
        batch_op.drop_index(batch_op.f("ix_decision_paper_id"))
        batch_op.drop_index(batch_op.f("ix_decision_other_id"))

    op.drop_table("decision")
