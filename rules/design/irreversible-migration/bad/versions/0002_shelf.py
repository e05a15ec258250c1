import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("book", sa.Column("shelf", sa.String(20)))


def downgrade():  # finding: `downgrade` does nothing
    """Nothing to do."""
    pass
