DROP TABLE parcels;
DROP TABLE depots;
