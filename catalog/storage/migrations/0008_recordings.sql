-- The seller's own voice for a listing's clip, and what it says in writing.
CREATE TABLE recordings (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_id TEXT NOT NULL REFERENCES listings (id),
    upload_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    created_ms BIGINT NOT NULL,
    UNIQUE (household_id, upload_key)
);
CREATE INDEX recordings_of_listing ON recordings (listing_id, created_ms);
CREATE INDEX recordings_by_object ON recordings (object_key);
ALTER TABLE listings ADD COLUMN captions TEXT NOT NULL DEFAULT '';

-- The point of a photo that stays in sight whatever shape it is cut to: thousandths of its width and height.
ALTER TABLE photos ADD COLUMN focus_x INTEGER;
ALTER TABLE photos ADD COLUMN focus_y INTEGER;
