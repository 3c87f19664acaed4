-- A filmed clip's text for a network as a person has written it.
CREATE TABLE filmed_texts (
    filmed_id TEXT NOT NULL REFERENCES filmed_clips (id),
    network TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (filmed_id, network)
);
