-- A village's digest goes out as a listing's post does: a row is one or the other.
CREATE TABLE sendings_of_all (
    id TEXT PRIMARY KEY,
    household_id TEXT REFERENCES households (id),
    listing_id TEXT REFERENCES listings (id),
    village_id TEXT REFERENCES villages (id),
    account_id TEXT NOT NULL REFERENCES network_accounts (id),
    shape TEXT NOT NULL,
    form_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'failed', 'cancelled', 'unknown')),
    due_ms BIGINT NOT NULL,
    price_vnd BIGINT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    looks INTEGER NOT NULL DEFAULT 0,
    turn TEXT NOT NULL DEFAULT '',
    begun TEXT NOT NULL DEFAULT '',
    kept TEXT NOT NULL DEFAULT '{}',
    text TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    asked_by TEXT REFERENCES people (id),
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    CHECK ((listing_id IS NULL) = (village_id IS NOT NULL)),
    CHECK ((listing_id IS NULL) = (household_id IS NULL))
);
INSERT INTO sendings_of_all (id, household_id, listing_id, village_id, account_id, shape, form_key, state, due_ms, price_vnd,
    tries, looks, turn, begun, kept, text, reason, detail, link, asked_by, created_ms, changed_ms)
SELECT id, household_id, listing_id, NULL, account_id, shape, form_key, state, due_ms, price_vnd, tries, looks, turn, begun,
    kept, text, reason, detail, link, asked_by, created_ms, changed_ms FROM sendings;
DROP TABLE sendings;
ALTER TABLE sendings_of_all RENAME TO sendings;
CREATE UNIQUE INDEX sendings_by_form ON sendings (account_id, shape, form_key);
CREATE UNIQUE INDEX sendings_on_their_way ON sendings (account_id, shape, COALESCE(listing_id, ''))
    WHERE state IN ('waiting', 'sending');
CREATE INDEX sendings_of_household ON sendings (household_id, changed_ms);
CREATE INDEX sendings_of_listing ON sendings (listing_id, created_ms);
CREATE INDEX sendings_of_village ON sendings (village_id, changed_ms);
CREATE INDEX sendings_of_account ON sendings (account_id, state);
