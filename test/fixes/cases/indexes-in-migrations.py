import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    op.add_column("payments", sa.Column("refund_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        "payments_refund", "payments", "refunds", ["refund_id"], ["id"], ondelete="CASCADE"
    )
    op.create_foreign_key("orders_customer", "orders", "customers", ["customer_id"], ["id"])  # new
    if sa.__version__:
        op.create_foreign_key(
            constraint_name="visits_account",
            source_table="visits",
            referent_table="accounts",
            local_cols=["account_id"],
            remote_cols=["id"],
        )


def downgrade():
    op.drop_constraint("visits_account", "visits")
    op.drop_constraint("orders_customer", "orders")
    op.drop_constraint("payments_refund", "payments")
    op.drop_column("payments", "refund_id")
