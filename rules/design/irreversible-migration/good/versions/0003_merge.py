"""Brings two branches together: there is nothing to do, and nothing to undo."""

from alembic import op  # noqa: F401

revision = "0003"
down_revision = ("0002", "0002b")


def upgrade():
    pass


def downgrade():
    pass
