-- Claims: cancels and returns with their quote, an estimate until the refund starts. Amounts are minor units of the claim's currency.
CREATE TABLE claim (
    claim                    uuid        PRIMARY KEY,
    order_id                 uuid        NOT NULL,
    payment                  uuid        NOT NULL,
    mall                     text        NOT NULL,
    member                   uuid        NOT NULL,
    currency                 text        NOT NULL,
    kind                     text        NOT NULL,
    reason                   text        NOT NULL,
    fault                    text        NOT NULL,
    requested_by             text        NOT NULL,
    accepted                 boolean     NOT NULL,
    phase                    text        NOT NULL,
    goods_minor              bigint      NOT NULL,
    shipping_minor           bigint      NOT NULL,
    return_fee_minor         bigint      NOT NULL,
    shipping_deducted_minor  bigint      NOT NULL,
    total_minor              bigint      NOT NULL,
    unpaid_fee_minor         bigint      NOT NULL,
    refund                   uuid,
    refunded_minor           bigint      NOT NULL,
    pickup                   uuid,
    refusal                  text,
    hold_reason              text,
    hold_duty                text,
    hold_due                 timestamptz,
    requested_at             timestamptz NOT NULL,
    closed_at                timestamptz,
    position                 bigint      NOT NULL
);
CREATE INDEX claim_of_member ON claim (member, requested_at DESC, claim DESC);
CREATE INDEX claim_of_order ON claim (order_id, requested_at);
CREATE INDEX claim_open ON claim (requested_at, claim) WHERE closed_at IS NULL;
CREATE INDEX claim_by_phase ON claim (phase, requested_at, claim);

-- Runs of pieces of a line: a line comes more than once where its free pieces had gaps.
CREATE TABLE claim_line (
    claim         uuid    NOT NULL,
    line_no       integer NOT NULL,
    first_piece   bigint  NOT NULL,
    group_no      integer NOT NULL,
    sku           uuid    NOT NULL,
    merchant      uuid    NOT NULL,
    quantity      bigint  NOT NULL,
    amount_minor  bigint  NOT NULL,
    PRIMARY KEY (claim, line_no, first_piece)
);

-- Which merchants a claim concerns: a merchant's list in its order.
CREATE TABLE claim_merchant (
    merchant      uuid        NOT NULL,
    requested_at  timestamptz NOT NULL,
    claim         uuid        NOT NULL,
    PRIMARY KEY (merchant, requested_at, claim)
);
