-- Micro-units of the currency per million tokens. A new price is a new version with its own
-- beginning; the model '*' stands for every model that is not listed.
create table price (
    model          text        not null,
    version        integer     not null check (version > 0),
    effective_from timestamptz not null,
    currency       text        not null check (currency ~ '^[A-Z]{3}$'),
    input          bigint      not null check (input >= 0),
    cached_input   bigint      not null check (cached_input >= 0),
    output         bigint      not null check (output >= 0),
    primary key (model, version)
);

insert into price (model, version, effective_from, currency, input, cached_input, output) values
    ('*', 1, '1970-01-01T00:00:00Z', 'USD', 1000000, 250000, 3000000),
    ('simulated', 1, '1970-01-01T00:00:00Z', 'USD', 500000, 125000, 1500000),
    ('simulated-premium', 1, '1970-01-01T00:00:00Z', 'USD', 5000000, 1250000, 15000000),
    ('smollm2:135m', 1, '1970-01-01T00:00:00Z', 'USD', 100000, 25000, 200000);
