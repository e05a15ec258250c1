import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table("publisher", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(80)))
    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("publisher_id", sa.Integer(), sa.ForeignKey("publisher.id", ondelete="CASCADE"), nullable=False),
    )


def downgrade():
    op.drop_table("book")
    op.drop_table("publisher")
