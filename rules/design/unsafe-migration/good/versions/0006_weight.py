import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade():
    op.add_column("orders", sa.Column("weight", sa.Numeric(10, 3)))


def downgrade():
    op.drop_column("orders", "weight")
