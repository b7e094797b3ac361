-- Long aggregates as they stood after a commit; only to fold less. Whatever is lost here is folded from the log again.
CREATE TABLE aggregate_snapshot (
    prefix     text   NOT NULL,
    stream     text   NOT NULL,
    -- Which states and folds made it: another release's is not read.
    domains    text   NOT NULL,
    version    bigint NOT NULL,
    commit_id  uuid   NOT NULL,
    body       text   NOT NULL,
    PRIMARY KEY (prefix, stream)
);
