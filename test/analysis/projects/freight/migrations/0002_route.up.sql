ALTER TABLE parcels
    ADD COLUMN route_id bigint REFERENCES routes (id),
    ADD COLUMN note text;
CREATE INDEX CONCURRENTLY IF NOT EXISTS parcels_route ON parcels (route_id);
ALTER TABLE parcels ADD COLUMN invoice_id bigint REFERENCES invoices (id);  -- # finding: missing-index, CREATE INDEX CONCURRENTLY
