-- name: enqueue^
INSERT INTO jobs (id, kind, job_key, subject, payload, lane, priority, state, run_at_ms, created_ms, changed_ms)
VALUES (:id, :kind, :job_key, :subject, :payload, :lane, :priority, 'queued', :run_at_ms, :now_ms, :now_ms)
ON CONFLICT (job_key) WHERE state IN ('queued', 'running') DO NOTHING
RETURNING id;

-- name: claim^
UPDATE jobs SET state = 'running', runner = :runner, lease_until_ms = :lease_until_ms,
    attempts = attempts + 1, progress = 0, changed_ms = :now_ms
WHERE state = 'queued' AND id = (
    SELECT id FROM jobs WHERE state = 'queued' AND lane = :lane AND run_at_ms <= :now_ms
    ORDER BY priority, run_at_ms, created_ms LIMIT 1)
RETURNING id, kind, job_key, subject, payload, attempts;

-- name: next_due^
SELECT MIN(run_at_ms) AS run_at_ms FROM jobs WHERE state = 'queued' AND lane = :lane;

-- name: renew!
UPDATE jobs SET lease_until_ms = :lease_until_ms WHERE runner = :runner AND state = 'running';

-- name: report_progress!
UPDATE jobs SET progress = :progress, changed_ms = :now_ms WHERE id = :id AND state = 'running';

-- name: finish!
UPDATE jobs SET state = :state, error = :error, run_at_ms = :run_at_ms, runner = NULL, lease_until_ms = NULL,
    progress = CASE WHEN CAST(:state AS TEXT) = 'done' THEN 100 ELSE progress END, changed_ms = :now_ms
WHERE id = :id AND state = 'running';

-- name: requeue_abandoned!
UPDATE jobs SET state = 'queued', runner = NULL, lease_until_ms = NULL, changed_ms = :now_ms
WHERE state = 'running' AND lease_until_ms < :before_ms;

-- name: cancel!
UPDATE jobs SET state = 'cancelled', changed_ms = :now_ms
WHERE job_key = :job_key AND state IN ('queued', 'running');

-- name: cancel_for_subject
UPDATE jobs SET state = 'cancelled', changed_ms = :now_ms
WHERE subject = :subject AND state IN ('queued', 'running')
RETURNING id;

-- name: cancel_kind_for_subject
UPDATE jobs SET state = 'cancelled', changed_ms = :now_ms
WHERE subject = :subject AND kind = :kind AND state IN ('queued', 'running')
RETURNING id;

-- name: jobs_of_subject
SELECT id, kind, job_key, state, progress, attempts, error, created_ms, changed_ms FROM jobs
WHERE subject = :subject ORDER BY created_ms, id;

-- name: forget_finished!
DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND changed_ms < :before_ms;
