-- A show's posters as they were drawn last, one of each role: `spec_key` tells what they show.
CREATE TABLE show_pictures (
    show_id TEXT NOT NULL REFERENCES shows (id),
    role TEXT NOT NULL,
    spec_key TEXT NOT NULL,
    object_key TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (show_id, role)
);
CREATE INDEX show_pictures_by_object ON show_pictures (object_key);
