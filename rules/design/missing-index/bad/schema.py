import psycopg

TABLES = """
CREATE TABLE shipment (
    id bigserial PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,  -- # finding: add `CREATE INDEX ON shipment (order_id)`
    label text UNIQUE
);
"""


def create(connection: psycopg.Connection):
    connection.execute(TABLES)
