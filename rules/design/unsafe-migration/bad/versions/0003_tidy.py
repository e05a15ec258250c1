"""Tidy up the table of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("UPDATE orders SET note = '' WHERE note IS NULL")  # finding: writes every row of `orders`
    with op.batch_alter_table("orders") as batch_op:
        batch_op.alter_column("note", existing_type=sa.String(200), nullable=False)  # finding: becomes required while rows may lack it
        batch_op.alter_column("state", existing_type=sa.String(20), type_=sa.Integer())  # finding: may write the whole table anew
        batch_op.alter_column("channel", new_column_name="source")  # finding: by its old name
    op.drop_column("orders", "coupon")  # finding: still uses it: its queries fail


def downgrade():
    op.add_column("orders", sa.Column("coupon", sa.String(40)))
    op.alter_column("orders", "source", new_column_name="channel")
    op.alter_column("orders", "state", type_=sa.String(20))
    op.alter_column("orders", "note", nullable=True)
