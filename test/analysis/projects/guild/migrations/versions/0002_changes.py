import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("quest", sa.Column("reward", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("quest", sa.Column("hint", sa.Text(), nullable=True))
    op.alter_column("quest", "title", existing_type=sa.String(50), type_=sa.String(255))
    op.alter_column("member", "email", new_column_name="mail")  # finding: unsafe-migration
    op.alter_column("quest", "hint", nullable=False)  # finding: unsafe-migration
    op.create_foreign_key("fk_quest_owner", "quest", "member", ["owner_id"], ["id"], postgresql_not_valid=True)
    op.create_unique_constraint("uq_member_mail", "member", ["mail"])  # finding: unsafe-migration
    op.execute("UPDATE quest SET reward = 1")  # finding: unsafe-migration
    op.execute("CREATE INDEX ix_quest_title ON quest (title)")  # finding: unsafe-migration
    op.drop_constraint("old_check", "quest")


def downgrade():
    op.drop_index("ix_quest_title")
    op.drop_column("quest", "reward")
