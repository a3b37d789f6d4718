-- Requests that may be made again: by their caller's own key, or by an official SDK that did not
-- get the answer. A row is claimed by the call that answers the request, and has the answer when
-- that call has one; the text goes with the row when its time is over.
create table answer_claim (
    organization_id     text        not null,
    subject             text        not null,
    name                text        not null,
    request_hash        text        not null,
    call                text        not null,
    created_at          timestamptz not null,
    expires_at          timestamptz not null,
    lease_until         timestamptz not null,
    content             bytea,
    finish              text,
    input_tokens        bigint,
    cached_input_tokens bigint,
    output_tokens       bigint,
    estimated           boolean,
    provider            text,
    attempts            integer,
    primary key (organization_id, subject, name),
    check (num_nulls(content, finish, input_tokens, cached_input_tokens, output_tokens, estimated,
                     provider, attempts) in (0, 8))
);
create unique index answer_claim_by_call on answer_claim (call);
create index answer_claim_by_expiry on answer_claim (expires_at);
