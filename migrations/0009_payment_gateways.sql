-- Captures of the sandbox gateway that wait for the shopper may come to nothing: not authenticated, or given up.
ALTER TABLE sandbox_capture ADD COLUMN refused boolean NOT NULL DEFAULT false;

-- Which payment intent of Stripe belongs to which idempotency key of ours, written before it can take any money. Without a
-- row, nothing was ever confirmed under the key.
CREATE TABLE stripe_intent (
    key        text         PRIMARY KEY,
    intent     text         NOT NULL UNIQUE,
    opened_at  timestamptz  NOT NULL DEFAULT now()
);
