-- The catalogue: which models this installation offers. A row without an organization is the
-- installation's own.
create table model (
    id                    uuid primary key,
    organization_id       text,
    name                  text        not null,
    provider              text        not null,
    tier                  text        not null check (tier in ('STANDARD', 'PREMIUM')),
    context_window        bigint      not null check (context_window > 0),
    default_output_tokens bigint      not null check (default_output_tokens > 0),
    capabilities          text        not null default 'text',
    tokenizer             text        not null check (tokenizer in ('WHITESPACE', 'BYTES')),
    enabled               boolean     not null default true,
    available             boolean     not null default true,
    created_at            timestamptz not null default now()
);

create unique index model_of_installation on model (provider, name) where organization_id is null;
create unique index model_of_organization on model (organization_id, provider, name)
    where organization_id is not null;

-- What the simulated provider has, so that it can be called before it was first asked.
insert into model (id, name, provider, tier, context_window, default_output_tokens, tokenizer)
values ('01930000-0000-7000-8000-000000000001', 'simulated', 'simulated', 'STANDARD', 8192, 1024,
        'WHITESPACE'),
       ('01930000-0000-7000-8000-000000000002', 'simulated-premium', 'simulated', 'PREMIUM', 32768,
        1024, 'WHITESPACE');
