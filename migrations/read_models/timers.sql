-- Timers that are set and not yet fired, those of postponed commands included.
CREATE TABLE saga_timer (
    saga            text        NOT NULL,
    key             text        NOT NULL,
    timer           text        NOT NULL,
    due_at          timestamptz NOT NULL,
    correlation_id  uuid        NOT NULL,
    PRIMARY KEY (saga, key, timer)
);
CREATE INDEX saga_timer_due ON saga_timer (due_at);

-- Commands that kept failing, until an operator has them tried again.
CREATE TABLE saga_parked (
    saga       text        NOT NULL,
    key        text        NOT NULL,
    command    text        NOT NULL,
    error      text        NOT NULL,
    code       text,
    parked_at  timestamptz NOT NULL,
    position   bigint      NOT NULL,
    PRIMARY KEY (saga, key, command)
);
