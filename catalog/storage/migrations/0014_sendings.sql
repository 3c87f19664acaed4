-- Networks that a household (or a village, for its digest) has connected. `sealed` holds the tokens, encrypted.
CREATE TABLE network_accounts (
    id TEXT PRIMARY KEY,
    household_id TEXT REFERENCES households (id),
    village_id TEXT REFERENCES villages (id),
    network TEXT NOT NULL CHECK (network IN ('facebook', 'zalo', 'webhook')),
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    link TEXT NOT NULL DEFAULT '',
    shapes TEXT NOT NULL,
    sealed TEXT NOT NULL,
    trouble TEXT NOT NULL DEFAULT '',
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    removed_ms BIGINT,
    CHECK ((household_id IS NULL) <> (village_id IS NULL))
);
CREATE INDEX network_accounts_of_household ON network_accounts (household_id, created_ms);
CREATE INDEX network_accounts_of_village ON network_accounts (village_id, created_ms);

-- Posts on their way to a network, and what came of them. `kept` are the outcomes of finished steps (JSON),
-- `begun` the step that may be half done, `turn` whoever works on it now, `looks` how often it was looked for.
-- A village's digest goes out as a listing's post does: a row is one or the other.
CREATE TABLE sendings (
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
CREATE UNIQUE INDEX sendings_by_form ON sendings (account_id, shape, form_key);
CREATE UNIQUE INDEX sendings_on_their_way ON sendings (account_id, shape, COALESCE(listing_id, ''))
    WHERE state IN ('waiting', 'sending');
CREATE INDEX sendings_of_household ON sendings (household_id, changed_ms);
CREATE INDEX sendings_of_listing ON sendings (listing_id, created_ms);
CREATE INDEX sendings_of_village ON sendings (village_id, changed_ms);
CREATE INDEX sendings_of_account ON sendings (account_id, state);
