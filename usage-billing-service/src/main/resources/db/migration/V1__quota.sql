-- Whoever changes a plan, a price or a subscription takes the next number here, in the same
-- transaction; the row's lock keeps the numbers in the order of the commits, so that a reader who
-- has seen N has seen everything up to N.
create table change_counter (
    single boolean primary key default true check (single),
    last   bigint  not null
);
insert into change_counter (last) values (0);

create table change (
    sequence bigint primary key,
    kind     text        not null check (kind in ('plan_changed', 'price_changed', 'subscription_changed')),
    id       text        not null,
    at       timestamptz not null default now()
);

create table plan (
    name    text     primary key,
    version integer  not null check (version > 0),
    tiers   text     not null
);

create table plan_limit (
    plan          text   not null references plan (name),
    scope         text   not null check (scope in ('ORGANIZATION')),
    unit          text   not null check (unit in ('REQUESTS', 'TOKENS')),
    window_length text   not null check (window_length in ('MINUTE', 'HOUR', 'DAY', 'MONTH')),
    hard          bigint check (hard >= 0),
    soft          bigint check (soft >= 0),
    primary key (plan, scope, unit, window_length),
    check (soft <= hard)
);

-- A change of plan or status is a new version, never an update.
create table subscription (
    organization_id text        not null,
    version         integer     not null check (version > 0),
    plan            text        not null references plan (name),
    status          text        not null check (status in ('ACTIVE', 'SUSPENDED', 'CANCELLED')),
    since           timestamptz not null,
    primary key (organization_id, version)
);

-- One counter per limit and calendar window. Its holder is the organization; limits per user or
-- key will have those as holders. Rows are locked in the order of their ids.
create table quota_window (
    id              bigint generated always as identity primary key,
    organization_id text        not null,
    scope           text        not null,
    holder          text        not null,
    unit            text        not null,
    window_length   text        not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    used            bigint      not null default 0,
    unique (organization_id, scope, holder, unit, window_length, starts_at)
) with (fillfactor = 50);

create index quota_window_ended on quota_window (ends_at);

create table reservation (
    id                uuid        primary key,
    organization_id   text        not null,
    subject           text        not null,
    api_key           text,
    call              text        not null,
    model             text        not null,
    tier              text        not null,
    plan              text        not null,
    purpose           text        not null,
    reserved_input    bigint      not null,
    granted_output    bigint      not null,
    reserved_at       timestamptz not null,
    request_windows   bigint[]    not null,
    token_windows     bigint[]    not null,
    charged_requests  bigint      not null,
    charged_tokens    bigint      not null,
    state             text        not null check (state in ('OPEN', 'RELEASED', 'SETTLED', 'ESTIMATED')),
    reached_provider  boolean     not null default false,
    progress_input    bigint      not null default 0,
    progress_output   bigint      not null default 0,
    lease_until       timestamptz not null,
    estimate_entry    uuid,
    check ((state = 'ESTIMATED') <= (estimate_entry is not null))
) with (fillfactor = 70);

create index reservation_open on reservation (lease_until) where state = 'OPEN';

insert into plan (name, version, tiers) values
    ('free', 1, 'STANDARD'),
    ('pro', 1, 'STANDARD,PREMIUM'),
    ('enterprise', 1, 'STANDARD,PREMIUM'),
    ('guest', 1, 'STANDARD');

insert into plan_limit (plan, scope, unit, window_length, hard, soft) values
    ('free', 'ORGANIZATION', 'REQUESTS', 'MINUTE', 20, 16),
    ('free', 'ORGANIZATION', 'REQUESTS', 'HOUR', 200, 160),
    ('free', 'ORGANIZATION', 'REQUESTS', 'DAY', 1000, 800),
    ('free', 'ORGANIZATION', 'TOKENS', 'DAY', 100000, 80000),
    ('free', 'ORGANIZATION', 'TOKENS', 'MONTH', 1000000, 800000),
    ('pro', 'ORGANIZATION', 'REQUESTS', 'MINUTE', 600, 480),
    ('pro', 'ORGANIZATION', 'REQUESTS', 'HOUR', 12000, 9600),
    ('pro', 'ORGANIZATION', 'REQUESTS', 'DAY', 100000, 80000),
    ('pro', 'ORGANIZATION', 'TOKENS', 'DAY', 10000000, 8000000),
    ('pro', 'ORGANIZATION', 'TOKENS', 'MONTH', 200000000, 160000000),
    ('enterprise', 'ORGANIZATION', 'REQUESTS', 'MINUTE', null, null),
    ('enterprise', 'ORGANIZATION', 'REQUESTS', 'HOUR', null, null),
    ('enterprise', 'ORGANIZATION', 'REQUESTS', 'DAY', null, null),
    ('enterprise', 'ORGANIZATION', 'TOKENS', 'DAY', null, null),
    ('enterprise', 'ORGANIZATION', 'TOKENS', 'MONTH', 1000000000000, 800000000000),
    ('guest', 'ORGANIZATION', 'REQUESTS', 'MINUTE', 20, 16),
    ('guest', 'ORGANIZATION', 'REQUESTS', 'HOUR', 120, 96),
    ('guest', 'ORGANIZATION', 'REQUESTS', 'DAY', 500, 400),
    ('guest', 'ORGANIZATION', 'TOKENS', 'DAY', 50000, 40000),
    ('guest', 'ORGANIZATION', 'TOKENS', 'MONTH', 500000, 400000);
