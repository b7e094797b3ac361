-- Shipments: parcels to shoppers and pick-ups of what comes back. Never a plain address: the recipient is sealed.
CREATE TABLE shipment (
    shipment         uuid        PRIMARY KEY,
    order_id         uuid        NOT NULL,
    group_no         integer     NOT NULL,
    merchant         uuid        NOT NULL,
    mall             text        NOT NULL,
    purpose          text        NOT NULL,
    claim            uuid,
    status           text        NOT NULL,
    carrier          text,
    tracking_number  text,
    dispatch_due     timestamptz NOT NULL,
    delay_reason     text,
    delay_text       text,
    cancel_reason    text,
    requested_at     timestamptz NOT NULL,
    accepted_at      timestamptz,
    dispatched_at    timestamptz,
    delivered_at     timestamptz,
    cancelled_at     timestamptz,
    recipient        text        NOT NULL,
    position         bigint      NOT NULL
);
CREATE INDEX shipment_of_merchant ON shipment (merchant, requested_at DESC, shipment DESC);
CREATE INDEX shipment_of_merchant_by_status ON shipment (merchant, status, requested_at DESC, shipment DESC);
CREATE INDEX shipment_to_dispatch ON shipment (merchant, dispatch_due) WHERE dispatched_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX shipment_of_order ON shipment (order_id, requested_at);
CREATE INDEX shipment_by_tracking ON shipment (carrier, tracking_number);

CREATE TABLE shipment_line (
    shipment  uuid    NOT NULL,
    line_no   integer NOT NULL,
    sku       uuid    NOT NULL,
    quantity  bigint  NOT NULL,
    PRIMARY KEY (shipment, line_no)
);

-- What the carrier saw, late and out-of-order scans included.
CREATE TABLE shipment_scan (
    shipment     uuid        NOT NULL,
    scan         text        NOT NULL,
    status       text        NOT NULL,
    late         boolean     NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    position     bigint      NOT NULL,
    PRIMARY KEY (shipment, scan)
);
