-- name: goods
SELECT listings.id, listings.code, listings.kind, listings.name, listings.price_vnd, listings.unit, listings.on_hand, listings.min_order,
    listings.place, listings.packed_on, listings.best_before, listings.ingredients, listings.harvested_on,
    listings.published_ms, listings.changed_ms,
    households.name AS household_name, households.place AS household_place, villages.province,
    picture.object_key, picture.width, picture.height, picture.bytes
FROM listings
JOIN households ON households.id = listings.household_id
JOIN villages ON villages.id = households.village_id
LEFT JOIN media_files AS picture ON picture.id = (
    SELECT media_files.id FROM photos JOIN media_files ON media_files.photo_id = photos.id
    WHERE photos.listing_id = listings.id AND media_files.content_type = 'image/jpeg'
        AND media_files.role IN ('feed', 'page_720')
    ORDER BY CASE WHEN media_files.width >= :good_px AND media_files.height >= :good_px THEN 0 ELSE 1 END,
        photos.position, photos.created_ms, photos.id, media_files.role LIMIT 1)
WHERE listings.state = 'published'
    AND (CAST(:village_id AS TEXT) IS NULL OR households.village_id = :village_id)
    AND (CAST(:household_id AS TEXT) IS NULL OR households.id = :household_id)
    AND (listings.published_ms < :before_ms OR (listings.published_ms = :before_ms AND listings.id < :before_id))
    AND (listings.best_before IS NULL OR listings.best_before >= :today)
    AND (listings.kind <> 'dried_meat' OR (listings.packed_on IS NOT NULL AND listings.best_before IS NOT NULL
        AND listings.ingredients <> ''))
ORDER BY listings.published_ms DESC, listings.id DESC LIMIT :most;
