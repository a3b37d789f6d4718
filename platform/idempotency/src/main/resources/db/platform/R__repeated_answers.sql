-- What was answered to requests that may be made again, put here with what they did. Repeatable, so
-- that it needs no place in the order of the services' own migrations.
create table if not exists repeated_answer (
    organization_id text        not null,
    caller          text        not null,
    name            text        not null,
    request_hash    text        not null,
    answer          bytea       not null,
    kept_until      timestamptz not null,
    primary key (organization_id, caller, name)
);

create index if not exists repeated_answer_kept_until on repeated_answer (kept_until);
