-- Where a show's comments are read from, and how far. `address` is the network's id of the live video,
-- `chat` YouTube's id of its chat, `cursor` where the reading goes on.
CREATE TABLE show_sources (
    id TEXT PRIMARY KEY,
    show_id TEXT NOT NULL REFERENCES shows (id),
    network TEXT NOT NULL CHECK (network IN ('facebook', 'youtube')),
    account_id TEXT REFERENCES network_accounts (id),
    address TEXT NOT NULL,
    chat TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    cursor TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'reading', 'stopped')),
    reason TEXT NOT NULL DEFAULT '',
    wait_until_ms BIGINT,
    taken BIGINT NOT NULL DEFAULT 0,
    last_ms BIGINT,
    created_ms BIGINT NOT NULL,
    removed_ms BIGINT,
    CHECK (network <> 'facebook' OR account_id IS NOT NULL)
);
CREATE UNIQUE INDEX show_sources_once ON show_sources (show_id, network, address) WHERE removed_ms IS NULL;

-- Which comment of a network is which of the show, so that none is taken twice; erased with the comments.
-- `reply` is what came of the private message that a confirmed order sends.
CREATE TABLE source_comments (
    show_id TEXT NOT NULL REFERENCES shows (id),
    network TEXT NOT NULL,
    external_id TEXT NOT NULL,
    source_id TEXT NOT NULL REFERENCES show_sources (id),
    comment_id TEXT UNIQUE,
    at_ms BIGINT NOT NULL,
    reply TEXT NOT NULL DEFAULT '' CHECK (reply IN ('', 'waiting', 'sending', 'sent', 'failed', 'late', 'unknown')),
    reply_reason TEXT NOT NULL DEFAULT '',
    reply_ms BIGINT,
    PRIMARY KEY (show_id, network, external_id)
);

-- A household's key for reading YouTube, encrypted, and how many of the day's units it has used.
CREATE TABLE youtube_keys (
    household_id TEXT PRIMARY KEY REFERENCES households (id),
    sealed TEXT NOT NULL,
    day TEXT NOT NULL DEFAULT '',
    units BIGINT NOT NULL DEFAULT 0,
    changed_ms BIGINT NOT NULL
);
