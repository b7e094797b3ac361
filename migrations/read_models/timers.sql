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

-- Commands that failed and are tried again by themselves.
CREATE TABLE saga_postponed (
    saga            text        NOT NULL,
    key             text        NOT NULL,
    command         text        NOT NULL,
    waits_for       text,
    error           text        NOT NULL,
    code            text,
    times           bigint      NOT NULL,
    since           timestamptz NOT NULL,
    next_try_at     timestamptz NOT NULL,
    correlation_id  uuid        NOT NULL,
    position        bigint      NOT NULL,
    PRIMARY KEY (saga, key, command)
);

-- Commands that kept failing, until an operator has them tried again or says what became of them.
CREATE TABLE saga_parked (
    saga            text        NOT NULL,
    key             text        NOT NULL,
    command         text        NOT NULL,
    waits_for       text,
    error           text        NOT NULL,
    code            text,
    times           bigint      NOT NULL,
    parked_at       timestamptz NOT NULL,
    correlation_id  uuid        NOT NULL,
    position        bigint      NOT NULL,
    PRIMARY KEY (saga, key, command)
);

-- Commits that a saga could not be given, until an operator has it hear them. Timers of a known instance wait as well.
CREATE TABLE saga_unheard (
    saga      text        NOT NULL,
    position  bigint      NOT NULL,
    key       text,
    error     text        NOT NULL,
    since     timestamptz NOT NULL,
    PRIMARY KEY (saga, position)
);
