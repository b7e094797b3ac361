-- How far the coordinator has handled every input to its end. Behind by a second at most; seeing a commit twice is harmless.
CREATE TABLE coordinator_checkpoint (
    name      text   PRIMARY KEY,
    position  bigint NOT NULL
);
