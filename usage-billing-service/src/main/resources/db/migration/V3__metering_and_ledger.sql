-- Both large tables are append-only and partitioned by the time inside their UUIDv7 keys.
create table usage_record (
    event_id            uuid        primary key,
    organization_id     text        not null,
    subject             text        not null,
    api_key             text,
    conversation        text,
    response            text,
    call                text        not null,
    reservation_id      uuid        not null,
    purpose             text        not null,
    model               text        not null,
    provider            text        not null,
    tier                text        not null,
    attempt             integer     not null,
    input_tokens        bigint      not null,
    cached_input_tokens bigint      not null,
    output_tokens       bigint      not null,
    estimated           boolean     not null,
    finish              text        not null,
    reserved_at         timestamptz not null,
    started_at          timestamptz not null,
    first_token_at      timestamptz,
    finished_at         timestamptz not null,
    received_at         timestamptz not null,
    trace               text
) partition by range (event_id);

create table ledger_entry (
    id                  uuid        primary key,
    kind                text        not null check (kind in ('USAGE', 'ESTIMATE', 'REVERSAL')),
    organization_id     text        not null,
    subject             text        not null,
    api_key             text,
    conversation        text,
    call                text        not null,
    reservation_id      uuid        not null,
    event_id            uuid,
    reverses            uuid,
    model               text        not null,
    requests            bigint      not null,
    input_tokens        bigint      not null,
    cached_input_tokens bigint      not null,
    output_tokens       bigint      not null,
    estimated           boolean     not null,
    priced_model        text        not null,
    price_version       integer     not null,
    cost_micros         bigint      not null,
    currency            text        not null,
    occurred_at         timestamptz not null,
    recorded_at         timestamptz not null,
    check ((kind = 'REVERSAL') = (reverses is not null))
) partition by range (id);

create index ledger_entry_organization on ledger_entry (organization_id, id);
create index ledger_entry_call on ledger_entry (call);

-- One partition a quarter, up to the end of 2030, and one for what lies outside.
do $$
declare
    quarter timestamptz := '2026-01-01T00:00:00Z';
    low     uuid;
    high    uuid;
    parent  text;
begin
    while quarter < '2031-01-01T00:00:00Z' loop
        low := (lpad(to_hex((extract(epoch from quarter) * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid;
        high := (lpad(to_hex((extract(epoch from (quarter at time zone 'UTC' + interval '3 months')
                                                 at time zone 'UTC') * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid;
        foreach parent in array array ['usage_record', 'ledger_entry'] loop
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                           parent || to_char(quarter at time zone 'UTC', '_YYYY_"q"Q'),
                           parent, low, high);
        end loop;
        quarter := (quarter at time zone 'UTC' + interval '3 months') at time zone 'UTC';
    end loop;
end
$$;
create table usage_record_other partition of usage_record default;
create table ledger_entry_other partition of ledger_entry default;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger ledger_entry_append_only before update or delete on ledger_entry
    for each row execute function refuse_change();
create trigger ledger_entry_no_truncate before truncate on ledger_entry
    for each statement execute function refuse_change();
create trigger usage_record_append_only before update or delete on usage_record
    for each row execute function refuse_change();
create trigger usage_record_no_truncate before truncate on usage_record
    for each statement execute function refuse_change();

-- Sums per day, derived from the ledger in the transaction of each entry; it can be made again.
-- Usage by user is the sum over models of a subject.
create table usage_total (
    organization_id     text   not null,
    dimension           text   not null check (dimension in ('CONVERSATION', 'API_KEY', 'MODEL')),
    key                 text   not null,
    subject             text   not null,
    day                 date   not null,
    currency            text   not null,
    requests            bigint not null,
    input_tokens        bigint not null,
    cached_input_tokens bigint not null,
    output_tokens       bigint not null,
    cost_micros         bigint not null,
    primary key (organization_id, dimension, key, subject, day, currency)
) with (fillfactor = 70);

create index usage_total_day on usage_total (organization_id, dimension, day);
