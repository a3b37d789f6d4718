-- What is kept of calls, as far as each organization's policy wants it kept. Text stands in one
-- table, each row with a salt of its own; a row of the log says what the text was by a hash of both.
create table payload (
    id              uuid primary key,
    organization_id text  not null,
    salt            bytea not null check (length(salt) = 16),
    content         text  not null
);

create table payload_log (
    id              uuid primary key,
    organization_id text        not null,
    subject         text        not null,
    api_key         text,
    request_id      text,
    call            text        not null,
    conversation    text,
    response        text,
    trace           text,
    model           text        not null,
    purpose         text        not null,
    mode            text        not null check (mode in ('metadata', 'redacted', 'full')),
    outcome         text        not null,
    input_tokens    bigint,
    output_tokens   bigint,
    started_at      timestamptz not null,
    ended_at        timestamptz not null,
    expires_at      timestamptz not null,
    payload_id      uuid references payload (id),
    commitment      bytea,
    check ((payload_id is null) = (commitment is null)),
    check (mode <> 'metadata' or payload_id is null)
);
create index payload_log_by_request on payload_log (organization_id, request_id, id desc);
create index payload_log_by_call on payload_log (organization_id, call, id desc);
create index payload_log_by_response on payload_log (organization_id, response, id desc)
    where response is not null;
create index payload_log_by_expiry on payload_log (expires_at);
