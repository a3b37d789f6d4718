-- Requests that may be made again: by their caller's own key, or by an official SDK that did not
-- get the answer. A row is claimed by the call that answers the request, and says how that call
-- ended when it has an answer: a finish reason with the text in payload, or the code of a refusal.
-- Row and text go when their time is over.
create table answer_claim (
    organization_id     text        not null,
    subject             text        not null,
    name                text        not null,
    request_hash        text        not null,
    call                text        not null,
    created_at          timestamptz not null,
    expires_at          timestamptz not null,
    lease_until         timestamptz not null,
    ending              text,
    provider            text,
    attempts            integer,
    payload_id          uuid,
    input_tokens        bigint,
    cached_input_tokens bigint,
    output_tokens       bigint,
    estimated           boolean,
    primary key (organization_id, subject, name),
    check (num_nulls(ending, provider, attempts) in (0, 3)),
    check (num_nulls(payload_id, input_tokens, cached_input_tokens, output_tokens, estimated)
        in (0, 5)),
    check (payload_id is null or ending is not null)
);
create unique index answer_claim_by_call on answer_claim (call);
create index answer_claim_by_request on answer_claim (organization_id, subject, request_hash);
create index answer_claim_by_expiry on answer_claim (expires_at);
