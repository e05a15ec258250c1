"""Coupons, and the coupon an order was paid with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "coupon",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), unique=True),
    )
    op.add_column("order", sa.Column("coupon_id", sa.Integer, sa.ForeignKey("coupon.id")))  # finding: `order.coupon_id`


def downgrade():
    op.drop_column("order", "coupon_id")
    op.drop_table("coupon")
