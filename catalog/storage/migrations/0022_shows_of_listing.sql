-- A listing is looked up among the shows whenever it changes.
CREATE INDEX show_items_of_listing ON show_items (listing_id);
