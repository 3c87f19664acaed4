-- name: add_show!
INSERT INTO shows (id, code, household_id, village_id, title, starts_ms, state, helpers_see_phones, created_by,
    created_ms)
VALUES (:id, :code, :household_id, :village_id, :title, :starts_ms, 'planned', :helpers_see_phones, :created_by,
    :now_ms);

-- name: change_show!
UPDATE shows SET title = :title, starts_ms = :starts_ms, helpers_see_phones = :helpers_see_phones
WHERE id = :id AND state = 'planned';

-- name: show_by_code^
SELECT * FROM shows WHERE code = :code;

-- name: show_by_id^
SELECT * FROM shows WHERE id = :id;

-- name: shows_of_household
SELECT shows.*, show_consents.state AS joining, show_consents.code AS joining_code FROM shows
LEFT JOIN show_consents ON show_consents.show_id = shows.id AND show_consents.household_id = :household_id
WHERE (shows.household_id = :household_id AND shows.village_id IS NULL)
    OR (shows.village_id IS NOT NULL AND show_consents.state IN ('asked', 'later', 'agreed'))
ORDER BY CASE shows.state WHEN 'live' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, shows.starts_ms DESC LIMIT :most;

-- name: start_show^
UPDATE shows SET state = 'live', started_ms = :now_ms WHERE id = :id AND state = 'planned' RETURNING id;

-- name: end_show^
UPDATE shows SET state = 'ended', ended_ms = :now_ms, pinned = '' WHERE id = :id AND state = 'live' RETURNING id;

-- name: pin^
UPDATE shows SET pinned = :pin WHERE id = :id AND state = 'live' AND pinned <> :pin RETURNING id;

-- name: set_note!
UPDATE shows SET note = :note WHERE id = :id;

-- name: next_event^
UPDATE shows SET last_event = last_event + 1 WHERE id = :id RETURNING last_event;

-- name: add_event!
INSERT INTO show_events (show_id, number, at_ms, what, detail, person_id)
VALUES (:show_id, :number, :now_ms, :what, :detail, :person_id);

-- name: events_after
SELECT show_events.number, show_events.at_ms, show_events.what, show_events.detail, people.name AS person_name
FROM show_events LEFT JOIN people ON people.id = show_events.person_id
WHERE show_events.show_id = :show_id AND show_events.number > :number
ORDER BY show_events.number LIMIT :most;

-- name: markers
SELECT at_ms, what, detail FROM show_events
WHERE show_id = :show_id AND what IN ('pinned', 'flash', 'flash_over', 'started', 'ended') ORDER BY number;

-- name: lock_show^
UPDATE shows SET last_event = last_event WHERE id = :id RETURNING *;

-- name: stock_set_after
SELECT detail FROM show_events WHERE show_id = :show_id AND number > :number AND what = 'stock';

-- name: last_sound^
SELECT what FROM show_events WHERE show_id = :show_id AND what IN ('muted', 'loud') ORDER BY number DESC LIMIT 1;

-- name: working_on
SELECT DISTINCT people.name FROM show_events JOIN people ON people.id = show_events.person_id
WHERE show_events.show_id = :show_id AND show_events.at_ms > :since_ms ORDER BY people.name;

-- name: add_item!
INSERT INTO show_items (show_id, pin, position, listing_id, points, flash_vnd)
VALUES (:show_id, :pin, :position, :listing_id, :points, :flash_vnd);

-- name: change_item!
UPDATE show_items SET points = :points, flash_vnd = :flash_vnd WHERE show_id = :show_id AND pin = :pin;

-- name: drop_items!
DELETE FROM show_items WHERE show_id = :show_id;

-- name: items
-- What is sold: on a team's show only the goods of households that have agreed.
SELECT show_items.pin, show_items.position AS show_position, show_items.points, show_items.flash_vnd,
    show_items.flash_until_ms, show_items.before_vnd, listings.*
