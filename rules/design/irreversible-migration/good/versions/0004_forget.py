from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.execute("DELETE FROM reader WHERE left_at < '2020-01-01'")


def downgrade():
    raise NotImplementedError("readers who were forgotten do not come back")
