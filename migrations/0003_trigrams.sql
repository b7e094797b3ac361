-- Trigrams, for the catalogue's search that forgives a typo. A trusted extension: the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
