-- What is left of a show's pictures: the whole, and the piece of each pin, cut at its end. A recording that has
-- to make room is told so before: `forget_ms` is when it goes.
CREATE TABLE show_recordings (
    show_id TEXT PRIMARY KEY REFERENCES shows (id),
    seconds DOUBLE PRECISION NOT NULL,
    cut_ms BIGINT NOT NULL,
    forget_ms BIGINT
);

CREATE TABLE show_pieces (
    show_id TEXT NOT NULL REFERENCES shows (id),
    number INTEGER NOT NULL,
    pin TEXT NOT NULL,
    listing_id TEXT NOT NULL REFERENCES listings (id),
    seconds DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (show_id, number)
);
CREATE INDEX show_pieces_of_listing ON show_pieces (listing_id);
