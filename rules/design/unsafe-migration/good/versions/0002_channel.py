"""Remember through which channel an order came."""

import sqlalchemy as sa
from alembic import op
from app.models import Channel

revision = "0002"
down_revision = "0001"

orders = sa.table("orders", sa.column("id", sa.Integer), sa.column("channel", sa.String))


def upgrade():
    op.add_column(
        "orders",
        sa.Column("channel", sa.String(20), nullable=False, server_default=Channel.web.value),
    )
    op.add_column("orders", sa.Column("gift", sa.Boolean(), nullable=True))
    op.create_unique_constraint("uq_orders_gift", "orders", ["gift"])
    with op.get_context().autocommit_block():
        op.create_index("ix_channel", "orders", ["channel"], postgresql_concurrently=True)
    op.create_check_constraint(
        "ck_orders_state", "orders", "state <> ''", postgresql_not_valid=True
    )
    op.execute("UPDATE orders SET channel = 'phone' WHERE id = 17")
    op.execute(orders.update().where(orders.c.id < 100).values(channel="phone"))


def downgrade():
    op.drop_constraint("ck_orders_state", "orders")
    op.create_index("ix_orders_old", "orders", ["state"])
    op.drop_column("orders", "gift")
    op.drop_column("orders", "channel")
