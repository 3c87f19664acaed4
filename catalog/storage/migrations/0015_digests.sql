-- A village's digest: the newest picture of what is for sale, and what its head reads out. One of each a village.
CREATE TABLE village_pictures (
    village_id TEXT PRIMARY KEY REFERENCES villages (id),
    spec_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE INDEX village_pictures_by_object ON village_pictures (object_key);

CREATE TABLE village_recordings (
    id TEXT PRIMARY KEY,
    village_id TEXT NOT NULL UNIQUE REFERENCES villages (id),
    upload_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE INDEX village_recordings_by_object ON village_recordings (object_key);
