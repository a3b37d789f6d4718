-- Events wait here, in the database of the state change that they tell of, until Kafka has them.
create table outbox (
    sequence    bigint generated always as identity primary key,
    id          uuid        not null unique,
    topic       text        not null,
    event_key   text        not null,
    type        text        not null,
    subject     text        not null,
    occurred_at timestamptz not null,
    traceparent text,
    data        text        not null,
    sent_at     timestamptz
);

create index outbox_unsent on outbox (sequence) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- The unsent part is scanned several times a second and must never be left to a stale plan.
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
