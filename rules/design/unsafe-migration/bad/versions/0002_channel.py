"""Remember through which channel an order came."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("orders", sa.Column("channel", sa.String(20), nullable=False, default="web"))  # finding: `orders.channel` may not be empty
    op.create_index("ix_orders_channel", "orders", ["channel"])  # finding: keeps everybody from writing to `orders`
    op.create_index(  # finding: builds no index concurrently within a transaction
        "ix_orders_note", "orders", ["note"], postgresql_concurrently=True
    )
    op.create_check_constraint("ck_orders_state", "orders", "state <> ''")  # finding: postgresql_not_valid=True
    op.create_unique_constraint("uq_orders_note", "orders", ["note"])  # finding: the same value twice


def downgrade():
    op.drop_constraint("uq_orders_note", "orders")
    op.drop_constraint("ck_orders_state", "orders")
    op.drop_index("ix_orders_note")
    op.drop_index("ix_orders_channel")
    op.drop_column("orders", "channel")
