"""Visits are no longer looked for by their state, it was thought."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.drop_index("ix_page_visit_state", table_name="page_visit")  # finding: loses its index


def downgrade():
    op.create_index("ix_page_visit_state", "page_visit", ["state"])
