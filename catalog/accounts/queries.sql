-- name: account_of^
SELECT id, household_id, bank_bin, account_number, account_name FROM accounts
WHERE household_id = :household_id AND removed_ms IS NULL;

-- name: add_account^
INSERT INTO accounts (id, household_id, bank_bin, account_number, account_name, created_ms)
VALUES (:id, :household_id, :bank_bin, :account_number, :account_name, :now_ms)
ON CONFLICT (household_id) WHERE removed_ms IS NULL DO NOTHING
RETURNING id;

-- name: remove_account!
UPDATE accounts SET removed_ms = :now_ms WHERE household_id = :household_id AND removed_ms IS NULL;
