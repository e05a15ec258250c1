"""Every order has a note by now: the check says so."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.execute("COMMIT")
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT has_note")
    op.alter_column("orders", "note", nullable=False)
    op.execute("CREATE INDEX CONCURRENTLY ix_orders_state ON orders (state)")


def downgrade():
    op.alter_column("orders", "note", nullable=True)
    op.drop_index("ix_orders_state")
