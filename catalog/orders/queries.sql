-- name: take_stock^
UPDATE listings SET on_hand = on_hand - :amount
WHERE id = :listing_id AND state = 'published' AND unit = :unit AND on_hand >= :amount
RETURNING household_id, name, price_vnd, unit, on_hand, min_order;

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

-- name: page_pictures
SELECT role, content_type, object_key, width, height FROM media_files
WHERE photo_id = (SELECT id FROM photos WHERE listing_id = :listing_id ORDER BY position, created_ms, id LIMIT 1)
UNION ALL
SELECT role, content_type, object_key, width, height FROM (
    SELECT role, content_type, object_key, width, height FROM media_files
    WHERE listing_id = :listing_id AND role = 'preview' ORDER BY created_ms DESC, id DESC LIMIT 1) AS newest_preview;

-- name: for_sale
SELECT listings.id, listings.code, listings.kind, listings.name, listings.price_vnd, listings.unit, listings.on_hand,
    listings.published_ms, households.name AS household_name,
    (SELECT media_files.object_key FROM photos JOIN media_files ON media_files.photo_id = photos.id
     WHERE photos.listing_id = listings.id AND media_files.role = 'page_360'
         AND media_files.content_type = 'image/avif'
     ORDER BY photos.position, photos.created_ms, photos.id LIMIT 1) AS avif_key,
    (SELECT media_files.object_key FROM photos JOIN media_files ON media_files.photo_id = photos.id
     WHERE photos.listing_id = listings.id AND media_files.role = 'page_360'
         AND media_files.content_type = 'image/jpeg'
     ORDER BY photos.position, photos.created_ms, photos.id LIMIT 1) AS jpeg_key
FROM listings JOIN households ON households.id = listings.household_id
WHERE listings.state = 'published' AND listings.on_hand > 0 AND listings.published_ms < :before_ms
    AND (CAST(:household_id AS TEXT) IS NULL OR listings.household_id = :household_id)
    AND (CAST(:village_id AS TEXT) IS NULL OR households.village_id = :village_id)
ORDER BY listings.published_ms DESC, listings.id DESC LIMIT :most;

-- name: thumbs_of_household
SELECT photos.listing_id, media_files.object_key
FROM photos JOIN media_files ON media_files.photo_id = photos.id AND media_files.role = 'thumb'
WHERE photos.household_id = :household_id AND photos.listing_id IS NOT NULL
ORDER BY photos.position DESC, photos.created_ms DESC, photos.id DESC;

-- name: thumb_of_listing^
SELECT media_files.object_key
FROM photos JOIN media_files ON media_files.photo_id = photos.id AND media_files.role = 'thumb'
WHERE photos.listing_id = :listing_id ORDER BY photos.position, photos.created_ms, photos.id LIMIT 1;

-- name: board_consents
SELECT consents.verb, consents.state, consents.asked_ms, listings.code AS listing_code, listings.name AS listing_name,
    listings.price_vnd, consents.new_price_vnd, listings.unit,
    households.code, households.name, households.phone
FROM consents
JOIN households ON households.id = consents.household_id
JOIN listings ON listings.id = consents.listing_id
WHERE households.village_id = :village_id AND consents.state IN ('asked', 'later')
ORDER BY consents.asked_ms LIMIT :most;

-- name: board_failures
SELECT listings.code AS listing_code, listings.name AS listing_name, households.code, households.name,
    households.phone, MAX(jobs.kind) AS kind, MAX(jobs.changed_ms) AS at_ms
FROM jobs
JOIN listings ON listings.id = jobs.subject
JOIN households ON households.id = listings.household_id
WHERE households.village_id = :village_id AND jobs.state = 'failed' AND listings.state <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.subject = jobs.subject AND later.kind = jobs.kind
        AND later.created_ms > jobs.created_ms)
GROUP BY listings.code, listings.name, households.code, households.name, households.phone
ORDER BY at_ms LIMIT :most;

-- name: board_orders
SELECT households.code, households.name, households.phone, COUNT(*) AS number, MIN(orders.created_ms) AS since_ms,
    MIN(orders.listing_name) AS listing_name
FROM orders JOIN households ON households.id = orders.household_id
WHERE households.village_id = :village_id
    AND (orders.state IN ('placed', 'confirmed') OR (orders.state = 'handed_over' AND orders.delivery = 'pickup'))
GROUP BY households.code, households.name, households.phone
ORDER BY since_ms LIMIT :most;

-- name: board_quiet
SELECT households.code, households.name, households.phone, households.created_ms,
    MAX(listings.published_ms) AS last_ms, MIN(listings.name) AS listing_name
FROM households LEFT JOIN listings ON listings.household_id = households.id
WHERE households.village_id = :village_id
GROUP BY households.id, households.code, households.name, households.phone, households.created_ms
HAVING COALESCE(MAX(listings.published_ms), 0) < :before_ms
    AND SUM(CASE WHEN listings.state IN ('published', 'waiting') AND listings.on_hand > 0 THEN 1 ELSE 0 END) = 0
ORDER BY COALESCE(MAX(listings.published_ms), 0), households.code LIMIT :most;

-- name: board_search
SELECT households.code, households.name, households.phone,
    (SELECT COUNT(*) FROM listings WHERE listings.household_id = households.id AND listings.state = 'published') AS goods,
    (SELECT MIN(listings.name) FROM listings WHERE listings.household_id = households.id
        AND listings.folded LIKE :pattern ESCAPE '!') AS listing_name
FROM households
WHERE households.village_id = :village_id AND (households.folded LIKE :pattern ESCAPE '!' OR EXISTS (
    SELECT 1 FROM listings WHERE listings.household_id = households.id AND listings.folded LIKE :pattern ESCAPE '!'))
ORDER BY households.folded, households.id LIMIT :most;

-- name: board_audit
SELECT audit.at_ms, audit.verb, audit.detail, people.name AS person_name, households.name AS household_name
FROM audit
JOIN households ON households.id = audit.household_id
LEFT JOIN people ON people.id = audit.person_id
WHERE households.village_id = :village_id ORDER BY audit.at_ms DESC, audit.id DESC LIMIT :most;

-- name: households_in_village^
SELECT COUNT(*) AS number FROM households WHERE village_id = :village_id;

-- name: money_to_sort^
SELECT COUNT(*) AS transfers, COALESCE(SUM(amount_vnd), 0) AS amount_vnd FROM transfers
WHERE household_id = :household_id AND state IN ('review', 'unmatched');

-- name: forget_buyers!
UPDATE orders SET buyer_name = :name, buyer_phone = '', buyer_place = '', note = ''
WHERE state IN ('done', 'cancelled', 'expired') AND changed_ms < :before_ms AND buyer_phone <> '';

-- name: complete^
UPDATE orders SET buyer_name = :buyer_name, buyer_phone = :buyer_phone, buyer_place = :buyer_place,
    delivery = :delivery, payment = :payment, hold_until_ms = :hold_until_ms, note = '', changed_ms = :now_ms
WHERE id = :id AND state IN ('placed', 'confirmed')
RETURNING *;

-- name: shows_asked
SELECT show_consents.code AS joining, show_consents.state, people.name AS asked_by_name, shows.title, shows.code,
    shows.starts_ms
FROM show_consents JOIN shows ON shows.id = show_consents.show_id JOIN people ON people.id = show_consents.asked_by
WHERE show_consents.household_id = :household_id AND show_consents.state IN ('asked', 'later')
    AND shows.state <> 'ended'
ORDER BY show_consents.asked_ms;
