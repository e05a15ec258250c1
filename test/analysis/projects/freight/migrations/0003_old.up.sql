CREATE TABLE drafts (id int PRIMARY KEY, owner_id int REFERENCES owners (id));
