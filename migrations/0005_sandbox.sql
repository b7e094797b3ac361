-- The books of the sandbox gateway and the sandbox bank: the outside world of an installation without one. They are in
-- PostgreSQL so that several processes, and a process that starts again, see one outside.

-- One row per idempotency key. What is answered follows from the instrument and from whether it is booked.
CREATE TABLE sandbox_capture (
    key           text         PRIMARY KEY,
    payment       uuid         NOT NULL,
    instrument    text         NOT NULL,
    amount_minor  bigint       NOT NULL CHECK (amount_minor >= 0),
    currency      text         NOT NULL,
    reference     text         NOT NULL UNIQUE,
    asked_at      timestamptz  NOT NULL,
    captured_at   timestamptz,                      -- when it was booked; nothing was taken while this is null
    notices_owed  smallint     NOT NULL DEFAULT 0   -- webhooks that have not arrived yet
);
CREATE INDEX sandbox_capture_payment ON sandbox_capture (payment);
CREATE INDEX sandbox_capture_late ON sandbox_capture (asked_at) WHERE captured_at IS NULL AND instrument = 'late';
CREATE INDEX sandbox_capture_owed ON sandbox_capture (captured_at) WHERE notices_owed > 0;

CREATE TABLE sandbox_refund (
    key           text         PRIMARY KEY,
    capture       text         NOT NULL,            -- the capture's reference, as asked: it may name none
    amount_minor  bigint       NOT NULL,
    currency      text         NOT NULL,
    reference     text         NOT NULL UNIQUE,
    refused       boolean      NOT NULL,
    asked_at      timestamptz  NOT NULL
);
CREATE INDEX sandbox_refund_capture ON sandbox_refund (capture) WHERE NOT refused;

CREATE TABLE sandbox_payout (
    key            text         PRIMARY KEY,
    amount_minor   bigint       NOT NULL,
    currency       text         NOT NULL,
    reference      text         NOT NULL UNIQUE,
    failure        text,                            -- why it was not paid; null is paid
    flaky_account  text,                            -- a test account whose tries are counted; no other is ever kept
    asked_at       timestamptz  NOT NULL
);
CREATE INDEX sandbox_payout_flaky ON sandbox_payout (flaky_account) WHERE flaky_account IS NOT NULL;
