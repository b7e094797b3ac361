-- Who takes part: members, merchants, operators. Nothing personal beyond what the log holds in clear. `position` is the
-- log position of the last commit of the aggregate.

CREATE TABLE member_row (
    member         uuid         PRIMARY KEY,
    standing       text         NOT NULL,
    grade          text         NOT NULL,
    registered_at  timestamptz  NOT NULL,
    position       bigint       NOT NULL
);
CREATE INDEX member_row_registered ON member_row (registered_at, member);

CREATE TABLE merchant_row (
    merchant         uuid         PRIMARY KEY,
    name             text         NOT NULL,
    phase            text         NOT NULL,
    reason           text,
    country          text         NOT NULL,
    business_number  text         NOT NULL,
    applied_at       timestamptz  NOT NULL,
    bank_account_change_pending boolean NOT NULL,
    position         bigint       NOT NULL
);
CREATE INDEX merchant_row_applied ON merchant_row (applied_at, merchant);

-- Every contract ever agreed; the one in force at an instant is the last that has taken effect.
CREATE TABLE merchant_contract (
    merchant        uuid         NOT NULL,
    effective_from  timestamptz  NOT NULL,
    default_rate    numeric      NOT NULL,
    category_rates  jsonb        NOT NULL,
    cycle           text         NOT NULL,
    PRIMARY KEY (merchant, effective_from)
);

CREATE TABLE operator_row (
    operator    uuid         PRIMARY KEY,
    name        text         NOT NULL,
    roles       text[]       NOT NULL,
    enabled     boolean      NOT NULL,
    created_at  timestamptz  NOT NULL,
    position    bigint       NOT NULL
);
CREATE INDEX operator_row_created ON operator_row (created_at, operator);
