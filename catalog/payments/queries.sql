-- name: add_endpoint!
INSERT INTO webhook_endpoints (id, household_id, provider, method, secret, created_ms)
VALUES (:id, :household_id, :provider, :method, :secret, :now_ms);

-- name: endpoint^
SELECT id, household_id, provider, method, secret, created_ms, last_ms FROM webhook_endpoints
WHERE id = :id AND provider = :provider AND removed_ms IS NULL;

-- name: endpoints_of_household
SELECT id, household_id, provider, method, secret, created_ms, last_ms FROM webhook_endpoints
WHERE household_id = :household_id AND removed_ms IS NULL ORDER BY created_ms, id;

-- name: remove_endpoint^
UPDATE webhook_endpoints SET removed_ms = :now_ms, secret = ''
WHERE id = :id AND household_id = :household_id AND removed_ms IS NULL
RETURNING provider;

-- name: note_call!
UPDATE webhook_endpoints SET last_ms = :now_ms WHERE id = :id;

-- name: add_transfer^
INSERT INTO transfers (id, household_id, provider, endpoint_id, provider_id, account_number, amount_vnd, content,
    reference, at_text, received_ms, state, reason)
VALUES (:id, :household_id, :provider, :endpoint_id, :provider_id, :account_number, :amount_vnd, :content,
    :reference, :at_text, :now_ms, 'unmatched', 'no_code')
ON CONFLICT DO NOTHING
RETURNING id;

-- name: conclude!
UPDATE transfers SET state = :state, reason = :reason, order_id = :order_id, content = :content WHERE id = :id;

-- name: settle^
UPDATE transfers SET state = 'settled', reason = :reason, order_id = :order_id, content = :content
WHERE id = :id AND household_id = :household_id AND state IN ('review', 'unmatched')
RETURNING amount_vnd;

-- name: set_reason!
UPDATE transfers SET reason = :reason WHERE id = :id;

-- name: forget_contents!
UPDATE transfers SET content = ''
WHERE household_id = :household_id AND received_ms < :before_ms AND state IN ('review', 'unmatched') AND content <> '';

-- name: order_codes
SELECT id, code FROM orders
WHERE household_id = :household_id AND (changed_ms >= :since_ms OR state IN ('placed', 'confirmed', 'handed_over')
    OR (state = 'done' AND payment_state IN ('unpaid', 'part_paid')))
ORDER BY created_ms DESC, id LIMIT :most;

-- name: told_by_bank^
SELECT CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT) AS vnd FROM transfers
WHERE order_id = :order_id AND id <> :transfer_id AND state IN ('matched', 'settled');

-- name: transfer_of_household^
SELECT transfers.*, orders.code AS order_code, orders.buyer_name
FROM transfers LEFT JOIN orders ON orders.id = transfers.order_id
WHERE transfers.id = :id AND transfers.household_id = :household_id;

-- name: transfers_to_review
SELECT transfers.*, orders.code AS order_code, orders.buyer_name
FROM transfers LEFT JOIN orders ON orders.id = transfers.order_id
WHERE transfers.household_id = :household_id AND transfers.state IN ('review', 'unmatched')
ORDER BY transfers.received_ms DESC, transfers.id DESC LIMIT :most;

-- name: latest_transfers
SELECT transfers.*, orders.code AS order_code, orders.buyer_name
FROM transfers LEFT JOIN orders ON orders.id = transfers.order_id
WHERE transfers.household_id = :household_id AND transfers.state IN ('matched', 'settled')
ORDER BY transfers.received_ms DESC, transfers.id DESC LIMIT :most;
