-- name: add_source^
INSERT INTO show_sources (id, show_id, network, account_id, address, chat, title, created_ms)
VALUES (:id, :show_id, :network, :account_id, :address, :chat, :title, :now_ms)
ON CONFLICT DO NOTHING RETURNING id;

-- name: sources_of_show
SELECT * FROM show_sources WHERE show_id = :show_id AND removed_ms IS NULL ORDER BY created_ms, id;

-- name: source_by_id^
SELECT * FROM show_sources WHERE id = :id;

-- name: sources_to_read
SELECT show_sources.id, COALESCE(network_accounts.sealed, youtube_keys.sealed, '') AS sealed
FROM show_sources JOIN shows ON shows.id = show_sources.show_id
LEFT JOIN network_accounts ON network_accounts.id = show_sources.account_id
LEFT JOIN youtube_keys ON youtube_keys.household_id = shows.household_id AND show_sources.network = 'youtube'
WHERE shows.state = 'live' AND show_sources.removed_ms IS NULL AND show_sources.state <> 'stopped'
    AND (shows.village_id IS NULL OR network_accounts.household_id IS NULL OR EXISTS (SELECT 1 FROM show_consents
        WHERE show_consents.show_id = shows.id AND show_consents.household_id = network_accounts.household_id
        AND show_consents.state = 'agreed'))
ORDER BY show_sources.created_ms LIMIT :most;

-- name: held_back
-- Of a team's show those of a household's Page that has not agreed to it, or does no longer.
SELECT show_sources.id FROM show_sources JOIN shows ON shows.id = show_sources.show_id
JOIN network_accounts ON network_accounts.id = show_sources.account_id
WHERE shows.id = :show_id AND shows.village_id IS NOT NULL AND network_accounts.household_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM show_consents
        WHERE show_consents.show_id = shows.id AND show_consents.household_id = network_accounts.household_id
        AND show_consents.state = 'agreed');

-- name: set_account!
UPDATE show_sources SET account_id = :account_id WHERE id = :id AND show_id = :show_id AND removed_ms IS NULL;

-- name: remove_source^
UPDATE show_sources SET removed_ms = :now_ms, cursor = '' WHERE id = :id AND show_id = :show_id AND removed_ms IS NULL
RETURNING id;

-- name: read_again^
UPDATE show_sources SET state = 'waiting', reason = '', wait_until_ms = NULL
WHERE id = :id AND show_id = :show_id AND removed_ms IS NULL AND state = 'stopped' RETURNING id;

-- name: set_state^
UPDATE show_sources SET state = :state, reason = :reason, wait_until_ms = :wait_until_ms
WHERE id = :id AND removed_ms IS NULL AND (state <> :state OR reason <> :reason
    OR COALESCE(wait_until_ms, 0) <> COALESCE(CAST(:wait_until_ms AS BIGINT), 0)) RETURNING id;

-- name: go_on^
UPDATE show_sources SET cursor = :cursor, chat = CASE WHEN :chat = '' THEN chat ELSE :chat END,
    taken = taken + :taken, last_ms = CASE WHEN :taken > 0 THEN :now_ms ELSE last_ms END
WHERE id = :id AND removed_ms IS NULL RETURNING id;

-- name: mark_comment^
INSERT INTO source_comments (show_id, network, external_id, source_id, at_ms)
VALUES (:show_id, :network, :external_id, :source_id, :at_ms) ON CONFLICT DO NOTHING RETURNING external_id;

-- name: name_comment!
UPDATE source_comments SET comment_id = :comment_id
WHERE show_id = :show_id AND network = :network AND external_id = :external_id;

-- name: source_comment^
SELECT source_comments.*, show_sources.account_id FROM source_comments
JOIN show_sources ON show_sources.id = source_comments.source_id WHERE source_comments.comment_id = :comment_id;

-- name: begin_reply^
UPDATE source_comments SET reply = 'sending', reply_reason = '', reply_ms = :now_ms
WHERE comment_id = :comment_id AND reply IN ('', 'waiting') RETURNING external_id;

-- name: doubt_reply!
UPDATE source_comments SET reply = 'unknown', reply_ms = :now_ms WHERE comment_id = :comment_id AND reply = 'sending';

-- name: end_reply!
UPDATE source_comments SET reply = :reply, reply_reason = :reason, reply_ms = :now_ms
WHERE comment_id = :comment_id AND reply IN ('sending', 'unknown');

-- name: replies_of_show
SELECT show_drafts.claim, show_comments.author, source_comments.network, source_comments.reply,
    source_comments.reply_reason, source_comments.reply_ms
FROM show_drafts JOIN show_comments ON show_comments.id = show_drafts.comment_id
JOIN source_comments ON source_comments.comment_id = show_comments.id
WHERE show_drafts.show_id = :show_id AND show_drafts.state = 'confirmed' AND show_drafts.claim IS NOT NULL
ORDER BY show_drafts.changed_ms DESC LIMIT :most;

-- name: forget_comments!
DELETE FROM source_comments WHERE show_id IN (SELECT id FROM shows
    WHERE COALESCE(ended_ms, starts_ms) < :before_ms AND state <> 'live');

-- name: youtube_key^
SELECT sealed, day, units FROM youtube_keys WHERE household_id = :household_id;

-- name: keep_youtube_key!
INSERT INTO youtube_keys (household_id, sealed, changed_ms) VALUES (:household_id, :sealed, :now_ms)
ON CONFLICT (household_id) DO UPDATE SET sealed = excluded.sealed, day = '', units = 0, changed_ms = excluded.changed_ms;

-- name: forget_youtube_key!
DELETE FROM youtube_keys WHERE household_id = :household_id;

-- name: count_units!
UPDATE youtube_keys SET units = CASE WHEN day = :day THEN units ELSE 0 END + :units, day = :day
WHERE household_id = :household_id;

-- name: last_comments
SELECT id FROM show_comments WHERE show_id = :show_id ORDER BY number DESC LIMIT :most;

-- name: confirmed_draft^
SELECT * FROM show_drafts WHERE id = :id AND state = 'confirmed' AND claim IS NOT NULL;
