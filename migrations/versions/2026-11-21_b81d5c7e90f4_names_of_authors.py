"""names of authors

Revision: b81d5c7e90f4
After: f3a86b1c20de
"""

import sqlalchemy as sa
from alembic import op

revision = "b81d5c7e90f4"
down_revision = "f3a86b1c20de"
branch_labels = None
depends_on = None

SOME = 10_000
author = sa.table("author", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("name_key", sa.String))


def upgrade() -> None:
    with op.batch_alter_table("author", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_key", sa.String(), server_default="", nullable=False))
    fill(op.get_bind())
    with op.batch_alter_table("author", schema=None) as batch_op:
        batch_op.create_index("ix_author_name_key", ["name_key"], unique=False)


def fill(connection: sa.Connection) -> None:
    # By the importer's own rule, whatever it has become: with keys by an older one, spellings would not meet.
    from app.digests.name_keys import name_key

    of_row = sa.bindparam("row")
    one = author.update().where(author.c.id == of_row).values(name_key=sa.bindparam("key"))
    last = 0
    while rows := connection.execute(_after(last)).all():
        connection.execute(one, [{"row": row.id, "key": name_key(row.name)} for row in rows])
        last = rows[-1].id


def _after(last: int) -> sa.Select[tuple[int, str]]:
    return sa.select(author.c.id, author.c.name).where(author.c.id > last).order_by(author.c.id).limit(SOME)


def downgrade() -> None:
    with op.batch_alter_table("author", schema=None) as batch_op:
        batch_op.drop_index("ix_author_name_key")
        batch_op.drop_column("name_key")
