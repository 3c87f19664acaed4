-- name: add_listing!
INSERT INTO listings (id, code, household_id, kind, name, folded, price_vnd, unit, on_hand, place, state,
    created_ms, changed_ms, published_ms)
VALUES (:id, :code, :household_id, 'dried_meat', 'Thịt trâu gác bếp', 'thit trau gac bep', :price_vnd, :unit,
    :on_hand, 'bản Lói', 'published', :now_ms, :now_ms, :now_ms);

-- name: listing^
SELECT * FROM listings WHERE id = :id;

-- name: change_listing!
UPDATE listings SET price_vnd = :price_vnd, unit = :unit, state = :state, min_order = :min_order WHERE id = :id;
