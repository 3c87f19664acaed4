-- name: add_account!
INSERT INTO network_accounts (id, household_id, village_id, network, title, address, link, shapes, sealed, created_ms, changed_ms)
VALUES (:id, :household_id, :village_id, :network, :title, :address, :link, :shapes, :sealed, :now_ms, :now_ms);

-- name: renew_account!
UPDATE network_accounts SET title = :title, link = :link, shapes = :shapes, sealed = :sealed, trouble = '',
    changed_ms = :now_ms
WHERE id = :id AND removed_ms IS NULL;

-- name: accounts_of
SELECT * FROM network_accounts
WHERE (household_id = :household_id OR village_id = :village_id) AND removed_ms IS NULL ORDER BY created_ms, id;

-- name: account_by_id^
SELECT * FROM network_accounts WHERE id = :id;

-- name: keep_sealed!
UPDATE network_accounts SET sealed = :sealed, changed_ms = :now_ms WHERE id = :id AND removed_ms IS NULL;

-- name: set_trouble!
UPDATE network_accounts SET trouble = :trouble WHERE id = :id AND sealed = :sealed;

-- name: remove_account^
UPDATE network_accounts SET removed_ms = :now_ms, sealed = '', trouble = ''
WHERE id = :id AND (household_id = :household_id OR village_id = :village_id) AND network = :network
    AND removed_ms IS NULL RETURNING title;

-- name: add_sending^
INSERT INTO sendings (id, household_id, listing_id, village_id, show_id, account_id, shape, form_key, state, due_ms,
    price_vnd, asked_by, created_ms, changed_ms)
VALUES (:id, :household_id, :listing_id, :village_id, :show_id, :account_id, :shape, :form_key, 'waiting', :due_ms,
    :price_vnd, :asked_by, :now_ms, :now_ms)
ON CONFLICT DO NOTHING RETURNING id;

-- name: sending_by_form^
SELECT id FROM sendings WHERE account_id = :account_id AND shape = :shape AND form_key = :form_key;

-- name: sending_by_id^
SELECT sendings.*, network_accounts.network, network_accounts.title AS account_title,
    network_accounts.link AS account_link, COALESCE(listings.name, shows.title, villages.name) AS subject,
    listings.code AS listing_code, shows.code AS show_code
FROM sendings
JOIN network_accounts ON network_accounts.id = sendings.account_id
LEFT JOIN listings ON listings.id = sendings.listing_id
LEFT JOIN villages ON villages.id = sendings.village_id
LEFT JOIN shows ON shows.id = sendings.show_id
WHERE sendings.id = :id;

-- name: sendings_about
SELECT sendings.*, network_accounts.network, network_accounts.title AS account_title,
    network_accounts.link AS account_link, COALESCE(listings.name, shows.title, villages.name) AS subject,
    listings.code AS listing_code, shows.code AS show_code
FROM sendings
JOIN network_accounts ON network_accounts.id = sendings.account_id
LEFT JOIN listings ON listings.id = sendings.listing_id
LEFT JOIN villages ON villages.id = sendings.village_id
LEFT JOIN shows ON shows.id = sendings.show_id
WHERE sendings.listing_id = :listing_id OR sendings.show_id = :show_id
    OR (sendings.village_id = :village_id AND sendings.show_id IS NULL)
ORDER BY sendings.created_ms DESC, sendings.id DESC LIMIT :most;

-- name: sendings_of
SELECT sendings.*, network_accounts.network, network_accounts.title AS account_title,
    network_accounts.link AS account_link, COALESCE(listings.name, shows.title, villages.name) AS subject,
    listings.code AS listing_code, shows.code AS show_code
FROM sendings
JOIN network_accounts ON network_accounts.id = sendings.account_id
LEFT JOIN listings ON listings.id = sendings.listing_id
LEFT JOIN villages ON villages.id = sendings.village_id
LEFT JOIN shows ON shows.id = sendings.show_id
WHERE sendings.household_id = :household_id OR sendings.village_id = :village_id
ORDER BY sendings.changed_ms DESC, sendings.id DESC LIMIT :most;

-- name: on_their_way^
SELECT COUNT(*) AS number FROM sendings
WHERE (household_id = :household_id OR village_id = :village_id) AND state IN ('waiting', 'sending');

-- name: take_turn^
UPDATE sendings SET state = 'sending', turn = :turn, changed_ms = :now_ms
WHERE id = :id AND state IN ('waiting', 'sending') RETURNING id;

-- name: keep_step^
UPDATE sendings SET kept = :kept, begun = '', changed_ms = :now_ms
WHERE id = :id AND turn = :turn AND state = 'sending' RETURNING id;

-- name: begin_step^
UPDATE sendings SET begun = :begun, text = :text, changed_ms = :now_ms
WHERE id = :id AND turn = :turn AND state = 'sending' AND begun = '' RETURNING id;

-- name: hold_facts^
-- Changes nothing, but nobody else changes the listing before the transaction ends.
UPDATE listings SET on_hand = on_hand
WHERE id = :id AND state = 'published' AND on_hand > 0 AND price_vnd = :price_vnd AND name = :name RETURNING id;

-- name: undo_step^
UPDATE sendings SET begun = '', changed_ms = :now_ms
WHERE id = :id AND turn = :turn AND state = 'sending' RETURNING id;

-- name: end_turn^
UPDATE sendings SET state = :state, turn = '', due_ms = :due_ms, tries = :tries, looks = :looks, reason = :reason,
    detail = :detail, link = CASE WHEN CAST(:link AS TEXT) = '' THEN link ELSE :link END, changed_ms = :now_ms
WHERE id = :id AND turn = :turn AND state = 'sending' RETURNING id;

-- name: cancel_sending^
UPDATE sendings SET state = 'cancelled', reason = '', detail = '', changed_ms = :now_ms
WHERE id = :id AND state = 'waiting' AND begun = '' RETURNING id;

-- name: cancel_of_account
UPDATE sendings SET state = 'cancelled', reason = :reason, detail = '', changed_ms = :now_ms
WHERE account_id = :account_id AND state = 'waiting' AND begun = '' RETURNING id;

-- name: send_again^
UPDATE sendings SET state = 'waiting', begun = '', due_ms = :now_ms, price_vnd = :price_vnd, tries = 0, looks = 0,
    reason = '', detail = '', changed_ms = :now_ms
WHERE id = :id AND state IN ('failed', 'unknown') AND NOT EXISTS (
    SELECT 1 FROM sendings AS other WHERE other.account_id = sendings.account_id AND other.shape = sendings.shape
    AND COALESCE(other.listing_id, other.show_id, '') = COALESCE(sendings.listing_id, sendings.show_id, '')
    AND other.state IN ('waiting', 'sending'))
RETURNING id;

-- name: settle_as_done^
UPDATE sendings SET state = 'done', reason = '', detail = '', begun = '', changed_ms = :now_ms
WHERE id = :id AND state = 'unknown' RETURNING id;

-- name: without_a_promise
SELECT id, due_ms FROM sendings WHERE state IN ('waiting', 'sending') AND NOT EXISTS (
    SELECT 1 FROM jobs WHERE jobs.subject = sendings.id AND jobs.state IN ('queued', 'running'));
