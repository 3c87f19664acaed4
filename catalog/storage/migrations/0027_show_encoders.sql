-- The key by which an outside encoder (OBS, a phone's app) films a show: only its digest. `sealed` is where the
-- RTMP server has the stream now, encrypted, so that a restarted shop finds it again.
CREATE TABLE show_encoders (
    show_id TEXT PRIMARY KEY REFERENCES shows (id),
    digest TEXT NOT NULL UNIQUE,
    sealed TEXT NOT NULL DEFAULT '',
    made_ms BIGINT NOT NULL
);
