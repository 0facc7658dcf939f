"""stale papers

Revision: e7b20c94d1a8
After: c4e1d7a0b35f
"""

import sqlalchemy as sa
from alembic import op

revision = "e7b20c94d1a8"
down_revision = "c4e1d7a0b35f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    stale = sa.text("changed <> indexed")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index("ix_paper_stale", ["id"], unique=False, sqlite_where=stale, postgresql_where=stale)


def downgrade() -> None:
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index("ix_paper_stale")