FROM show_items JOIN listings ON listings.id = show_items.listing_id JOIN shows ON shows.id = show_items.show_id
WHERE show_items.show_id = :show_id AND (shows.village_id IS NULL OR EXISTS (
    SELECT 1 FROM show_consents WHERE show_consents.show_id = shows.id
    AND show_consents.household_id = listings.household_id AND show_consents.state = 'agreed'))
ORDER BY show_items.position;

-- name: thumbs
-- Of each product the first photo's, which comes last.
SELECT photos.listing_id, media_files.object_key
FROM show_items JOIN photos ON photos.listing_id = show_items.listing_id
JOIN media_files ON media_files.photo_id = photos.id AND media_files.role = 'thumb'
WHERE show_items.show_id = :show_id
ORDER BY photos.position DESC, photos.created_ms DESC, photos.id DESC;

-- name: planned_items
SELECT show_items.pin, show_items.position AS show_position, show_items.points, show_items.flash_vnd,
    show_items.flash_until_ms, show_items.before_vnd, listings.*
FROM show_items JOIN listings ON listings.id = show_items.listing_id
WHERE show_items.show_id = :show_id ORDER BY show_items.position;

-- name: begin_flash^
UPDATE show_items SET flash_vnd = :flash_vnd, flash_until_ms = :until_ms, before_vnd = :before_vnd
WHERE show_id = :show_id AND pin = :pin AND flash_until_ms IS NULL RETURNING pin;

-- name: flash_of_listing^
SELECT show_id FROM show_items WHERE listing_id = :listing_id AND flash_until_ms IS NOT NULL LIMIT 1;

-- name: end_flash^
UPDATE show_items SET flash_until_ms = NULL WHERE show_id = :show_id AND pin = :pin AND flash_until_ms <= :now_ms
RETURNING listing_id, flash_vnd, before_vnd;

-- name: running_flashes
SELECT pin FROM show_items WHERE show_id = :show_id AND flash_until_ms IS NOT NULL;

-- name: next_comment^
UPDATE shows SET last_comment = last_comment + 1 WHERE id = :id AND state = 'live' RETURNING last_comment;

-- name: add_comment!
INSERT INTO show_comments (id, show_id, number, source, author, folded, text, at_ms, reading)
VALUES (:id, :show_id, :number, :source, :author, :folded, :text, :at_ms, :reading);

-- name: comments
SELECT * FROM show_comments WHERE show_id = :show_id ORDER BY number DESC LIMIT :most;

-- name: page_comments
SELECT author, text FROM show_comments WHERE show_id = :show_id AND source = 'page' ORDER BY number DESC LIMIT :most;

-- name: comments_of_author
SELECT * FROM show_comments WHERE show_id = :show_id AND folded = :folded ORDER BY number DESC LIMIT :most;

-- name: same_comment^
SELECT id FROM show_comments
WHERE show_id = :show_id AND folded = :folded AND text = :text AND source = :source AND at_ms > :since_ms LIMIT 1;

-- name: comment_by_id^
SELECT * FROM show_comments WHERE id = :id;

-- name: add_draft!
INSERT INTO show_drafts (id, show_id, comment_id, about_id, intent, items, candidates, phone, unsure, state,
    created_ms, changed_ms)
VALUES (:id, :show_id, :comment_id, :about_id, :intent, :items, :candidates, :phone, :unsure, 'waiting',
    :now_ms, :now_ms);

-- name: draft_by_id^
SELECT * FROM show_drafts WHERE id = :id AND show_id = :show_id;

-- name: draft_of_comment^
SELECT * FROM show_drafts WHERE comment_id = :comment_id ORDER BY created_ms DESC LIMIT 1;

-- name: waiting_drafts
SELECT show_drafts.*, show_comments.author, show_comments.text, show_comments.source
FROM show_drafts JOIN show_comments ON show_comments.id = show_drafts.comment_id
WHERE show_drafts.show_id = :show_id AND show_drafts.state = 'waiting'
ORDER BY show_drafts.created_ms, show_drafts.id LIMIT :most;

