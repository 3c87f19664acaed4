-- name: take_stock^
UPDATE listings SET on_hand = on_hand - :amount
WHERE id = :listing_id AND state = 'published' AND unit = :unit AND on_hand >= :amount
RETURNING household_id, name, price_vnd, unit, on_hand;

-- name: give_stock_back!
UPDATE listings SET on_hand = on_hand + :amount WHERE id = :listing_id;

-- name: stock_of^
SELECT state, on_hand, price_vnd, unit FROM listings WHERE id = :listing_id;

-- name: add_order^
INSERT INTO orders (id, code, token, request_key, listing_id, household_id, listing_name, amount, unit,
    unit_price_vnd, total_vnd, buyer_name, buyer_phone, buyer_place, note, delivery, payment, channel,
    state, payment_state, hold_until_ms, created_ms, changed_ms)
VALUES (:id, :code, :token, :request_key, :listing_id, :household_id, :listing_name, :amount, :unit,
    :unit_price_vnd, :total_vnd, :buyer_name, :buyer_phone, :buyer_place, :note, :delivery, :payment, :channel,
    'placed', 'unpaid', :hold_until_ms, :now_ms, :now_ms)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: order_by_id^
SELECT * FROM orders WHERE id = :id;

-- name: order_by_request_key^
SELECT * FROM orders WHERE request_key = :request_key;

-- name: order_by_token^
SELECT * FROM orders WHERE token = :token;

-- name: order_of_household^
SELECT * FROM orders WHERE household_id = :household_id AND code = :code;

-- name: open_orders_of_household
SELECT * FROM orders
WHERE household_id = :household_id AND (state IN ('placed', 'confirmed', 'handed_over')
    OR (state = 'done' AND payment_state IN ('unpaid', 'part_paid')))
ORDER BY created_ms, id LIMIT :most;

-- name: ended_orders_of_household
SELECT * FROM orders
WHERE household_id = :household_id AND (state IN ('cancelled', 'expired')
    OR (state = 'done' AND payment_state IN ('paid', 'overpaid')))
ORDER BY changed_ms DESC, id DESC LIMIT :most;

-- name: newest_orders_of_household
SELECT * FROM orders WHERE household_id = :household_id ORDER BY created_ms DESC, id DESC LIMIT :most OFFSET :skip;

-- name: add_event!
INSERT INTO order_events (id, order_id, at_ms, what, person_id, detail)
VALUES (:id, :order_id, :now_ms, :what, :person_id, :detail);

-- name: events_of_order
SELECT order_events.at_ms, order_events.what, order_events.detail, people.name AS person_name
FROM order_events LEFT JOIN people ON people.id = order_events.person_id
WHERE order_events.order_id = :order_id ORDER BY order_events.at_ms, order_events.id;

-- name: expire^
UPDATE orders SET state = 'expired', changed_ms = :now_ms
WHERE id = :id AND state = 'placed' AND payment_state = 'unpaid' AND hold_until_ms <= :now_ms
RETURNING *;

-- name: reopen^
UPDATE orders SET state = 'placed', hold_until_ms = :hold_until_ms, changed_ms = :now_ms
WHERE id = :id AND state = 'expired'
RETURNING *;

-- name: confirm^
UPDATE orders SET state = 'confirmed', hold_until_ms = NULL, changed_ms = :now_ms
WHERE id = :id AND state = 'placed'
RETURNING *;

-- name: hand_over^
UPDATE orders SET state = 'handed_over', changed_ms = :now_ms
WHERE id = :id AND state = 'confirmed'
RETURNING *;

-- name: finish^
UPDATE orders SET state = 'done', changed_ms = :now_ms
WHERE id = :id AND (state = 'handed_over' OR (state = 'confirmed' AND delivery = 'pickup'))
RETURNING *;

-- name: cancel^
UPDATE orders SET state = 'cancelled', cancel_reason = :reason, changed_ms = :now_ms
WHERE id = :id AND state = :state_before
RETURNING *;

-- name: lock_order^
UPDATE orders SET changed_ms = changed_ms WHERE id = :id
RETURNING *;

-- name: set_paid^
UPDATE orders SET paid_vnd = :paid_vnd, payment_state = :payment_state, paid_ms = :paid_ms, state = :state,
    hold_until_ms = NULL, changed_ms = :now_ms
WHERE id = :id
RETURNING *;
