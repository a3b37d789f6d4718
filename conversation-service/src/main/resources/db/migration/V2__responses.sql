-- A turn. `epoch` fences: whoever changes a running turn names the epoch that it took it with.
CREATE TABLE response (
    id uuid PRIMARY KEY,
    organization_id text NOT NULL,
    owner_id text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversation (id),
    conversation_given boolean NOT NULL,
    previous_response_id uuid,
    parent_id uuid,
    depth integer NOT NULL,
    input_item_ids uuid[] NOT NULL,
    output_item_id uuid NOT NULL,
    status text NOT NULL
        CHECK (status IN ('in_progress', 'completed', 'incomplete', 'failed', 'cancelled')),
    epoch integer NOT NULL DEFAULT 1,
    lease_owner uuid,
    lease_until timestamptz,
    cancel_requested_at timestamptz,
    model text NOT NULL,
    parameters jsonb NOT NULL,
    instructions_payload_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}',
    request_hash bytea NOT NULL,
    trace_id text,
    finish text,
    error_code text,
    error_message text,
    refusal jsonb,
    input_tokens bigint,
    cached_input_tokens bigint,
    output_tokens bigint,
    estimated boolean NOT NULL DEFAULT false,
    cost_amount bigint,
    cost_currency text,
    delta_ends integer[],
    latency_ms bigint,
    first_token_ms bigint,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    deleted_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX response_running ON response (created_at) WHERE status = 'in_progress';
CREATE INDEX response_of_conversation ON response (conversation_id);
CREATE INDEX response_of_request ON response (owner_id, request_hash, created_at);

-- What a running turn has said so far, one row per group commit: a JSON array of deltas. When the turn has ended its text
-- is a payload, `response.delta_ends` tells where each delta ended, and these rows are gone.
CREATE TABLE response_delta (
    response_id uuid NOT NULL,
    first_delta integer NOT NULL,
    deltas text NOT NULL,
    PRIMARY KEY (response_id, first_delta)
);

CREATE TABLE idempotency_key (
    organization_id text NOT NULL,
    owner_id text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    resource_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, owner_id, key)
);
CREATE INDEX idempotency_key_resource ON idempotency_key (resource_id);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

-- What the model was sent for a turn: ids, versions and counts, and a salted hash of the text.
CREATE TABLE context_manifest (
    response_id uuid PRIMARY KEY REFERENCES response (id),
    organization_id text NOT NULL,
    manifest jsonb NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE consumed_event (
    id text PRIMARY KEY,
    consumed_at timestamptz NOT NULL
);
CREATE INDEX consumed_event_age ON consumed_event (consumed_at);
