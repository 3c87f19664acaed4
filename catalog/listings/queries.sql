-- name: add_listing^
INSERT INTO listings (id, code, household_id, kind, name, folded, price_vnd, unit, on_hand, place, packed_on,
    best_before, ingredients, min_order, state, created_by, created_ms, changed_ms, published_ms, draft_key)
VALUES (:id, :code, :household_id, :kind, :name, :folded, :price_vnd, :unit, :on_hand, :place, :packed_on,
    :best_before, :ingredients, :min_order, :state, :created_by, :now_ms, :now_ms, :published_ms, :draft_key)
ON CONFLICT (household_id, draft_key) DO NOTHING RETURNING id;

-- name: listing_by_code^
SELECT * FROM listings WHERE code = :code;

-- name: listing_by_id^
SELECT * FROM listings WHERE id = :id;

-- name: listings_of_household
SELECT * FROM listings WHERE household_id = :household_id ORDER BY created_ms DESC, id DESC LIMIT :most;

-- name: listings_for_sale
SELECT listings.*, households.code AS household_code, households.name AS household_name
FROM listings JOIN households ON households.id = listings.household_id
WHERE listings.state = 'published' AND listings.published_ms < :before_ms
ORDER BY listings.published_ms DESC, listings.id DESC LIMIT :most;

-- name: other_goods
SELECT * FROM listings
WHERE household_id = :household_id AND state = 'published' AND on_hand > 0 AND id <> :id
ORDER BY published_ms DESC LIMIT :most;

-- name: product_page^
SELECT listings.*, households.code AS household_code, households.name AS household_name,
    households.phone AS household_phone, households.place AS household_place, households.village_id,
    accounts.bank_bin, accounts.account_number, accounts.account_name,
    ocop.stars AS ocop_stars, ocop.number AS ocop_number, ocop.valid_until AS ocop_until,
    vietgap.number AS vietgap_number, vietgap.valid_until AS vietgap_until
FROM listings
JOIN households ON households.id = listings.household_id
LEFT JOIN accounts ON accounts.household_id = households.id AND accounts.removed_ms IS NULL
LEFT JOIN certificates AS ocop ON ocop.listing_id = listings.id AND ocop.kind = 'ocop'
LEFT JOIN certificates AS vietgap ON vietgap.listing_id = listings.id AND vietgap.kind = 'vietgap'
WHERE listings.code = :code;

-- name: change_facts!
UPDATE listings SET kind = :kind, name = :name, folded = :folded, unit = :unit, place = :place,
    packed_on = :packed_on, best_before = :best_before, ingredients = :ingredients, min_order = :min_order,
    changed_ms = :now_ms
WHERE id = :id;

-- name: tiers_of_listing
SELECT * FROM tiers WHERE listing_id = :listing_id ORDER BY from_amount;

-- name: tiers_of_household
SELECT tiers.* FROM tiers JOIN listings ON listings.id = tiers.listing_id
WHERE listings.household_id = :household_id ORDER BY tiers.listing_id, tiers.from_amount;

-- name: drop_tiers!
DELETE FROM tiers WHERE listing_id = :listing_id;

-- name: add_tier!
INSERT INTO tiers (listing_id, from_amount, price_vnd, total_vnd)
VALUES (:listing_id, :from_amount, :price_vnd, :total_vnd);

-- name: lock_listing^
UPDATE listings SET changed_ms = changed_ms WHERE id = :id RETURNING price_vnd;

-- name: change_price!
UPDATE listings SET price_vnd = :price_vnd, changed_ms = :now_ms WHERE id = :id;

-- name: change_price_back^
UPDATE listings SET price_vnd = :price_vnd, changed_ms = :now_ms
WHERE id = :id AND price_vnd = :agreed_price_vnd RETURNING id;

-- name: change_stock^
UPDATE listings SET on_hand = on_hand + :change, changed_ms = :now_ms
WHERE id = :id AND on_hand + :change >= 0 RETURNING on_hand;

-- name: set_state!
UPDATE listings SET state = :state, changed_ms = :now_ms,
    published_ms = CASE WHEN CAST(:state AS TEXT) = 'published' THEN CAST(:now_ms AS BIGINT) ELSE published_ms END
