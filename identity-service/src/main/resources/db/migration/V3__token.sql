create table session (
    id              uuid primary key,
    organization_id uuid        not null references organization (id),
    account_id      uuid        not null references account (id),
    client_id       text        not null,
    -- The generation of the only refresh token that may be used next.
    generation      integer     not null,
    started_at      timestamptz not null,
    rotated_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz
);
create index session_account on session (account_id) where revoked_at is null;
create index session_expiry on session (expires_at);

create table signing_key (
    id                 uuid primary key,
    stage              text        not null check (stage in ('next', 'current', 'retired')),
    stage_since        timestamptz not null,
    public_key         bytea       not null,
    sealed_private_key bytea       not null
);
create unique index signing_key_current on signing_key (stage) where stage <> 'retired';

create table revocation (
    sequence    bigint generated always as identity primary key,
    kind        text        not null check (kind in
        ('key_revoked', 'session_revoked', 'subject_revoked', 'token_revoked')),
    target      text        not null,
    occurred_at timestamptz not null
);
create index revocation_target on revocation (target, kind);
create index revocation_age on revocation (occurred_at);
