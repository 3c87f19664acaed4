-- A show is announced on networks as a listing or a village's digest is: a row is about one of the three.
-- The table is made anew, because SQLite can't change what a column may hold.
CREATE TABLE sendings_anew (
    id TEXT PRIMARY KEY,
    household_id TEXT REFERENCES households (id),
    listing_id TEXT REFERENCES listings (id),
    village_id TEXT REFERENCES villages (id),
    show_id TEXT REFERENCES shows (id),
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
    CHECK ((household_id IS NULL) <> (village_id IS NULL)),
    CHECK (listing_id IS NULL OR (household_id IS NOT NULL AND show_id IS NULL)),
    CHECK (listing_id IS NOT NULL OR show_id IS NOT NULL OR village_id IS NOT NULL)
);
INSERT INTO sendings_anew (id, household_id, listing_id, village_id, account_id, shape, form_key, state, due_ms, price_vnd,
    tries, looks, turn, begun, kept, text, reason, detail, link, asked_by, created_ms, changed_ms)
SELECT id, household_id, listing_id, village_id, account_id, shape, form_key, state, due_ms, price_vnd,
    tries, looks, turn, begun, kept, text, reason, detail, link, asked_by, created_ms, changed_ms FROM sendings;
DROP TABLE sendings;
ALTER TABLE sendings_anew RENAME TO sendings;
CREATE UNIQUE INDEX sendings_by_form ON sendings (account_id, shape, form_key);
CREATE UNIQUE INDEX sendings_on_their_way ON sendings (account_id, shape, COALESCE(listing_id, show_id, ''))
    WHERE state IN ('waiting', 'sending') AND show_id IS NULL;
-- A show may be told of several times, the day before and again an hour before, but not twice at one moment.
CREATE UNIQUE INDEX sendings_of_show_on_their_way ON sendings (account_id, shape, show_id, due_ms)
    WHERE state IN ('waiting', 'sending') AND show_id IS NOT NULL;
CREATE INDEX sendings_of_household ON sendings (household_id, changed_ms);
CREATE INDEX sendings_of_listing ON sendings (listing_id, created_ms);
CREATE INDEX sendings_of_village ON sendings (village_id, changed_ms);
CREATE INDEX sendings_of_show ON sendings (show_id, created_ms);
CREATE INDEX sendings_of_account ON sendings (account_id, state);

-- What a person wrote to tell of a show, and for which hour.
CREATE TABLE show_texts (
    show_id TEXT NOT NULL REFERENCES shows (id),
    network TEXT NOT NULL,
    text TEXT NOT NULL,
    starts_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (show_id, network)
);

-- A team's show: whose village's team it is. `household_id` stays the household that it was planned from.
ALTER TABLE shows ADD COLUMN village_id TEXT REFERENCES villages (id);
CREATE INDEX shows_of_village ON shows (village_id, starts_ms);

-- Each household's word whether its goods are sold on a team's show.
CREATE TABLE show_consents (
    show_id TEXT NOT NULL REFERENCES shows (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    code TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'later', 'withdrawn', 'replaced')),
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    answered_by TEXT REFERENCES people (id),
    PRIMARY KEY (show_id, household_id)
);
CREATE INDEX show_consents_of_household ON show_consents (household_id, state);
