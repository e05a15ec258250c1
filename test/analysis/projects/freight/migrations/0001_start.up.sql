-- Everything begins here.
CREATE TABLE depots (
    id bigserial PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE parcels (
    id bigserial PRIMARY KEY,
    depot_id bigint NOT NULL REFERENCES depots (id) ON DELETE CASCADE,  -- # finding: missing-index, `parcels.depot_id` has no index
    customer_id bigint NOT NULL REFERENCES customers (id),
    tracking_code text NOT NULL,
    weight numeric(10, 2) DEFAULT 0 /* kilograms, not pounds */
);
CREATE INDEX parcels_customer ON parcels USING btree (customer_id, id DESC);

CREATE TABLE IF NOT EXISTS parcel_events (
    parcel_id bigint NOT NULL,
    seq int NOT NULL,
    courier_id bigint,  -- # finding: missing-index, CREATE INDEX ON parcel_events (courier_id)
    PRIMARY KEY (parcel_id, seq),
    FOREIGN KEY (parcel_id) REFERENCES parcels (id),
    CONSTRAINT courier_fk FOREIGN KEY (courier_id) REFERENCES couriers (id) ON DELETE SET NULL
);
