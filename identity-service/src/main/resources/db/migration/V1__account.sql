create table organization (
    id           uuid primary key,
    kind         text        not null check (kind in ('personal', 'company', 'guests')),
    plan         text        not null,
    name         text        not null,
    created_by   uuid,
    created_at   timestamptz not null,
    -- When its organization_created event was written; null until the service has started once.
    announced_at timestamptz
);

create table account (
    id              uuid primary key,
    organization_id uuid        not null references organization (id),
    kind            text        not null check (kind in ('person', 'guest')),
    email           text unique,
    name            text,
    roles           text        not null,
    created_at      timestamptz not null,
    check ((kind = 'person') = (email is not null and name is not null))
);
create index account_organization on account (organization_id, id);

-- How many accounts each address has opened in each hour; addresses are stored as keyed hashes.
create table arrival (
    kind         text        not null check (kind in ('guest', 'registration')),
    address_hash text        not null,
    window_start timestamptz not null,
    arrivals     integer     not null,
    primary key (kind, address_hash, window_start)
);

insert into organization (id, kind, plan, name, created_at)
values ('00000000-0000-7000-8000-000000000001', 'guests', 'free', 'Guests', now()),
       ('00000000-0000-7000-8000-000000000002', 'company', 'enterprise', 'Installation', now());