WHERE id = :id;

-- name: add_photo^
INSERT INTO photos (id, household_id, upload_key, object_key, width, height, sharpness, fingerprint, created_ms)
VALUES (:id, :household_id, :upload_key, :object_key, :width, :height, :sharpness, :fingerprint, :now_ms)
ON CONFLICT (household_id, upload_key) DO NOTHING RETURNING id;

-- name: photo_by_upload_key^
SELECT * FROM photos WHERE household_id = :household_id AND upload_key = :upload_key;

-- name: photo_by_id^
SELECT * FROM photos WHERE id = :id AND household_id = :household_id;

-- name: photos_of_listing
SELECT * FROM photos WHERE listing_id = :listing_id ORDER BY position, created_ms, id;

-- name: attach_photo^
UPDATE photos SET listing_id = :listing_id, position = :position
WHERE id = :id AND household_id = :household_id AND (listing_id IS NULL OR listing_id = :listing_id)
RETURNING id;

-- name: detach_photos!
UPDATE photos SET listing_id = NULL, position = 0 WHERE listing_id = :listing_id;

-- name: drop_photo_files!
DELETE FROM media_files WHERE photo_id = :id;

-- name: drop_photo^
DELETE FROM photos WHERE id = :id AND household_id = :household_id AND listing_id IS NULL RETURNING object_key;

-- name: unclaimed_photos
SELECT * FROM photos WHERE listing_id IS NULL AND created_ms < :before_ms LIMIT :most;

-- name: add_file!
INSERT INTO media_files (id, listing_id, photo_id, role, spec_key, object_key, content_type, width, height, bytes,
    seconds, left_out, created_ms)
VALUES (:id, :listing_id, :photo_id, :role, :spec_key, :object_key, :content_type, :width, :height, :bytes,
    :seconds, :left_out, :now_ms)
ON CONFLICT (listing_id, role, spec_key) DO NOTHING;

-- name: files_of_listing
SELECT * FROM media_files WHERE listing_id = :listing_id ORDER BY created_ms, id;

-- name: page_files
SELECT media_files.* FROM photos JOIN media_files ON media_files.photo_id = photos.id
WHERE photos.listing_id = :listing_id ORDER BY photos.position, media_files.created_ms, media_files.id;

-- name: files_of_photo
SELECT * FROM media_files WHERE photo_id = :photo_id ORDER BY created_ms, id;

-- name: file_by_key^
SELECT media_files.content_type, media_files.role, listings.state AS listing_state, listings.name AS listing_name,
    listings.household_id, photos.household_id AS photo_household_id, photos.listing_id AS photo_listing_id
FROM media_files
LEFT JOIN photos ON photos.id = media_files.photo_id
LEFT JOIN listings ON listings.id = COALESCE(media_files.listing_id, photos.listing_id)
WHERE media_files.object_key = :object_key
ORDER BY CASE WHEN listings.state = 'published' THEN 0 ELSE 1 END LIMIT 1;

-- name: names_of_object^
SELECT (SELECT COUNT(*) FROM media_files WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM photos WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM recordings WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM pieces WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM village_pictures WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM show_pictures WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM village_recordings WHERE object_key = :object_key)
    + (SELECT COUNT(*) FROM filmed_files WHERE object_key = :object_key) AS names;

-- name: add_consent!
INSERT INTO consents (id, code, household_id, listing_id, verb, old_price_vnd, new_price_vnd, old_tiers, new_tiers,
    asked_by, asked_ms, state)
VALUES (:id, :code, :household_id, :listing_id, :verb, :old_price_vnd, :new_price_vnd, :old_tiers, :new_tiers,
    :asked_by, :now_ms, 'asked');

-- name: replace_consents!
UPDATE consents SET state = 'replaced', answered_ms = :now_ms
WHERE listing_id = :listing_id AND verb = :verb AND state IN ('asked', 'later');

-- name: consent_by_code^
SELECT consents.*, people.name AS asked_by_name FROM consents JOIN people ON people.id = consents.asked_by
WHERE consents.code = :code;

