import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("guest", sa.Column("id", sa.UUID(), primary_key=True), sa.Column("email", sa.String(320)))
    op.create_table("waiter", sa.Column("id", sa.UUID(), primary_key=True))
    op.create_table(
        "order",
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("guest_id", sa.UUID(), sa.ForeignKey("guest.id", ondelete="CASCADE")),
        sa.Column("owner_id", sa.UUID(), sa.ForeignKey("guest.id")),
        sa.Column("waiter_id", sa.UUID(), sa.ForeignKey("waiter.id")),
    )
    op.create_index("ix_order_owner_id", "order", ["owner_id"])


def downgrade() -> None:
    op.drop_table("order")
    op.drop_table("waiter")
    op.drop_table("guest")
