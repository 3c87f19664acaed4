-- name: add_visits*!
INSERT INTO visits (listing_id, channel, day, visits)
SELECT id, CAST(:channel AS TEXT), CAST(:day AS TEXT), CAST(:visits AS BIGINT) FROM listings WHERE id = :listing_id
ON CONFLICT (listing_id, channel, day) DO UPDATE SET visits = visits.visits + excluded.visits;

-- name: visits_of_listing
SELECT channel, SUM(visits) AS visits FROM visits WHERE listing_id = :listing_id GROUP BY channel;

-- name: visits_of_household
SELECT visits.listing_id, visits.channel, SUM(visits.visits) AS visits
FROM listings JOIN visits ON visits.listing_id = listings.id
WHERE listings.household_id = :household_id AND visits.day >= :since
GROUP BY visits.listing_id, visits.channel;

-- name: orders_of_household
SELECT listing_id, channel, COUNT(*) AS orders FROM orders
WHERE household_id = :household_id AND created_ms >= :since_ms AND state NOT IN ('cancelled', 'expired')
GROUP BY listing_id, channel;

-- name: sum_old_days!
INSERT INTO visits (listing_id, channel, day, visits)
SELECT listing_id, channel, '', SUM(visits) FROM visits WHERE day <> '' AND day < :before GROUP BY listing_id, channel
ON CONFLICT (listing_id, channel, day) DO UPDATE SET visits = visits.visits + excluded.visits;

-- name: drop_old_days!
DELETE FROM visits WHERE day <> '' AND day < :before;