-- name: consents_waiting
SELECT consents.*, people.name AS asked_by_name FROM consents JOIN people ON people.id = consents.asked_by
WHERE consents.household_id = :household_id AND consents.state IN ('asked', 'later') ORDER BY consents.asked_ms;

-- name: newest_consent^
SELECT consents.*, people.name AS asked_by_name FROM consents JOIN people ON people.id = consents.asked_by
WHERE consents.listing_id = :listing_id AND consents.state IN ('asked', 'later')
ORDER BY consents.asked_ms DESC, consents.id DESC LIMIT 1;

-- name: answer_consent^
UPDATE consents SET state = :state, answered_ms = :now_ms, answered_by = :answered_by
WHERE id = :id AND state IN ('asked', 'later') AND NOT EXISTS (
    SELECT 1 FROM consents AS newer WHERE newer.listing_id = consents.listing_id AND newer.verb = consents.verb
    AND (newer.asked_ms > consents.asked_ms OR (newer.asked_ms = consents.asked_ms AND newer.id > consents.id)))
RETURNING id;

-- name: withdraw_consent^
UPDATE consents SET state = 'withdrawn', answered_ms = :now_ms, answered_by = :answered_by
WHERE id = :id AND state = 'agreed' RETURNING id;

-- name: set_render!
UPDATE listings SET render_key = :render_key, stock_said = :stock_said WHERE id = :id;

-- name: listing_by_draft^
SELECT * FROM listings WHERE household_id = :household_id AND draft_key = :draft_key;

-- name: add_recording^
INSERT INTO recordings (id, household_id, listing_id, upload_key, object_key, seconds, created_ms)
VALUES (:id, :household_id, :listing_id, :upload_key, :object_key, :seconds, :now_ms)
ON CONFLICT (household_id, upload_key) DO NOTHING RETURNING id;

-- name: recording_by_upload_key^
SELECT * FROM recordings WHERE household_id = :household_id AND upload_key = :upload_key;

-- name: recording_of_listing^
SELECT * FROM recordings WHERE listing_id = :listing_id ORDER BY created_ms DESC, id DESC LIMIT 1;

-- name: drop_recordings
DELETE FROM recordings WHERE listing_id = :listing_id AND id <> :kept_id RETURNING object_key;

-- name: write_captions!
UPDATE listings SET captions = :captions, changed_ms = :now_ms WHERE id = :id;

-- name: lock_pieces!
UPDATE listings SET changed_ms = :now_ms WHERE id = :id;

-- name: add_piece^
INSERT INTO pieces (id, household_id, listing_id, upload_key, object_key, width, height, seconds, position, created_ms)
VALUES (:id, :household_id, :listing_id, :upload_key, :object_key, :width, :height, :seconds,
    (SELECT COALESCE(MAX(position), 0) + 1 FROM pieces WHERE listing_id = :listing_id), :now_ms)
ON CONFLICT DO NOTHING RETURNING id;

-- name: pieces_of_listing
SELECT * FROM pieces WHERE listing_id = :listing_id ORDER BY position, id;

-- name: piece_by_upload_key^
SELECT * FROM pieces WHERE household_id = :household_id AND upload_key = :upload_key;

-- name: drop_piece^
DELETE FROM pieces WHERE id = :id AND listing_id = :listing_id RETURNING object_key;

-- name: set_focus^
UPDATE photos SET focus_x = :focus_x, focus_y = :focus_y
WHERE id = :id AND household_id = :household_id AND listing_id = :listing_id RETURNING id;

-- name: certificates_of_listing
SELECT * FROM certificates WHERE listing_id = :listing_id ORDER BY kind;

-- name: drop_certificates!
DELETE FROM certificates WHERE listing_id = :listing_id;

-- name: add_certificate!
INSERT INTO certificates (listing_id, kind, stars, number, valid_until)
VALUES (:listing_id, :kind, :stars, :number, :valid_until);

-- name: set_harvest!
UPDATE listings SET harvested_on = :harvested_on, changed_ms = :now_ms WHERE id = :id;

-- name: certificates_that_ended
SELECT DISTINCT listing_id FROM certificates WHERE valid_until >= :after AND valid_until < :before;
