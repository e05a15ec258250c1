import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_guest_phone_hash", "guest", ["phone_hash"])  # finding: unsafe-migration
    op.create_index("ix_guest_zip", "guest", ["zip"], postgresql_concurrently=True)  # finding: unsafe-migration
    op.alter_column("guest", "email", type_=sa.Text(), existing_type=sa.String(320))


def downgrade() -> None:
    op.drop_index("ix_guest_phone_hash")
