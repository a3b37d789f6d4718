-- Append-only, partitioned by the time inside the events' UUIDv7 ids, chained per organization.
create table audit_record (
    event_id        uuid        primary key,
    organization_id text        not null,
    position        bigint      not null check (position > 0),
    service         text        not null,
    actor           text,
    api_key         text,
    client          text,
    action          text        not null,
    resource_type   text        not null,
    resource_id     text,
    refusal         text,
    occurrences     bigint      not null,
    first_at        timestamptz not null,
    at              timestamptz not null,
    conversation    text,
    request         text,
    trace           text,
    recorded_at     timestamptz not null,
    previous_hash   text        not null,
    hash            text        not null
) partition by range (event_id);

create index audit_record_chain on audit_record (organization_id, position);
create index audit_record_actor on audit_record (organization_id, actor, position);
create index audit_record_resource on audit_record (organization_id, resource_id, position);
create index audit_record_conversation on audit_record (organization_id, conversation, position)
    where conversation is not null;
create index audit_record_trace on audit_record (organization_id, trace) where trace is not null;

-- One partition a quarter, up to the end of 2030, and one for what lies outside.
do $$
declare
    quarter timestamptz := '2026-01-01T00:00:00Z';
    low     uuid;
    high    uuid;
begin
    while quarter < '2031-01-01T00:00:00Z' loop
        low := (lpad(to_hex((extract(epoch from quarter) * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid;
        high := (lpad(to_hex((extract(epoch from (quarter at time zone 'UTC' + interval '3 months')
                                                 at time zone 'UTC') * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid;
        execute format('create table %I partition of audit_record for values from (%L) to (%L)',
                       'audit_record' || to_char(quarter at time zone 'UTC', '_YYYY_"q"Q'),
                       low, high);
        quarter := (quarter at time zone 'UTC' + interval '3 months') at time zone 'UTC';
    end loop;
end
$$;
create table audit_record_other partition of audit_record default;

create trigger audit_record_append_only before update or delete on audit_record
    for each row execute function refuse_change();
create trigger audit_record_no_truncate before truncate on audit_record
    for each statement execute function refuse_change();

-- Where each chain ends: the row that whoever continues the chain holds. It proves nothing by
-- itself; the proof is the signed head, which is published outside of this database.
create table audit_chain (
    organization_id text   primary key,
    position        bigint not null,
    hash            text   not null,
    signed_position bigint not null default 0
) with (fillfactor = 70);

create index audit_chain_moved on audit_chain (organization_id) where position > signed_position;
