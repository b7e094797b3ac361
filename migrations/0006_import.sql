-- How far an import is, so that it can be taken up again. `source` is a digest of the data it imports. An import that was
-- killed between two windows does its last window again, to no effect: every command has a name of its own.
CREATE TABLE import_checkpoint (
    source      text        PRIMARY KEY,
    registered  boolean     NOT NULL DEFAULT false,
    done_until  timestamptz,
    updated_at  timestamptz NOT NULL DEFAULT now()
);

-- What a rule refused while the data was driven; everything else that an import finds follows from the data again.
CREATE TABLE import_finding (
    source   text NOT NULL,
    reason   text NOT NULL,
    key      text NOT NULL,
    detail   text NOT NULL,
    PRIMARY KEY (source, reason, key, detail)
);
