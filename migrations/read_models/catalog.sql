-- What shoppers find and merchants manage: products, SKUs, stock, categories. `position` is the log position of the last
-- commit of the aggregate that the row stands for.

-- The merchants whose products these are. A product is shown only while its merchant trades.
CREATE TABLE listing_merchant (
    merchant  uuid     PRIMARY KEY,
    name      text     NOT NULL,
    trades    boolean  NOT NULL,
    position  bigint   NOT NULL
);

-- One row per product. The list prices span its SKUs; between sale_from and sale_until some SKU may cost less, which
-- queries work out for the instant they are asked for.
CREATE TABLE listing (
    product          uuid         PRIMARY KEY,
    mall             text         NOT NULL,
    merchant         uuid         NOT NULL,
    currency         text         NOT NULL,
    name             text         NOT NULL,
    description      text,
    category         text         NOT NULL,
    axes             jsonb        NOT NULL,
    tax              text         NOT NULL,
    images           text[]       NOT NULL,
    purchase_limits  jsonb        NOT NULL,
    phase            text         NOT NULL,
    reason           text,
    suspended_by     text,
    drafted_at       timestamptz  NOT NULL,
    submitted_at     timestamptz,
    on_sale_since    timestamptz,
    price_min_minor  bigint       NOT NULL,
    price_max_minor  bigint       NOT NULL,
    sale_from        timestamptz,
    sale_until       timestamptz,
    in_stock         boolean      NOT NULL,
    sold             bigint       NOT NULL,
    position         bigint       NOT NULL
);
CREATE INDEX listing_on_sale ON listing (mall, category) WHERE phase = 'on_sale';
CREATE INDEX listing_newest ON listing (mall, on_sale_since DESC, product DESC) WHERE phase = 'on_sale';
CREATE INDEX listing_of_merchant ON listing (merchant, drafted_at, product);
CREATE INDEX listing_in_review ON listing (submitted_at, product) WHERE phase = 'in_review';

-- What search looks in, folded to lower case without accents, Hangul in single letters. Apart from `listing`, so that a
-- sale or a stock movement leaves these costly indexes alone.
CREATE TABLE listing_text (
    product  uuid  PRIMARY KEY,
    title    text  NOT NULL,
    words    text  NOT NULL
);
CREATE INDEX listing_text_title ON listing_text USING gin (title gin_trgm_ops);
CREATE INDEX listing_text_words ON listing_text USING gin (words gin_trgm_ops);

-- The buyable variants, in the merchant's order.
CREATE TABLE listing_sku (
    product           uuid    NOT NULL,
    sku               uuid    NOT NULL,
    place             bigint  NOT NULL,
    merchant_code     text    NOT NULL,
    options           text[]  NOT NULL,
    price_minor       bigint  NOT NULL,
    sale_price_minor  bigint,
    sale_from         timestamptz,
    sale_until        timestamptz,
    PRIMARY KEY (product, sku)
);
CREATE INDEX listing_sku_sku ON listing_sku (sku);

-- How many pieces there are of a SKU.
CREATE TABLE stock_level (
    sku        uuid    PRIMARY KEY,
    product    uuid    NOT NULL,
    merchant   uuid    NOT NULL,
    on_hand    bigint  NOT NULL,
    reserved   bigint  NOT NULL,
    available  bigint  NOT NULL,
    damaged    bigint  NOT NULL,
    position   bigint  NOT NULL
);
CREATE INDEX stock_level_of_merchant ON stock_level (merchant, sku);

-- Pieces of orders that are not paid yet; what is paid counts as sold.
CREATE TABLE unpaid_line (
    order_id  uuid    NOT NULL,
    product   uuid    NOT NULL,
    quantity  bigint  NOT NULL,
    PRIMARY KEY (order_id, product)
);

-- The standard classification, shared by all malls.
CREATE TABLE standard_category (
    code      text     PRIMARY KEY,
    name      text     NOT NULL,
    parent    text,
    retired   boolean  NOT NULL,
    position  bigint   NOT NULL
);
CREATE INDEX standard_category_parent ON standard_category (parent);

-- A mall's display tree; its version is one for all of its categories.
CREATE TABLE display_tree (
    mall      text    PRIMARY KEY,
    position  bigint  NOT NULL
);
CREATE TABLE display_category (
    mall      text     NOT NULL,
    category  uuid     NOT NULL,
    parent    uuid,
    name      text     NOT NULL,
    place     bigint   NOT NULL,
    sources   text[]   NOT NULL,
    hidden    boolean  NOT NULL,
    PRIMARY KEY (mall, category)
);
