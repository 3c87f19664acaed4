-- name: add_clip!
INSERT INTO filmed_clips (id, household_id, listing_id, origin, title, shown_ms, lines, covered, state, until_ms, created_ms)
VALUES (:id, :household_id, :listing_id, :origin, :title, :shown_ms, :lines, :covered, 'waiting', :until_ms, :now_ms)
ON CONFLICT (origin, listing_id) DO NOTHING;

-- name: add_file!
INSERT INTO filmed_files (filmed_id, role, object_key, bytes, seconds)
VALUES (:filmed_id, :role, :object_key, :bytes, :seconds)
ON CONFLICT (filmed_id, role) DO UPDATE SET object_key = excluded.object_key, bytes = excluded.bytes,
    seconds = excluded.seconds;

-- name: clip_by_id^
SELECT * FROM filmed_clips WHERE id = :id;

-- name: clip_of_origin^
SELECT id FROM filmed_clips WHERE origin = :origin AND listing_id = :listing_id;

-- name: clips_of_listing
SELECT * FROM filmed_clips WHERE listing_id = :listing_id ORDER BY created_ms DESC, id LIMIT :most;

-- name: clips_of_origin
SELECT * FROM filmed_clips WHERE origin = :origin ORDER BY created_ms, id;

-- name: files
SELECT * FROM filmed_files WHERE filmed_id = :filmed_id;

-- name: set_state!
UPDATE filmed_clips SET state = :state, price_vnd = COALESCE(:price_vnd, price_vnd) WHERE id = :id;

-- name: begin_again^
UPDATE filmed_clips SET state = 'waiting' WHERE id = :id AND state <> 'waiting' RETURNING id;

-- name: keep!
UPDATE filmed_clips SET until_ms = NULL WHERE id = :id;

-- name: drop_files
DELETE FROM filmed_files WHERE filmed_id = :filmed_id RETURNING object_key;

-- name: drop_clip^
DELETE FROM filmed_clips WHERE id = :id RETURNING id;

-- name: clips_over
SELECT id FROM filmed_clips WHERE until_ms < :now_ms;

-- name: texts
SELECT network, text FROM filmed_texts WHERE filmed_id = :filmed_id;

-- name: keep_text!
INSERT INTO filmed_texts (filmed_id, network, text, changed_ms) VALUES (:filmed_id, :network, :text, :now_ms)
ON CONFLICT (filmed_id, network) DO UPDATE SET text = excluded.text, changed_ms = excluded.changed_ms;

-- name: forget_text!
DELETE FROM filmed_texts WHERE filmed_id = :filmed_id AND network = :network;

-- name: forget_texts!
DELETE FROM filmed_texts WHERE filmed_id = :filmed_id;
