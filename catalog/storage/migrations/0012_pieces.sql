-- Short pieces of video for a listing's clip, in the order in which they were added.
CREATE TABLE pieces (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_id TEXT NOT NULL REFERENCES listings (id),
    upload_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    position INTEGER NOT NULL,
    created_ms BIGINT NOT NULL,
    UNIQUE (household_id, upload_key),
    UNIQUE (listing_id, object_key)
);
CREATE INDEX pieces_by_object ON pieces (object_key);