-- name: confirmed_drafts
SELECT show_drafts.*, show_comments.author, show_comments.text, show_comments.source
FROM show_drafts JOIN show_comments ON show_comments.id = show_drafts.comment_id
WHERE show_drafts.show_id = :show_id AND show_drafts.state = 'confirmed' AND show_drafts.claim IS NOT NULL
ORDER BY show_drafts.changed_ms DESC LIMIT :most;

-- name: change_draft^
UPDATE show_drafts SET items = :items, intent = :intent, unsure = :unsure, version = version + 1,
    person_id = :person_id, changed_ms = :now_ms
WHERE id = :id AND state = 'waiting' AND version = :version RETURNING *;

-- name: settle_draft^
UPDATE show_drafts SET state = :state, claim = :claim, version = version + 1, person_id = :person_id,
    changed_ms = :now_ms
WHERE id = :id AND state = 'waiting' AND version = :version RETURNING *;

-- name: set_held!
UPDATE show_drafts SET held = :held, hold_until_ms = :hold_until_ms WHERE id = :id;

-- name: lapsed_hold^
SELECT * FROM show_drafts WHERE id = :id AND hold_until_ms IS NOT NULL AND hold_until_ms <= :now_ms;

-- name: held_of_show
SELECT * FROM show_drafts WHERE show_id = :show_id AND hold_until_ms IS NOT NULL;

-- name: add_order!
INSERT INTO show_orders (order_id, show_id, pin, at_ms, draft_id, claim)
VALUES (:order_id, :show_id, :pin, :now_ms, :draft_id, :claim) ON CONFLICT DO NOTHING;

-- name: orders_of_claim
SELECT show_orders.order_id, show_orders.show_id, show_orders.claimed_ms FROM show_orders
WHERE show_orders.claim = :claim ORDER BY show_orders.pin, show_orders.order_id;

-- name: take_claim^
UPDATE show_orders SET claimed_ms = :now_ms WHERE order_id = :order_id AND claimed_ms IS NULL RETURNING order_id;

-- name: orders_of_draft
SELECT order_id FROM show_orders WHERE draft_id = :draft_id;

-- name: sold
SELECT show_orders.pin, COUNT(*) AS orders, CAST(SUM(orders.amount) AS BIGINT) AS amount,
    CAST(SUM(orders.total_vnd) AS BIGINT) AS total_vnd
FROM show_orders JOIN orders ON orders.id = show_orders.order_id
WHERE show_orders.show_id = :show_id AND orders.state NOT IN ('cancelled', 'expired') GROUP BY show_orders.pin;

-- name: last_sold^
SELECT show_orders.pin, show_orders.at_ms, orders.amount, orders.unit
FROM show_orders JOIN orders ON orders.id = show_orders.order_id
WHERE show_orders.show_id = :show_id AND orders.state NOT IN ('cancelled', 'expired') AND show_orders.at_ms > :since_ms
ORDER BY show_orders.at_ms DESC LIMIT 1;

-- name: order_times
SELECT show_orders.pin, show_orders.at_ms, orders.state, orders.total_vnd
FROM show_orders JOIN orders ON orders.id = show_orders.order_id
WHERE show_orders.show_id = :show_id ORDER BY show_orders.at_ms;

-- name: note_viewers!
INSERT INTO show_viewers (show_id, minute_ms, viewers) VALUES (:show_id, :minute_ms, :viewers)
ON CONFLICT (show_id, minute_ms) DO UPDATE
SET viewers = CASE WHEN show_viewers.viewers < excluded.viewers THEN excluded.viewers ELSE show_viewers.viewers END;

-- name: viewers
SELECT minute_ms, viewers FROM show_viewers WHERE show_id = :show_id ORDER BY minute_ms;

-- name: add_destination!
INSERT INTO show_destinations (id, show_id, title, sealed, created_ms) VALUES (:id, :show_id, :title, :sealed, :now_ms);

-- name: destinations
SELECT id, title, sealed, created_ms FROM show_destinations WHERE show_id = :show_id AND removed_ms IS NULL
ORDER BY created_ms, id;

