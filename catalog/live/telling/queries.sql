-- name: rank_of_show^
SELECT COUNT(*) AS rank FROM shows
WHERE household_id = :household_id AND (created_ms < :created_ms OR (created_ms = :created_ms AND id < :id));

-- name: hold_show^
-- Changes nothing, but nobody else changes the show before the transaction ends.
UPDATE shows SET last_event = last_event
WHERE id = :id AND state <> 'ended' AND title = :title AND starts_ms = :starts_ms RETURNING id;

-- name: texts_of_show
SELECT network, text, starts_ms FROM show_texts WHERE show_id = :show_id;

-- name: keep_show_text!
INSERT INTO show_texts (show_id, network, text, starts_ms, changed_ms)
VALUES (:show_id, :network, :text, :starts_ms, :now_ms)
ON CONFLICT (show_id, network) DO UPDATE SET text = excluded.text, starts_ms = excluded.starts_ms,
    changed_ms = excluded.changed_ms;

-- name: forget_show_text!
DELETE FROM show_texts WHERE show_id = :show_id AND network = :network;

-- name: pictures_of_show
SELECT role, spec_key, object_key, width, height, bytes FROM show_pictures WHERE show_id = :show_id ORDER BY role;

-- name: keep_show_picture!
INSERT INTO show_pictures (show_id, role, spec_key, object_key, width, height, bytes, created_ms)
VALUES (:show_id, :role, :spec_key, :object_key, :width, :height, :bytes, :now_ms)
ON CONFLICT (show_id, role) DO UPDATE SET spec_key = excluded.spec_key, object_key = excluded.object_key,
    width = excluded.width, height = excluded.height, bytes = excluded.bytes, created_ms = excluded.created_ms;

-- name: forget_show_pictures
DELETE FROM show_pictures WHERE show_id IN (SELECT id FROM shows
    WHERE COALESCE(ended_ms, starts_ms) < :before_ms AND state <> 'live')
RETURNING object_key;

-- name: drop_show_pictures!
DELETE FROM show_pictures WHERE show_id = :show_id;
