-- What is sold. Amounts are whole base units: grams for weights, pieces for the rest.
CREATE TABLE listings (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    household_id TEXT NOT NULL REFERENCES households (id),
    kind TEXT NOT NULL CHECK (kind IN ('grapefruit', 'mango', 'dried_meat', 'other')),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    price_vnd BIGINT NOT NULL CHECK (price_vnd > 0),
    unit TEXT NOT NULL,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    place TEXT NOT NULL DEFAULT '',
    packed_on TEXT,
    best_before TEXT,
    ingredients TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'published', 'withdrawn')),
    created_by TEXT REFERENCES people (id),
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    published_ms BIGINT
);
CREATE INDEX listings_of_household ON listings (household_id, created_ms);
CREATE INDEX listings_for_sale ON listings (state, published_ms);

-- A photo belongs to a draft until the listing it was taken for exists.
CREATE TABLE photos (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_id TEXT REFERENCES listings (id),
    upload_key TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    object_key TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_ms BIGINT NOT NULL,
    UNIQUE (household_id, upload_key)
);
CREATE INDEX photos_of_listing ON photos (listing_id, position);
CREATE INDEX photos_unclaimed ON photos (created_ms) WHERE listing_id IS NULL;

-- Finished pictures, clips and signs, and the small page pictures of one photo.
-- spec_key says what went in, so the same work is never done twice.
CREATE TABLE media_files (
    id TEXT PRIMARY KEY,
    listing_id TEXT REFERENCES listings (id),
    photo_id TEXT REFERENCES photos (id),
    role TEXT NOT NULL,
    spec_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    content_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
    created_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX media_files_of_listing ON media_files (listing_id, role, spec_key);
CREATE INDEX media_files_of_photo ON media_files (photo_id, role);
CREATE INDEX media_files_by_object ON media_files (object_key);

-- What a helper asks the household: to publish, or to change a price.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    household_id TEXT NOT NULL REFERENCES households (id),
    listing_id TEXT NOT NULL REFERENCES listings (id),
    verb TEXT NOT NULL CHECK (verb IN ('publish', 'price')),
    old_price_vnd BIGINT,
    new_price_vnd BIGINT,
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_ms BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'later', 'withdrawn', 'replaced')),
    answered_ms BIGINT,
    answered_by TEXT REFERENCES people (id)
);
CREATE INDEX consents_of_listing ON consents (listing_id, asked_ms);
CREATE INDEX consents_of_household ON consents (household_id, state);

CREATE TABLE post_texts (
    listing_id TEXT NOT NULL REFERENCES listings (id),
    network TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (listing_id, network)
);
