import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("member", sa.Column("id", sa.Uuid(), primary_key=True), sa.Column("email", sa.String()))
    op.create_table("quest", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("owner_id", sa.Uuid()))


def downgrade():
    op.drop_table("quest")
    op.drop_table("member")
