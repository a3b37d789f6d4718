-- What an organization has decided for itself; one without a row has the defaults.
create table organization_policies (
    organization_id           uuid primary key references organization (id),
    version                   bigint      not null check (version > 0),
    payload_logging           text        not null
        check (payload_logging in ('off', 'metadata', 'redacted', 'full')),
    payload_time_to_live_days integer     not null check (payload_time_to_live_days between 1 and 365),
    changed_at                timestamptz not null
);
