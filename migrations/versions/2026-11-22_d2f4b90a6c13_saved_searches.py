"""saved searches

Revision: d2f4b90a6c13
After: b81d5c7e90f4
"""

import sqlalchemy as sa
from alembic import op

revision = "d2f4b90a6c13"
down_revision = "b81d5c7e90f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("query_hash", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_saved_search_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("user_id", "query_hash", name=op.f("uq_saved_search_user_id_query_hash")),
    )


def downgrade() -> None:
    op.drop_table("saved_search")
