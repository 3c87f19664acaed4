-- name: goods_of_village
SELECT listings.*, households.code AS household_code, households.name AS household_name,
    households.phone AS household_phone, households.place AS household_place
FROM listings JOIN households ON households.id = listings.household_id
WHERE households.village_id = :village_id AND listings.state = 'published' AND listings.on_hand > 0
    AND (listings.best_before IS NULL OR listings.best_before >= :today)
ORDER BY households.folded, households.id, listings.published_ms DESC, listings.id DESC LIMIT :most;

-- name: tiers_of_village
SELECT tiers.* FROM tiers JOIN listings ON listings.id = tiers.listing_id
JOIN households ON households.id = listings.household_id
WHERE households.village_id = :village_id AND listings.state = 'published' ORDER BY tiers.listing_id, tiers.from_amount;

-- name: picture_of_village^
SELECT spec_key, object_key FROM village_pictures WHERE village_id = :village_id;

-- name: keep_picture!
INSERT INTO village_pictures (village_id, spec_key, object_key, created_ms)
VALUES (:village_id, :spec_key, :object_key, :now_ms)
ON CONFLICT (village_id) DO UPDATE SET spec_key = excluded.spec_key, object_key = excluded.object_key,
    created_ms = excluded.created_ms;

-- name: recording_of_village^
SELECT * FROM village_recordings WHERE village_id = :village_id;

-- name: keep_recording!
INSERT INTO village_recordings (id, village_id, upload_key, object_key, seconds, created_ms)
VALUES (:id, :village_id, :upload_key, :object_key, :seconds, :now_ms)
ON CONFLICT (village_id) DO UPDATE SET id = excluded.id, upload_key = excluded.upload_key,
    object_key = excluded.object_key, seconds = excluded.seconds, created_ms = excluded.created_ms;

-- name: drop_recording^
DELETE FROM village_recordings WHERE village_id = :village_id RETURNING object_key;
