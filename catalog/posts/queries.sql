-- name: texts_of_listing
SELECT network, text FROM post_texts WHERE listing_id = :listing_id;

-- name: keep_text!
INSERT INTO post_texts (listing_id, network, text, changed_ms) VALUES (:listing_id, :network, :text, :now_ms)
ON CONFLICT (listing_id, network) DO UPDATE SET text = excluded.text, changed_ms = excluded.changed_ms;

-- name: forget_text!
DELETE FROM post_texts WHERE listing_id = :listing_id AND network = :network;

-- name: orders_by_channel
SELECT channel, COUNT(*) AS orders FROM orders
WHERE listing_id = :listing_id AND state NOT IN ('cancelled', 'expired') GROUP BY channel;

-- name: rank_of_listing^
SELECT COUNT(*) AS rank FROM listings
WHERE household_id = :household_id AND (created_ms < :created_ms OR (created_ms = :created_ms AND id < :id));
