"""Lines of an order, in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String(80)),
    )
    op.add_column("order_line", sa.Column("amount", sa.Integer(), nullable=False))
    op.create_index("ix_line_title", "order_line", ["title"])
    op.execute("UPDATE order_line SET title = ''")
    op.execute("CREATE INDEX ix_line_amount ON order_line (amount)")
    op.alter_column("orders", "note", existing_type=sa.String(200), type_=sa.Text())
    op.alter_column("orders", "state", existing_type=sa.String(20), type_=sa.String(60))
    op.execute("ALTER TABLE orders ADD CONSTRAINT has_note CHECK (note IS NOT NULL) NOT VALID")
    op.execute("ALTER INDEX ix_channel RENAME TO ix_orders_channel")


def downgrade():
    op.execute("ALTER TABLE orders DROP CONSTRAINT has_note")
    op.drop_table("order_line")
