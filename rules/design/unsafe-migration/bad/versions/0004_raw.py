from alembic import op
from app.models import Order, engine
from sqlalchemy.orm import Session

revision = "0004"
down_revision = "0003"


def upgrade():
    op.execute("CREATE INDEX ix_orders_state ON orders (state)")  # finding: `CREATE INDEX CONCURRENTLY`
    op.execute(  # finding: `NOT VALID`
        """ALTER TABLE orders ADD CONSTRAINT fk_orders_customer
           FOREIGN KEY (customer_id) REFERENCES customer (id)"""
    )
    with Session(engine) as session:
        for order in session.query(Order).limit(1000):  # finding: as it is today
            order.state = order.state.lower()
        session.commit()


def downgrade():
    op.execute("ALTER TABLE orders DROP CONSTRAINT fk_orders_customer")
    op.execute("DROP INDEX ix_orders_state")
