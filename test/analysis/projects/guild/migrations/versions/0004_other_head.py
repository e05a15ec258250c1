from alembic import op

revision = "0004"
down_revision = "0002"  # finding: unsafe-migration


def upgrade():
    op.drop_column("quest", "title")  # finding: unsafe-migration, still uses it


def downgrade():
    raise NotImplementedError("the titles are gone")
