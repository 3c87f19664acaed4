-- What is bought. `request_key` makes a repeat harmless; `token` opens the buyer's private page.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL UNIQUE,
    request_key TEXT NOT NULL UNIQUE,
    listing_id TEXT NOT NULL REFERENCES listings (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_name TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    unit TEXT NOT NULL,
    unit_price_vnd BIGINT NOT NULL CHECK (unit_price_vnd > 0),
    total_vnd BIGINT NOT NULL CHECK (total_vnd > 0),
    buyer_name TEXT NOT NULL,
    buyer_phone TEXT NOT NULL,
    buyer_place TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    delivery TEXT NOT NULL CHECK (delivery IN ('pickup', 'coach', 'post')),
    payment TEXT NOT NULL CHECK (payment IN ('transfer', 'cash', 'cod')),
    channel TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('placed', 'confirmed', 'handed_over', 'done', 'cancelled', 'expired')),
    payment_state TEXT NOT NULL CHECK (payment_state IN ('unpaid', 'part_paid', 'paid', 'overpaid')),
    paid_vnd BIGINT NOT NULL DEFAULT 0,
    paid_ms BIGINT,
    hold_until_ms BIGINT,
    cancel_reason TEXT NOT NULL DEFAULT '',
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);
CREATE INDEX orders_of_household ON orders (household_id, created_ms);
CREATE INDEX orders_of_listing ON orders (listing_id, created_ms);
CREATE INDEX orders_held ON orders (hold_until_ms) WHERE state = 'placed' AND hold_until_ms IS NOT NULL;

CREATE TABLE order_events (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at_ms BIGINT NOT NULL,
    what TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX order_events_of_order ON order_events (order_id, at_ms);

-- A bank's or a service's way in: a random id in the address, whose own key verifies.
CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    provider TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('apikey', 'hmac')),
    secret TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    last_ms BIGINT,
    removed_ms BIGINT
);
CREATE INDEX webhook_endpoints_of_household ON webhook_endpoints (household_id);

-- Money that came in, as the bank told it. The same transfer is kept once.
CREATE TABLE transfers (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    provider TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    account_number TEXT NOT NULL,
    amount_vnd BIGINT NOT NULL,
    content TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    at_text TEXT NOT NULL DEFAULT '',
    received_ms BIGINT NOT NULL,
    order_id TEXT REFERENCES orders (id),
    state TEXT NOT NULL CHECK (state IN ('matched', 'review', 'unmatched', 'outgoing', 'settled')),
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (endpoint_id, provider_id)
);
CREATE INDEX transfers_of_household ON transfers (household_id, received_ms);
CREATE INDEX transfers_of_order ON transfers (order_id);
