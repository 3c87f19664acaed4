-- name: shows_of_village
SELECT shows.*, households.code AS household_code FROM shows JOIN households ON households.id = shows.household_id
WHERE shows.village_id = :village_id
ORDER BY CASE shows.state WHEN 'live' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, shows.starts_ms DESC LIMIT :most;

-- name: ask_household!
INSERT INTO show_consents (show_id, household_id, code, state, asked_by, asked_ms)
VALUES (:show_id, :household_id, :code, 'asked', :asked_by, :now_ms)
ON CONFLICT (show_id, household_id) DO UPDATE SET code = excluded.code, state = 'asked', asked_by = excluded.asked_by,
    asked_ms = excluded.asked_ms, answered_ms = NULL, answered_by = NULL;

-- name: let_household_go!
UPDATE show_consents SET state = 'replaced' WHERE show_id = :show_id AND household_id = :household_id;

-- name: joinings_of_show
SELECT show_consents.*, people.name AS asked_by_name, households.name AS household_name,
    households.code AS household_code, households.phone AS household_phone, households.place AS household_place, households.village_id
FROM show_consents JOIN people ON people.id = show_consents.asked_by
JOIN households ON households.id = show_consents.household_id
WHERE show_consents.show_id = :show_id ORDER BY households.folded, households.id;

-- name: joining_by_code^
SELECT show_consents.*, people.name AS asked_by_name, households.name AS household_name,
    households.code AS household_code, households.phone AS household_phone, households.place AS household_place, households.village_id
FROM show_consents JOIN people ON people.id = show_consents.asked_by
JOIN households ON households.id = show_consents.household_id
WHERE show_consents.code = :code;

-- name: answer_joining^
UPDATE show_consents SET state = :state, answered_ms = :now_ms, answered_by = :answered_by
WHERE code = :code AND state = :before RETURNING code;
