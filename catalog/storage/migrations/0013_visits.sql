-- How often a product's page was opened on a day (as in Vietnam) through each channel: a number and nothing
-- about who. `day` is '' in the one row into which old days are summed.
CREATE TABLE visits (
    listing_id TEXT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    day TEXT NOT NULL,
    visits BIGINT NOT NULL CHECK (visits > 0),
    PRIMARY KEY (listing_id, channel, day)
);
CREATE INDEX visits_by_day ON visits (day);
