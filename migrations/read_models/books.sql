-- Settlement's own books. Amounts are minor units; positions are the log's.

-- Statements (정산서), one per merchant, mall and period. `position` is its last commit: its version.
CREATE TABLE statement (
    statement                uuid        PRIMARY KEY,
    merchant                 uuid        NOT NULL,
    mall                     text        NOT NULL,
    currency                 text        NOT NULL,
    period_from              timestamptz NOT NULL,
    period_until             timestamptz NOT NULL,
    phase                    text        NOT NULL,
    items                    integer     NOT NULL DEFAULT 0,
    sale_minor               bigint      NOT NULL DEFAULT 0,
    discount_merchant_minor  bigint      NOT NULL DEFAULT 0,
    discount_platform_minor  bigint      NOT NULL DEFAULT 0,
    points_minor             bigint      NOT NULL DEFAULT 0,
    shipping_minor           bigint      NOT NULL DEFAULT 0,
    commission_minor         bigint      NOT NULL DEFAULT 0,
    commission_vat_minor     bigint      NOT NULL DEFAULT 0,
    net_minor                bigint      NOT NULL DEFAULT 0,
    taxable_minor            bigint      NOT NULL DEFAULT 0,
    tax_free_minor           bigint      NOT NULL DEFAULT 0,
    zero_rated_minor         bigint      NOT NULL DEFAULT 0,
    carried_in_minor         bigint      NOT NULL DEFAULT 0,
    due_minor                bigint      NOT NULL GENERATED ALWAYS AS (net_minor + carried_in_minor) STORED,
    sha256                   text,
    payout                   uuid,
    payout_attempt           integer,
    bank_reference           text,
    payout_failure           text,
    carry_reason             text,
    opened_at                timestamptz NOT NULL,
    closed_at                timestamptz,
    confirmed_at             timestamptz,
    payout_requested_at      timestamptz,
    payout_failed_at         timestamptz,
    paid_at                  timestamptz,
    carried_over_at          timestamptz,
    position                 bigint      NOT NULL
);
CREATE INDEX statement_newest ON statement (period_until, statement);
CREATE INDEX statement_of_merchant ON statement (merchant, period_until, statement);
CREATE INDEX statement_of_mall ON statement (mall, period_until, statement);

-- Balances that a statement took over from former ones.
CREATE TABLE statement_carry (
    statement     uuid   NOT NULL,
    former        uuid   NOT NULL,
    amount_minor  bigint NOT NULL,
    position      bigint NOT NULL,
    PRIMARY KEY (statement, former)
);

-- Lines of statements (정산 항목), in the order of (position, entry, ordinal). `written` is the item as the event says
-- it, to the nanosecond: exports are made from it alone. `entry` is the ordinal of its ledger entry.
CREATE TABLE settlement_item (
    statement                uuid        NOT NULL,
    item                     text        NOT NULL,
    kind                     text        NOT NULL,
    reverses                 text,
    "order"                  uuid        NOT NULL,
    line                     integer     NOT NULL,
    quantity                 integer     NOT NULL,
    tax                      text        NOT NULL,
    sale_minor               bigint      NOT NULL,
    discount_merchant_minor  bigint      NOT NULL,
    discount_platform_minor  bigint      NOT NULL,
    points_minor             bigint      NOT NULL,
    shipping_minor           bigint      NOT NULL,
    commission_rate          numeric     NOT NULL,
    commission_minor         bigint      NOT NULL,
    commission_vat_minor     bigint      NOT NULL,
    net_minor                bigint      NOT NULL,
    basis_at                 timestamptz NOT NULL,
    cites                    bigint      NOT NULL,
    position                 bigint      NOT NULL,
    entry                    integer     NOT NULL,
    ordinal                  integer     NOT NULL,
    written                  json        NOT NULL,
    PRIMARY KEY (statement, item)
);
CREATE UNIQUE INDEX settlement_item_accrued ON settlement_item (statement, position, entry, ordinal);

-- The journal. An entry stands at the commit that wrote it (`ordinal`: which event of that commit) and cites the
-- position that caused it.
CREATE TABLE ledger_entry (
    position   bigint      NOT NULL,
    ordinal    integer     NOT NULL,
    kind       text        NOT NULL,
    cites      bigint      NOT NULL,
    currency   text        NOT NULL,
    mall       text        NOT NULL,
    statement  uuid,
    payment    uuid,
    at         timestamptz NOT NULL,
    PRIMARY KEY (position, ordinal)
);

-- Its lines: exactly one side above zero. An entry of nothing has none.
CREATE TABLE ledger_line (
    position      bigint  NOT NULL,
    ordinal       integer NOT NULL,
    line          integer NOT NULL,
    account       text    NOT NULL,
    merchant      uuid,
    debit_minor   bigint  NOT NULL,
    credit_minor  bigint  NOT NULL,
    PRIMARY KEY (position, ordinal, line),
    CHECK (debit_minor >= 0 AND credit_minor >= 0 AND (debit_minor = 0) <> (credit_minor = 0))
);
CREATE INDEX ledger_line_of_account ON ledger_line (account, position, ordinal, line);
CREATE INDEX ledger_line_of_merchant ON ledger_line (merchant, position, ordinal, line) WHERE merchant IS NOT NULL;

-- Cash receipts (현금영수증), a row for each time that one was given or taken back. `amount_minor` is what was given then, negative
-- where it was taken back; `left_minor` what of it stood after that. Whose it is stays sealed for the member.
CREATE TABLE cash_receipt (
    position            bigint      NOT NULL,
    ordinal             integer     NOT NULL,
    payment             uuid        NOT NULL,
    order_id            uuid        NOT NULL,
    member              uuid        NOT NULL,
    mall                text        NOT NULL,
    currency            text        NOT NULL,
    purpose             text        NOT NULL,
    receipt_identifier  text        NOT NULL,
    state               text        NOT NULL,
    amount_minor        bigint      NOT NULL,
    left_minor          bigint      NOT NULL,
    at                  timestamptz NOT NULL,
    PRIMARY KEY (position, ordinal)
);
CREATE INDEX cash_receipt_in_time ON cash_receipt (mall, at, position, ordinal);
CREATE UNIQUE INDEX cash_receipt_given ON cash_receipt (payment) WHERE state = 'issued';
