-- Other prices of a listing by amount, in whole base units: from that amount on one unit costs `price_vnd`, or
-- exactly that amount costs `total_vnd`.
CREATE TABLE tiers (
    listing_id TEXT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    from_amount BIGINT NOT NULL CHECK (from_amount > 0),
    price_vnd BIGINT CHECK (price_vnd > 0),
    total_vnd BIGINT CHECK (total_vnd > 0),
    PRIMARY KEY (listing_id, from_amount),
    CHECK ((price_vnd IS NULL) <> (total_vnd IS NULL))
);

-- The least that is sold at once, in base units; 0 where any amount is.
ALTER TABLE listings ADD COLUMN min_order BIGINT NOT NULL DEFAULT 0 CHECK (min_order >= 0);

-- The tiers that a question about prices found and asked for, as JSON; NULL where only the price was asked.
ALTER TABLE consents ADD COLUMN old_tiers TEXT;
ALTER TABLE consents ADD COLUMN new_tiers TEXT;
