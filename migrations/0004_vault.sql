-- The keys that personal data in the log is sealed under, one per person. This table is the one thing that can't be
-- built again from the log: losing a key loses the person. A destroyed key leaves its row behind with no key in it, so
-- that nothing is ever sealed for this person again under a new one.
CREATE TABLE personal_key (
    person      uuid         PRIMARY KEY,
    key         bytea        CHECK (octet_length(key) = 32),
    created_at  timestamptz  NOT NULL DEFAULT now()
);
