import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    with op.batch_alter_table("book", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_printed", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("shelf_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_book_shelf", "shelf", ["shelf_id"], ["id"])  # finding: unsafe-migration # finding: missing-index, `book.shelf_id` has no index
        batch_op.create_index("ix_book_isbn_code", ["isbn_code"], unique=False)  # finding: unsafe-migration


def downgrade():
    with op.batch_alter_table("book", schema=None) as batch_op:
        batch_op.drop_index("ix_book_isbn_code")
        batch_op.drop_constraint("fk_book_shelf", type_="foreignkey")
        batch_op.drop_column("shelf_id")
        batch_op.drop_column("is_printed")
