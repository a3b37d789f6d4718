-- What the spans of an event are marked with. Repeatable, so that it needs no place in the order
-- of the services' own migrations.
alter table outbox add column if not exists baggage text;
