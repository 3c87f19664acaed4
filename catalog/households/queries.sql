-- name: add_village!
INSERT INTO villages (id, code, name, commune, province, created_ms)
VALUES (:id, :code, :name, :commune, :province, :now_ms);

-- name: village_by_code^
SELECT id, code, name, commune, province FROM villages WHERE code = :code;

-- name: village_by_id^
SELECT id, code, name, commune, province FROM villages WHERE id = :id;

-- name: all_villages
SELECT id, code, name, commune, province FROM villages ORDER BY name, id;

-- name: add_household!
INSERT INTO households (id, code, village_id, name, folded, phone, place, created_ms)
VALUES (:id, :code, :village_id, :name, :folded, :phone, :place, :now_ms);

-- name: change_household!
UPDATE households SET name = :name, folded = :folded, phone = :phone, place = :place WHERE id = :id;

-- name: household_by_code^
SELECT id, code, village_id, name, phone, place FROM households WHERE code = :code;

-- name: household_by_id^
SELECT id, code, village_id, name, phone, place FROM households WHERE id = :id;

-- name: households_of_village
SELECT id, code, village_id, name, phone, place FROM households WHERE village_id = :village_id
ORDER BY folded, id;

-- name: add_person!
INSERT INTO people (id, name, phone, role, village_id, household_id, created_ms)
VALUES (:id, :name, :phone, :role, :village_id, :household_id, :now_ms);

-- name: person_by_id^
SELECT id, name, phone, role, village_id, household_id, pin_hash IS NOT NULL AS has_pin FROM people WHERE id = :id;

-- name: people_of_household
SELECT id, name, phone, role, village_id, household_id, pin_hash IS NOT NULL AS has_pin FROM people
WHERE household_id = :household_id ORDER BY created_ms, id;

-- name: helpers_of_village
SELECT id, name, phone, role, village_id, household_id, pin_hash IS NOT NULL AS has_pin FROM people
WHERE village_id = :village_id ORDER BY created_ms, id;

-- name: owners
SELECT id, name, phone, role, village_id, household_id, pin_hash IS NOT NULL AS has_pin FROM people
WHERE role = 'owner' ORDER BY created_ms, id;

-- name: pin_of^
SELECT pin_hash, pin_failures, pin_locked_until_ms FROM people WHERE id = :id;

-- name: set_pin!
UPDATE people SET pin_hash = :pin_hash, pin_failures = 0, pin_locked_until_ms = 0 WHERE id = :id;

-- name: count_pin_failure^
UPDATE people SET pin_failures = CASE WHEN pin_failures + 1 >= :tries THEN 0 ELSE pin_failures + 1 END,
    pin_locked_until_ms = CASE WHEN pin_failures + 1 >= :tries THEN CAST(:locked_until_ms AS BIGINT) ELSE 0 END
WHERE id = :id AND pin_locked_until_ms <= :now_ms
RETURNING pin_failures, pin_locked_until_ms;

-- name: clear_pin_failures!
UPDATE people SET pin_failures = 0, pin_locked_until_ms = 0 WHERE id = :id;

-- name: add_link!
INSERT INTO sign_in_links (id, person_id, token_digest, once, created_ms)
VALUES (:id, :person_id, :token_digest, :once, :now_ms);

-- name: link_by_digest^
SELECT id, person_id, once, used_ms, revoked_ms FROM sign_in_links WHERE token_digest = :token_digest;

-- name: use_link^
UPDATE sign_in_links SET used_ms = :now_ms
WHERE id = :id AND revoked_ms IS NULL AND (once = 0 OR used_ms IS NULL)
RETURNING id;

-- name: revoke_links!
UPDATE sign_in_links SET revoked_ms = :now_ms WHERE person_id = :person_id AND revoked_ms IS NULL;

-- name: live_link_of^
SELECT id, created_ms, used_ms FROM sign_in_links
WHERE person_id = :person_id AND revoked_ms IS NULL AND once = 0 ORDER BY created_ms DESC LIMIT 1;

-- name: add_session!
INSERT INTO sessions (token_digest, person_id, link_id, created_ms, expires_ms)
VALUES (:token_digest, :person_id, :link_id, :now_ms, :expires_ms);

-- name: person_of_session^
SELECT people.id, people.name, people.phone, people.role, people.village_id, people.household_id,
    people.pin_hash IS NOT NULL AS has_pin
FROM sessions JOIN people ON people.id = sessions.person_id
WHERE sessions.token_digest = :token_digest AND sessions.expires_ms > :now_ms;

-- name: end_session!
DELETE FROM sessions WHERE token_digest = :token_digest;

-- name: end_sessions_of!
DELETE FROM sessions WHERE person_id = :person_id;

-- name: forget_old_sessions!
DELETE FROM sessions WHERE expires_ms <= :now_ms;

-- name: add_api_key!
INSERT INTO api_keys (id, household_id, token_digest, created_ms) VALUES (:id, :household_id, :token_digest, :now_ms);

-- name: revoke_api_keys!
UPDATE api_keys SET revoked_ms = :now_ms WHERE household_id = :household_id AND revoked_ms IS NULL;

-- name: household_of_api_key^
SELECT households.id, households.code, households.village_id, households.name, households.phone, households.place
FROM api_keys JOIN households ON households.id = api_keys.household_id
WHERE api_keys.token_digest = :token_digest AND api_keys.revoked_ms IS NULL;

-- name: add_audit!
INSERT INTO audit (id, at_ms, household_id, person_id, verb, listing_id, detail)
VALUES (:id, :now_ms, :household_id, :person_id, :verb, :listing_id, :detail);

-- name: audit_of_household
SELECT audit.at_ms, audit.verb, audit.detail, audit.listing_id, people.name AS person_name
FROM audit LEFT JOIN people ON people.id = audit.person_id
WHERE audit.household_id = :household_id ORDER BY audit.at_ms DESC, audit.id DESC LIMIT :most;