-- name: remove_destination^
UPDATE show_destinations SET removed_ms = :now_ms, sealed = '' WHERE id = :id AND show_id = :show_id
    AND removed_ms IS NULL RETURNING id;

-- name: forget_drafts!
DELETE FROM show_drafts WHERE hold_until_ms IS NULL AND show_id IN (SELECT id FROM shows
    WHERE COALESCE(ended_ms, starts_ms) < :before_ms AND state <> 'live');

-- name: forget_comments!
DELETE FROM show_comments WHERE show_id IN (SELECT id FROM shows
    WHERE COALESCE(ended_ms, starts_ms) < :before_ms AND state <> 'live')
    AND NOT EXISTS (SELECT 1 FROM show_drafts WHERE show_drafts.comment_id = show_comments.id);

-- name: waiting_of_show
SELECT * FROM show_drafts WHERE show_id = :show_id AND state = 'waiting' ORDER BY created_ms, id;

-- name: cards_shown
SELECT detail FROM show_events WHERE show_id = :show_id AND what = 'shown' ORDER BY number;

-- name: ended_before
SELECT id FROM shows WHERE state = 'ended' AND ended_ms < :before_ms;

-- name: add_recording!
INSERT INTO show_recordings (show_id, seconds, cut_ms) VALUES (:show_id, :seconds, :now_ms) ON CONFLICT DO NOTHING;

-- name: recording^
SELECT * FROM show_recordings WHERE show_id = :show_id;

-- name: recordings
SELECT show_recordings.show_id, show_recordings.forget_ms, COALESCE(shows.village_id, shows.household_id) AS holder_id,
    shows.ended_ms
FROM show_recordings JOIN shows ON shows.id = show_recordings.show_id ORDER BY shows.ended_ms DESC, shows.id;

-- name: going_of_holder
SELECT show_recordings.show_id, show_recordings.forget_ms
FROM show_recordings JOIN shows ON shows.id = show_recordings.show_id
WHERE COALESCE(shows.village_id, shows.household_id) = :holder_id AND show_recordings.forget_ms IS NOT NULL;

-- name: set_forgetting!
UPDATE show_recordings SET forget_ms = :forget_ms WHERE show_id = :show_id;

-- name: forget_recording!
DELETE FROM show_recordings WHERE show_id = :show_id;

-- name: add_piece!
INSERT INTO show_pieces (show_id, number, pin, listing_id, seconds)
VALUES (:show_id, :number, :pin, :listing_id, :seconds) ON CONFLICT DO NOTHING;

-- name: pieces
SELECT * FROM show_pieces WHERE show_id = :show_id ORDER BY number;

-- name: forget_pieces!
DELETE FROM show_pieces WHERE show_id = :show_id;

-- name: uncut_shows
SELECT shows.id FROM shows LEFT JOIN show_recordings ON show_recordings.show_id = shows.id
WHERE shows.state = 'ended' AND shows.ended_ms > :since_ms AND show_recordings.show_id IS NULL ORDER BY shows.ended_ms;

-- name: picture_changes
SELECT at_ms, detail FROM show_events WHERE show_id = :show_id AND what = 'picture' ORDER BY number;

-- name: prices_set
SELECT show_items.pin, audit.at_ms, audit.detail FROM audit JOIN show_items ON show_items.listing_id = audit.listing_id
WHERE show_items.show_id = :show_id AND audit.verb = :verb AND audit.at_ms > :begun_ms AND audit.at_ms < :ended_ms
ORDER BY audit.at_ms, audit.id;

-- name: prices_agreed
SELECT show_items.pin, consents.answered_ms, consents.new_price_vnd
FROM consents JOIN show_items ON show_items.listing_id = consents.listing_id
WHERE show_items.show_id = :show_id AND consents.state = 'agreed' AND consents.new_price_vnd IS NOT NULL
    AND consents.answered_ms > :begun_ms AND consents.answered_ms < :ended_ms
ORDER BY consents.answered_ms, consents.id;
