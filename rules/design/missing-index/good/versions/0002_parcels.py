"""Parcels are found by their address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "parcel",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address_id", sa.Integer, sa.ForeignKey("address.id", ondelete="SET NULL")),
    )
    op.create_index(op.f("ix_parcel_address_id"), "parcel", ["address_id"])
    op.add_column("order", sa.Column("coupon_id", sa.Integer, sa.ForeignKey("coupon.id")))
    with op.get_context().autocommit_block():
        op.create_index("ix_order_coupon", "order", ["coupon_id"], postgresql_concurrently=True)


def downgrade():
    op.drop_index("ix_order_coupon", "order")
    op.drop_column("order", "coupon_id")
    op.drop_table("parcel")
