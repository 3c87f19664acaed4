-- Work to be done later, written in the transaction that needs it.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    job_key TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL,
    lane TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    run_at_ms BIGINT NOT NULL,
    runner TEXT,
    lease_until_ms BIGINT,
    attempts INTEGER NOT NULL DEFAULT 0,
    progress INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_live_key ON jobs (job_key) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_due ON jobs (lane, priority, run_at_ms) WHERE state = 'queued';
CREATE INDEX jobs_of_subject ON jobs (subject, created_ms) WHERE subject <> '';
