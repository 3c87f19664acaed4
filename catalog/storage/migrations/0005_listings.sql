-- What a listing's pictures were made from: the newest wish, and the stock that they say.
ALTER TABLE listings ADD COLUMN render_key TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN stock_said TEXT NOT NULL DEFAULT '';

-- A form's own key, so that sending it twice makes one listing.
ALTER TABLE listings ADD COLUMN draft_key TEXT;
CREATE UNIQUE INDEX listings_by_draft ON listings (household_id, draft_key);
