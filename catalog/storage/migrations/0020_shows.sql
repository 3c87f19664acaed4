-- Live shows: what is shown in which order, everything that happened in one row of numbered events,
-- the comments for as long as they are needed, and the drafts of orders that were read from them.
CREATE TABLE shows (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    household_id TEXT NOT NULL REFERENCES households (id),
    title TEXT NOT NULL,
    starts_ms BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'live', 'ended')),
    note TEXT NOT NULL DEFAULT '',
    helpers_see_phones INTEGER NOT NULL DEFAULT 0,
    pinned TEXT NOT NULL DEFAULT '',
    last_event BIGINT NOT NULL DEFAULT 0,
    last_comment BIGINT NOT NULL DEFAULT 0,
    started_ms BIGINT,
    ended_ms BIGINT,
    created_by TEXT REFERENCES people (id),
    created_ms BIGINT NOT NULL
);
CREATE INDEX shows_of_household ON shows (household_id, starts_ms);

CREATE TABLE show_items (
    show_id TEXT NOT NULL REFERENCES shows (id),
    pin TEXT NOT NULL,
    position INTEGER NOT NULL,
    listing_id TEXT NOT NULL REFERENCES listings (id),
    points TEXT NOT NULL DEFAULT '',
    flash_vnd BIGINT CHECK (flash_vnd > 0),
    flash_until_ms BIGINT,
    before_vnd BIGINT,
    PRIMARY KEY (show_id, pin),
    UNIQUE (show_id, listing_id)
);

-- `detail` is JSON without anybody's name, number or words.
CREATE TABLE show_events (
    show_id TEXT NOT NULL REFERENCES shows (id),
    number BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    person_id TEXT REFERENCES people (id),
    PRIMARY KEY (show_id, number)
);

CREATE TABLE show_comments (
    id TEXT PRIMARY KEY,
    show_id TEXT NOT NULL REFERENCES shows (id),
    number BIGINT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('facebook', 'youtube', 'paste', 'typed', 'page')),
    author TEXT NOT NULL,
    folded TEXT NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    reading TEXT NOT NULL,
    UNIQUE (show_id, number)
);
CREATE INDEX show_comments_of_author ON show_comments (show_id, folded, number);

-- `items` is JSON: what the draft asks for; `held` is JSON: the goods that were taken off the stall for it.
CREATE TABLE show_drafts (
    id TEXT PRIMARY KEY,
    show_id TEXT NOT NULL REFERENCES shows (id),
    comment_id TEXT NOT NULL REFERENCES show_comments (id),
    about_id TEXT,
    intent TEXT NOT NULL,
    items TEXT NOT NULL,
    candidates TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    unsure TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'refused')),
    version INTEGER NOT NULL DEFAULT 1,
    held TEXT NOT NULL DEFAULT '[]',
    hold_until_ms BIGINT,
    claim TEXT UNIQUE,
    person_id TEXT REFERENCES people (id),
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);
CREATE INDEX show_drafts_of_show ON show_drafts (show_id, state, created_ms);
CREATE INDEX show_drafts_of_comment ON show_drafts (comment_id);

-- Which orders a show brought; they outlive its comments and drafts. An open claim is an order to be completed.
CREATE TABLE show_orders (
    order_id TEXT PRIMARY KEY REFERENCES orders (id),
    show_id TEXT NOT NULL REFERENCES shows (id),
    pin TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    draft_id TEXT,
    claim TEXT,
    claimed_ms BIGINT
);
CREATE INDEX show_orders_of_show ON show_orders (show_id, at_ms);
CREATE INDEX show_orders_by_claim ON show_orders (claim);

CREATE TABLE show_viewers (
    show_id TEXT NOT NULL REFERENCES shows (id),
    minute_ms BIGINT NOT NULL,
    viewers INTEGER NOT NULL,
    PRIMARY KEY (show_id, minute_ms)
);

-- Where else a show goes out. `sealed` holds the address with its stream key, encrypted, shown to nobody.
CREATE TABLE show_destinations (
    id TEXT PRIMARY KEY,
    show_id TEXT NOT NULL REFERENCES shows (id),
    title TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    removed_ms BIGINT
);
CREATE INDEX show_destinations_of_show ON show_destinations (show_id, created_ms);
