-- What operators did about read models that stopped: who, when, why, and what had stopped them there. Never deleted:
-- every build of that read model, whatever its revision, leaves out the commits that are skipped.
CREATE TABLE projection_intervention (
    id        bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name      text        NOT NULL,
    position  bigint      NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('retry', 'skip', 'withdraw')),
    error     text        NOT NULL,
    reason    text        NOT NULL CHECK (reason <> ''),
    made_by   text        NOT NULL CHECK (made_by <> ''),
    made_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX projection_intervention_of ON projection_intervention (name, position, id);

-- Counts the changes of what is skipped: a worker that hasn't heard of the last one can't move the checkpoint.
ALTER TABLE projection ADD COLUMN skips_version bigint NOT NULL DEFAULT 0;
