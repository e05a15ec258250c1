import psycopg

TABLES = """
CREATE TABLE shipment (
    id bigserial PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    carrier_id bigint NOT NULL,
    country_id bigint REFERENCES country (id),
    label text UNIQUE,
    FOREIGN KEY (carrier_id) REFERENCES carrier (id)
);
CREATE TABLE shipment_parcel (
    shipment_id bigint REFERENCES shipment (id) ON DELETE CASCADE,
    number int,
    PRIMARY KEY (shipment_id, number)
);
"""

INDEXES = [
    "CREATE INDEX shipment_order ON shipment (order_id)",
    "CREATE INDEX IF NOT EXISTS shipment_carrier ON shipment USING btree (carrier_id, label)",
]


def create(connection: psycopg.Connection):
    connection.execute(TABLES)
    for statement in INDEXES:
        connection.execute(statement)
