import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("coupon", sa.String(40)),
        sa.Column("note", sa.String(200)),
    )


def downgrade():
    op.drop_table("orders")
