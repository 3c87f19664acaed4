-- What a listing is certified for, as the paper says it. A certificate is shown while it is valid.
CREATE TABLE certificates (
    listing_id TEXT NOT NULL REFERENCES listings (id),
    kind TEXT NOT NULL CHECK (kind IN ('ocop', 'vietgap')),
    stars INTEGER NOT NULL DEFAULT 0,
    number TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    PRIMARY KEY (listing_id, kind)
);
CREATE INDEX certificates_by_end ON certificates (valid_until);
ALTER TABLE listings ADD COLUMN harvested_on TEXT;
