from alembic import op

revision = "0003"
down_revision = "0002"  # finding: unsafe-migration, two heads


def upgrade():
    op.execute("ALTER TABLE quest ADD CONSTRAINT positive CHECK (reward >= 0) NOT VALID")


def downgrade():  # finding: irreversible-migration
    pass
