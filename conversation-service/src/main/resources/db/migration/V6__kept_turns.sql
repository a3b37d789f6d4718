-- Turns of which nothing is stored (store: false), for as long as the same request may be made again:
-- how each ended, without text. What it said is a payload; what it was given is in the request.
CREATE TABLE kept_turn (
    response_id uuid PRIMARY KEY,
    organization_id text NOT NULL,
    turn jsonb,
    payload_id uuid,
    lease_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX kept_turn_age ON kept_turn (expires_at);
