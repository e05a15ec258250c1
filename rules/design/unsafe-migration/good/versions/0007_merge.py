"""Bring two branches together."""

from alembic import op  # noqa: F401

revision = "0007"
down_revision = ("0005", "0006")


def upgrade():
    pass


def downgrade():
    pass
