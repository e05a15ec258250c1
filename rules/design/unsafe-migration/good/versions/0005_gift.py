import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.add_column("orders", sa.Column("wrapping", sa.String(20)))


def downgrade():
    op.drop_column("orders", "wrapping")
