-- One transfer told twice by two ways in (two webhooks of one household, later a pasted statement)
-- is one transfer: the bank's own reference, with account, sum and time, says so.
CREATE UNIQUE INDEX transfers_told_once ON transfers (household_id, account_number, reference, amount_vnd, at_text)
    WHERE reference <> '';
CREATE INDEX transfers_to_review ON transfers (household_id, received_ms) WHERE state IN ('review', 'unmatched');
