-- All text of this service: messages, titles, instructions. Other rows refer to it and keep salted
-- hashes of it, so that deleting a payload erases the text and nothing else.
CREATE TABLE payload (
    id uuid PRIMARY KEY,
    organization_id text NOT NULL,
    conversation_id uuid NOT NULL,
    salt bytea NOT NULL,
    content jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX payload_of_conversation ON payload (conversation_id);

CREATE TABLE conversation (
    id uuid PRIMARY KEY,
    organization_id text NOT NULL,
    owner_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'paused', 'archived', 'closed')),
    listed boolean NOT NULL,
    turns integer NOT NULL DEFAULT 0 CHECK (turns >= 0),
    title_payload_id uuid REFERENCES payload (id),
    instructions_payload_id uuid REFERENCES payload (id),
    metadata jsonb NOT NULL DEFAULT '{}',
    head_id uuid,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE INDEX conversation_of_owner ON conversation (organization_id, owner_id, id)
    WHERE listed AND deleted_at IS NULL;

-- The message tree. Nodes are never removed: a deleted one is a tombstone without a payload.
CREATE TABLE node (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversation (id),
    organization_id text NOT NULL,
    parent_id uuid,
    depth integer NOT NULL CHECK (depth >= 0),
    role text NOT NULL CHECK (role IN ('user', 'system', 'developer', 'assistant')),
    origin text NOT NULL CHECK (origin IN ('sent', 'supplied', 'resent', 'generated')),
    status text NOT NULL CHECK (status IN ('completed', 'incomplete')),
    payload_id uuid,
    commitment bytea NOT NULL,
    tokens integer NOT NULL CHECK (tokens >= 0),
    response_id uuid,
    refused boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    received_at timestamptz,
    sent_at timestamptz,
    deleted_at timestamptz,
    UNIQUE (conversation_id, id),
    FOREIGN KEY (conversation_id, parent_id) REFERENCES node (conversation_id, id),
    CHECK ((parent_id IS NULL) = (depth = 0)),
    CHECK ((payload_id IS NULL) = (deleted_at IS NOT NULL))
);

ALTER TABLE conversation
    ADD FOREIGN KEY (id, head_id) REFERENCES node (conversation_id, id);
