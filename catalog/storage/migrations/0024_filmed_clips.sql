-- Clips that were filmed rather than drawn of photos, as drafts of posts: `origin` is what they were cut from, `lines`
-- (JSON) their captions, `covered` the share of the source's height that is not to be seen, `price_vnd` the price they show.
CREATE TABLE filmed_clips (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_id TEXT NOT NULL REFERENCES listings (id),
    origin TEXT NOT NULL,
    title TEXT NOT NULL,
    shown_ms BIGINT NOT NULL,
    lines TEXT NOT NULL,
    covered DOUBLE PRECISION NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'failed')),
    price_vnd BIGINT,
    until_ms BIGINT,
    created_ms BIGINT NOT NULL,
    UNIQUE (origin, listing_id)
);
CREATE INDEX filmed_clips_of_listing ON filmed_clips (listing_id, created_ms);

-- `role` is source, clip or poster.
CREATE TABLE filmed_files (
    filmed_id TEXT NOT NULL REFERENCES filmed_clips (id),
    role TEXT NOT NULL,
    object_key TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (filmed_id, role)
);
CREATE INDEX filmed_files_by_object ON filmed_files (object_key);
