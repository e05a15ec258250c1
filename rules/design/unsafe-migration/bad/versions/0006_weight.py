import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"  # finding: same migration as `0005`


def upgrade():
    op.add_column("orders", sa.Column("weight", sa.Numeric(10, 3)))
    op.drop_column("orders", "legacy_total")  # finding: Take two steps


def downgrade():
    op.add_column("orders", sa.Column("legacy_total", sa.Numeric(10, 2)))
    op.drop_column("orders", "weight")
