-- Where each build of each read model stands. A build's tables live in a schema of their own; the views in `public`
-- show the live build, so that a reader never knows which one it is.
CREATE TABLE projection (
    name          text        NOT NULL,
    revision      integer     NOT NULL,
    build         integer     NOT NULL,
    position      bigint      NOT NULL DEFAULT 0,
    live          boolean     NOT NULL DEFAULT false,
    stopped_at    bigint,
    stopped_why   text,
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, revision, build)
);

-- At most one live build per read model.
CREATE UNIQUE INDEX projection_live ON projection (name) WHERE live;
