-- name: keep_key!
INSERT INTO show_encoders (show_id, digest, sealed, made_ms) VALUES (:show_id, :digest, '', :now_ms)
ON CONFLICT (show_id) DO UPDATE SET digest = excluded.digest, sealed = '', made_ms = excluded.made_ms;

-- name: show_of_key^
SELECT shows.* FROM show_encoders JOIN shows ON shows.id = show_encoders.show_id
WHERE show_encoders.digest = :digest AND shows.state <> 'ended';

-- name: encoder^
SELECT digest, sealed, made_ms FROM show_encoders WHERE show_id = :show_id;

-- name: keep_stream!
UPDATE show_encoders SET sealed = :sealed WHERE show_id = :show_id;

-- name: forget_stream!
UPDATE show_encoders SET sealed = '' WHERE show_id = :show_id AND sealed = :sealed;

-- name: streaming
SELECT show_encoders.show_id FROM show_encoders JOIN shows ON shows.id = show_encoders.show_id
WHERE shows.state = 'live' AND show_encoders.sealed <> '';
