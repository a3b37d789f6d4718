create table password (
    account_id      uuid primary key references account (id),
    organization_id uuid        not null references organization (id),
    hash            text        not null,
    changed_at      timestamptz not null
);

create table api_key (
    id              uuid primary key,
    organization_id uuid        not null references organization (id),
    account_id      uuid        not null references account (id),
    name            text        not null,
    secret_hash     text        not null unique,
    scopes          text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    revoked_at      timestamptz
);
create index api_key_organization on api_key (organization_id, id) where revoked_at is null;

create table client (
    id              text primary key,
    organization_id uuid        not null references organization (id),
    kind            text        not null check (kind in ('service', 'operator')),
    subject_id      uuid        not null,
    secret_hash     text        not null,
    updated_at      timestamptz not null
);

-- Attempts by account and by address, both as keyed hashes; before anyone is known, so no owner.
create table login_throttle (
    subject_hash    text primary key,
    attempts        integer     not null,
    last_attempt_at timestamptz not null
);
create index login_throttle_age on login_throttle (last_attempt_at);
