-- Campaigns and the coupons that they handed out. Amounts are minor units of the campaign's currency. `position` is the log
-- position of the last commit of the aggregate.

-- A campaign: what it says never changes. `held`, `used` and `revoked` count its coupons as they stand, `given_back` how
-- often one came back; `discount_minor` is what the used ones took off. Without a merchant it is the platform's own.
CREATE TABLE campaign (
    campaign             uuid        PRIMARY KEY,
    mall                 text        NOT NULL,
    merchant             uuid,
    name                 text        NOT NULL,
    currency             text        NOT NULL,
    benefit              jsonb       NOT NULL,
    minimum_spend_minor  bigint      NOT NULL,
    scope                jsonb       NOT NULL,
    funding              jsonb       NOT NULL,
    stackable            boolean     NOT NULL,
    back_at_cancel       boolean     NOT NULL,
    distribution         text        NOT NULL,
    code                 text,
    total                bigint,
    per_member           bigint      NOT NULL,
    begins_at            timestamptz NOT NULL,
    ends_at              timestamptz NOT NULL,
    valid_days           integer,
    phase                text        NOT NULL,
    issued               bigint      NOT NULL,
    held                 bigint      NOT NULL,
    used                 bigint      NOT NULL,
    given_back           bigint      NOT NULL,
    revoked              bigint      NOT NULL,
    discount_minor       bigint      NOT NULL,
    launched_at          timestamptz NOT NULL,
    position             bigint      NOT NULL
);
CREATE INDEX campaign_newest ON campaign (launched_at DESC, campaign DESC);
CREATE INDEX campaign_of_merchant ON campaign (merchant, launched_at DESC, campaign DESC);
CREATE INDEX campaign_to_take ON campaign (mall, launched_at DESC, campaign DESC)
    WHERE phase = 'running' AND distribution = 'download';

-- A member's coupon. The order and the discount are of the order that holds or used it; `given_back` counts how often it
-- came back from a cancelled one.
CREATE TABLE coupon (
    coupon          uuid        PRIMARY KEY,
    campaign        uuid        NOT NULL,
    member          uuid        NOT NULL,
    nth             bigint      NOT NULL,
    phase           text        NOT NULL,
    order_id        uuid,
    discount_minor  bigint      NOT NULL,
    given_back      bigint      NOT NULL,
    valid_from      timestamptz NOT NULL,
    valid_until     timestamptz NOT NULL,
    issued_at       timestamptz NOT NULL,
    used_at         timestamptz,
    position        bigint      NOT NULL
);
CREATE INDEX coupon_of_member ON coupon (member, issued_at DESC, coupon DESC);
CREATE INDEX coupon_of_campaign ON coupon (campaign, issued_at DESC, coupon DESC);
CREATE INDEX coupon_of_both ON coupon (member, campaign);
