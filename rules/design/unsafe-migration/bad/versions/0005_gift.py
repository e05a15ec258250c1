import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"  # finding: same migration as `0006`


def upgrade():
    op.add_column("orders", sa.Column("gift", sa.Boolean()))


def downgrade():
    op.drop_column("orders", "gift")
