"""The index on the path takes another name."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.drop_index("ix_page_visit_path", table_name="page_visit")
    with op.get_context().autocommit_block():
        op.create_index(
            "page_visit_path", "page_visit", ["path", "seen_at"], postgresql_concurrently=True
        )
