-- Orders as shoppers, merchants and operators see them. Amounts are minor units of the order's currency. Who receives a gift
-- is not here: its buyer never sees that. A gift's status is what the gift's own events say; the order may have ended since.
CREATE TABLE order_head (
    order_id              uuid        PRIMARY KEY,
    mall                  text        NOT NULL,
    member                uuid        NOT NULL,
    status                text        NOT NULL,
    currency              text        NOT NULL,
    goods_total_minor     bigint      NOT NULL,
    discount_total_minor  bigint      NOT NULL,
    points_total_minor    bigint      NOT NULL,
    shipping_total_minor  bigint      NOT NULL,
    total_minor           bigint      NOT NULL,
    payment               uuid        NOT NULL,
    payment_due           timestamptz NOT NULL,
    confirm_after_days    integer     NOT NULL,
    confirmation_held     boolean     NOT NULL,
    held_until            timestamptz,
    placed_at             timestamptz NOT NULL,
    paid_at               timestamptz,
    closed_at             timestamptz,
    recipient             text,
    memo                  text,
    gift_status           text,
    gift_card             text,
    accept_by             timestamptz,
    position              bigint      NOT NULL
);
CREATE INDEX order_head_of_member ON order_head (member, placed_at DESC, order_id DESC);
CREATE INDEX order_head_by_time ON order_head (placed_at DESC, order_id DESC);
CREATE INDEX order_head_by_status ON order_head (mall, status, placed_at DESC, order_id DESC);
CREATE INDEX order_head_of_status ON order_head (status, placed_at DESC, order_id DESC);

-- A line as placed, and in which bucket its pieces are: the eight buckets add up to the quantity. `claimed` counts the
-- pieces that open claims hold, whatever bucket they are in.
CREATE TABLE order_line (
    order_id                 uuid    NOT NULL,
    line_no                  integer NOT NULL,
    group_no                 integer NOT NULL,
    merchant                 uuid    NOT NULL,
    product                  uuid    NOT NULL,
    sku                      uuid    NOT NULL,
    name                     text    NOT NULL,
    options                  text[]  NOT NULL,
    category                 text    NOT NULL,
    taxable                  boolean NOT NULL,
    source                   jsonb   NOT NULL,
    quantity                 bigint  NOT NULL,
    unit_price_minor         bigint  NOT NULL,
    discount_merchant_minor  bigint  NOT NULL,
    discount_platform_minor  bigint  NOT NULL,
    points_minor             bigint  NOT NULL,
    shipping_minor           bigint  NOT NULL,
    paid_minor               bigint  NOT NULL,
    vat_minor                bigint,
    ordered                  bigint  NOT NULL,
    preparing                bigint  NOT NULL,
    shipped                  bigint  NOT NULL,
    delivered                bigint  NOT NULL,
    confirmed                bigint  NOT NULL,
    cancelled                bigint  NOT NULL,
    returned                 bigint  NOT NULL,
    exchanged                bigint  NOT NULL,
    claimed                  bigint  NOT NULL,
    PRIMARY KEY (order_id, line_no)
);

-- The delivery groups of an order with their fees.
CREATE TABLE order_group (
    order_id          uuid    NOT NULL,
    group_no          integer NOT NULL,
    merchant          uuid    NOT NULL,
    fee_minor         bigint  NOT NULL,
    surcharge_minor   bigint  NOT NULL,
    vat_minor         bigint,
    free_over_minor   bigint,
    waived_fee_minor  bigint  NOT NULL,
    return_fee_minor  bigint  NOT NULL,
    PRIMARY KEY (order_id, group_no)
);

-- Which merchants an order buys from: a merchant's list in its order.
CREATE TABLE order_merchant (
    merchant   uuid        NOT NULL,
    placed_at  timestamptz NOT NULL,
    order_id   uuid        NOT NULL,
    PRIMARY KEY (merchant, placed_at, order_id)
);

-- The payments of orders. A table of its own, since a payment's first commit may stand before its order's.
CREATE TABLE order_payment (
    payment         uuid   PRIMARY KEY,
    order_id        uuid   NOT NULL,
    status          text   NOT NULL,
    methods         text[] NOT NULL,
    amount_minor    bigint NOT NULL,
    refunded_minor  bigint NOT NULL,
    position        bigint NOT NULL
);
