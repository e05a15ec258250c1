import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("ix_order_waiter_state", "order", ["waiter_id", "state"], postgresql_concurrently=True)
    op.add_column("order", sa.Column("table_no", sa.Integer(), nullable=False))  # finding: unsafe-migration


def downgrade() -> None:
    op.drop_column("order", "table_no")
    op.drop_index("ix_order_waiter_state")
