-- Who there is: villages, households, people and how they sign in.
CREATE TABLE villages (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    commune TEXT NOT NULL,
    province TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);

CREATE TABLE households (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    village_id TEXT NOT NULL REFERENCES villages (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    phone TEXT,
    place TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE INDEX households_of_village ON households (village_id, folded);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT,
    role TEXT NOT NULL CHECK (role IN ('owner', 'helper', 'household')),
    village_id TEXT REFERENCES villages (id),
    household_id TEXT REFERENCES households (id),
    pin_hash TEXT,
    pin_failures INTEGER NOT NULL DEFAULT 0,
    pin_locked_until_ms BIGINT NOT NULL DEFAULT 0,
    created_ms BIGINT NOT NULL,
    CHECK ((role = 'household') = (household_id IS NOT NULL)),
    CHECK ((role = 'helper') = (village_id IS NOT NULL))
);
CREATE INDEX people_of_household ON people (household_id);
CREATE INDEX people_of_village ON people (village_id);

-- A personal link: only the digest of its token is kept, so a stolen table opens nothing.
CREATE TABLE sign_in_links (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    token_digest TEXT NOT NULL UNIQUE,
    once INTEGER NOT NULL DEFAULT 0,
    created_ms BIGINT NOT NULL,
    used_ms BIGINT,
    revoked_ms BIGINT
);
CREATE INDEX sign_in_links_of_person ON sign_in_links (person_id);

CREATE TABLE sessions (
    token_digest TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    link_id TEXT REFERENCES sign_in_links (id),
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (person_id);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    token_digest TEXT NOT NULL UNIQUE,
    created_ms BIGINT NOT NULL,
    revoked_ms BIGINT
);

-- What was done for whom: shown to the household and its helpers.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    household_id TEXT NOT NULL REFERENCES households (id),
    person_id TEXT REFERENCES people (id),
    verb TEXT NOT NULL,
    listing_id TEXT,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_of_household ON audit (household_id, at_ms);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES households (id),
    bank_bin TEXT NOT NULL,
    account_number TEXT NOT NULL,
    account_name TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    removed_ms BIGINT
);
CREATE UNIQUE INDEX accounts_in_use ON accounts (household_id) WHERE removed_ms IS NULL;
